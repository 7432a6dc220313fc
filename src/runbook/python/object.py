def is_uploaded():
    """Whether an object of the image's size is in the bucket."""
    found = attempt(["404", "NoSuchKey"], s3.head_object, Bucket=BUCKET, Key=KEY)
    return found is not None and found["ContentLength"] == SIZE
