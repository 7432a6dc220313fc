# The task that this very run has started: the list may be late.
started = None


def tasks():
    """This journey's import tasks."""
    pages = ec2.get_paginator("{{describe_tasks_method}}").paginate()
    tag = {"Key": RUN_TAG, "Value": RUN}
    return [task for page in pages for task in page["{{tasks}}"] if tag in task.get("Tags", [])]


def has_failed(task):
    return detail(task).get("Status") in ("deleting", "deleted")


def detail(task):
    return {{detail_of_task}}


def failure(task):
    return f"The import task {task['ImportTaskId']} failed: {detail(task).get('StatusMessage', 'without a message')}"


def current_task():
    """The number of the task that has not failed, or None."""
    live = [task["ImportTaskId"] for task in tasks() if not has_failed(task)]
    return started or (live[0] if live else None)


def task(number):
    found = ec2.{{describe_tasks_method}}(ImportTaskIds=[number])["{{tasks}}"]
    return found[0] if found else {}


def {{result}}():
    """The id of the {{result}} that the import has made, or None as long as there is none."""
    # The tag first: EC2 forgets a task some days after its end.
    made = ec2.{{describe_results_method}}(Filters=[MADE_BY_THIS_RUN, {{state_filter}}], {{owners}}=["self"])["{{results}}"]
    if made:
        return made[0]["{{result_member}}"]
    completed = [detail(task) for task in tasks() if detail(task).get("Status") == "completed"]
    return completed[0]["{{result_member}}"] if completed else None


def need_{{result}}():
    made = {{result}}()
    if made is None:
        raise Stop("The import has not made its {{result}} yet: take the steps import and wait first.")
    return made
