def upload():
    for disk in DISKS:
        upload_disk(disk)


def upload_disk(disk):
    if is_uploaded(disk):
        print(f"{disk.file} is in the bucket.")
        return
    if not os.path.isfile(disk.file):
        raise Stop(f"There is no file {disk.file} here: run the script in the folder of the image.")
    if os.path.getsize(disk.file) != disk.size:
        raise Stop(f"{disk.file} has not {disk.size} bytes, so it is not the image of this runbook.")
    # In parts, several at a time.
    s3.upload_file(disk.file, disk.bucket, disk.key)
    print(f"Uploaded {disk.file}.")
