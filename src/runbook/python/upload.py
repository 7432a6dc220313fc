def upload():
    for disk in DISKS:
        upload_disk(disk)


def has_changed(disk):
    """Whether the file has changed since the object was made, in whole seconds; S3 compares."""
    before = int(os.path.getmtime(disk.file)) - 1
    unmodified = {"Bucket": disk.bucket, "Key": disk.key, "IfUnmodifiedSince": before}
    return attempt(["412", "PreconditionFailed"], s3.head_object, **unmodified) is not None


def upload_disk(disk):
    if is_uploaded(disk):
        if os.path.isfile(disk.file) and has_changed(disk):
            raise Stop(
                f"{disk.file} has changed since s3://{disk.bucket}/{disk.key} was uploaded. To import it as it is now, "
                "choose another key, or remove the object if nothing has been imported from it. To import the object, "
                "take only the steps after the upload."
            )
        print(f"{disk.file} is in the bucket.")
        return
    if not os.path.isfile(disk.file):
        raise Stop(f"There is no file {disk.file} here: run the script in the folder of the image.")
    if os.path.getsize(disk.file) != disk.size:
        raise Stop(f"{disk.file} has not {disk.size} bytes, so it is not the image of this runbook.")
    # In parts, several at a time.
    s3.upload_file(disk.file, disk.bucket, disk.key)
    print(f"Uploaded {disk.file}.")
