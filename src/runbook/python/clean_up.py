def clean_up():
    need_{{result}}()
    for disk in DISKS:
        s3.delete_object(Bucket=disk.bucket, Key=disk.key)
        print(f"Removed s3://{disk.bucket}/{disk.key}.")
    if attempt(["NoSuchEntity"], iam.delete_role_policy, RoleName=ROLE, PolicyName=RUN):
        print(f"Removed the policy {RUN} of the role {ROLE}.")
