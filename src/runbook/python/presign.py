def presign():
    for disk in DISKS:
        parameters = {"Bucket": disk.bucket, "Key": disk.key}
        print(f"Put {disk.file} to this address, which is a secret, within twelve hours:")
        print(s3.generate_presigned_url("put_object", Params=parameters, ExpiresIn=12 * 3600))
