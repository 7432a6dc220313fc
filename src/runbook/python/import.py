def import_():
    global started
    made, number = {{result}}(), current_task()
    if made:
        print(f"The import has made {made}.")
        return
    if number:
        print(f"The import task {number} is under way.")
        return
    for disk in DISKS:
        if not is_uploaded(disk):
            raise Stop(
                f"s3://{disk.bucket}/{disk.key} is not there or has not {disk.size} bytes: upload the image first."
            )
    token = {{token}}
    failed = sum(has_failed(task) for task in tasks())
    if failed:
        token = f"{token}-{failed + 1}"
    for attempts_left in (3, 2, 1, 0):
        try:
            started = start_import(ClientToken=token)["ImportTaskId"]
            print(f"Started the import task {started}.")
            return
        except ClientError as error:
            # A role that was made a moment ago is not known everywhere yet. AWS misspells what it says before these words.
            if attempts_left == 0 or "does not have sufficient permissions" not in str(error).lower():
                raise
            time.sleep(POLL_SECONDS)
