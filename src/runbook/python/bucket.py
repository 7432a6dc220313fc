def bucket():
    for name in BUCKETS:
        have_bucket(name)


def have_bucket(name):
    if attempt(["404", "NoSuchBucket"], s3.head_bucket, Bucket=name, ExpectedBucketOwner=account()):
        location = s3.get_bucket_location(Bucket=name).get("LocationConstraint")
        # S3 says nothing for us-east-1, and EU for eu-west-1 of old buckets.
        location = {None: "us-east-1", "EU": "eu-west-1"}.get(location, location)
        if location != REGION:
            raise Stop(
                f"The bucket {name} is in {location}, but the import reads from a bucket in {REGION} alone: "
                "take another bucket."
            )
        block = attempt(["NoSuchPublicAccessBlockConfiguration"], s3.get_public_access_block, Bucket=name)
        if block is None or not all(block["PublicAccessBlockConfiguration"].values()):
            raise Stop(
                f"The bucket {name} can be made public: block public access to it "
                "(aws s3api put-public-access-block), or take another bucket."
            )
        print(f"The bucket {name} is in {REGION} and closed to the public.")
        tell_key(name)
    else:
        # us-east-1 is the one Region that S3 refuses as a LocationConstraint.
        where = {} if REGION == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": REGION}}
        s3.create_bucket(Bucket=name, **where)
        s3.get_waiter("bucket_exists").wait(Bucket=name)
        s3.put_public_access_block(
            Bucket=name,
            PublicAccessBlockConfiguration={{public_access}},
        )
        print(f"Made the bucket {name} in {REGION}.")
    rules = attempt(["NoSuchLifecycleConfiguration"], s3.get_bucket_lifecycle_configuration, Bucket=name)
    if rules is None:
        s3.put_bucket_lifecycle_configuration(
            Bucket=name,
            LifecycleConfiguration={{lifecycle}},
        )
    elif not any("AbortIncompleteMultipartUpload" in rule for rule in rules["Rules"]):
        # To put the configuration is to replace it, and these rules are somebody's.
        print(f"{name} has lifecycle rules of its own: add one that aborts incomplete multipart uploads.")


def tell_key(name):
    """Says what a role needs that this script does not give it, where a key of somebody's own encrypts what is uploaded."""
    # Who may not ask is not held up.
    codes = ["AccessDenied", "ServerSideEncryptionConfigurationNotFoundError"]
    found = attempt(codes, s3.get_bucket_encryption, Bucket=name)
    for rule in found["ServerSideEncryptionConfiguration"]["Rules"] if found else []:
        default = rule.get("ApplyServerSideEncryptionByDefault", {})
        kms_key = default.get("KMSMasterKeyID", "")
        if default.get("SSEAlgorithm", "").startswith("aws:kms") and kms_key and not kms_key.endswith("alias/aws/s3"):
            print(
                f"Warning: the bucket {name} encrypts with the key {kms_key}. The role {ROLE} needs kms:Decrypt on that "
                "key, or the import fails as if there were no such role."
            )
