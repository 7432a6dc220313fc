def upload():
    if is_uploaded():
        print("The image is in the bucket.")
        return
    if not os.path.isfile(FILE):
        raise Stop(f"There is no file {FILE} here: run the script in the folder of the image.")
    if os.path.getsize(FILE) != SIZE:
        raise Stop(f"{FILE} has not {SIZE} bytes, so it is not the image of this runbook.")
    # In parts, several at a time.
    s3.upload_file(FILE, BUCKET, KEY)
    print(f"Uploaded {FILE}.")
