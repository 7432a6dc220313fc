def clean_up():
    need_{{result}}()
    s3.delete_object(Bucket=BUCKET, Key=KEY)
    print(f"Removed s3://{BUCKET}/{KEY}.")
    if attempt(["NoSuchEntity"], iam.delete_role_policy, RoleName=ROLE, PolicyName=RUN):
        print(f"Removed the policy {RUN} of the role {ROLE}.")
