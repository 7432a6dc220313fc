def is_uploaded(disk):
    """Whether an object of the file's size is in the bucket."""
    found = attempt(["404", "NoSuchKey"], s3.head_object, Bucket=disk.bucket, Key=disk.key)
    return found is not None and found["ContentLength"] == disk.size
