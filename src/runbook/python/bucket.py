def bucket():
    if attempt(["404", "NoSuchBucket"], s3.head_bucket, Bucket=BUCKET, ExpectedBucketOwner=account()):
        location = s3.get_bucket_location(Bucket=BUCKET).get("LocationConstraint")
        # S3 says nothing for us-east-1, and EU for eu-west-1 of old buckets.
        location = {None: "us-east-1", "EU": "eu-west-1"}.get(location, location)
        if location != REGION:
            raise Stop(
                f"The bucket {BUCKET} is in {location}, but the import reads from a bucket in {REGION} alone: "
                "take another bucket."
            )
        block = attempt(["NoSuchPublicAccessBlockConfiguration"], s3.get_public_access_block, Bucket=BUCKET)
        if block is None or not all(block["PublicAccessBlockConfiguration"].values()):
            raise Stop(
                f"The bucket {BUCKET} can be made public: block public access to it "
                "(aws s3api put-public-access-block), or take another bucket."
            )
        print(f"The bucket {BUCKET} is in {REGION} and closed to the public.")
    else:
        # us-east-1 is the one Region that S3 refuses as a LocationConstraint.
        where = {} if REGION == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": REGION}}
        s3.create_bucket(Bucket=BUCKET, **where)
        s3.get_waiter("bucket_exists").wait(Bucket=BUCKET)
        s3.put_public_access_block(
            Bucket=BUCKET,
            PublicAccessBlockConfiguration={{public_access}},
        )
        print(f"Made the bucket {BUCKET} in {REGION}.")
    rules = attempt(["NoSuchLifecycleConfiguration"], s3.get_bucket_lifecycle_configuration, Bucket=BUCKET)
    if rules is None:
        s3.put_bucket_lifecycle_configuration(
            Bucket=BUCKET,
            LifecycleConfiguration={{lifecycle}},
        )
    elif not any("AbortIncompleteMultipartUpload" in rule for rule in rules["Rules"]):
        # To put the configuration is to replace it, and these rules are somebody's.
        print("The bucket has lifecycle rules of its own: add one that aborts incomplete multipart uploads.")
