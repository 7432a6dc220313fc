def wait():
    made, number = {{result}}(), current_task()
    if made:
        print(f"The import has made {made}.")
        return
    if number is None:
        failed = [task for task in tasks() if has_failed(task)]
        raise Stop(failure(failed[-1]) if failed else "There is no import task: take the step import first.")
    progress = Progress()
    while True:
        found = task(number)
        if has_failed(found):
            raise Stop(failure(found))
        state = detail(found)
        if state.get("Status") == "completed":
            break
        progress.tell(f"{state.get('Status', '-')}, {state.get('Progress', '-')} %, {state.get('StatusMessage', '-')}")
    print(f"The import has made {need_{{result}}()}.")
