    if not is_uploaded():
        raise Stop(f"s3://{BUCKET}/{KEY} is not there or has not {SIZE} bytes: upload the image first.")
