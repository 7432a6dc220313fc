def presign():
    parameters = {"Bucket": BUCKET, "Key": KEY}
    print("Put the image to this address, which is a secret, within twelve hours:")
    print(s3.generate_presigned_url("put_object", Params=parameters, ExpiresIn=12 * 3600))
