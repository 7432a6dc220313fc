def copies(snapshot_id):
    """What is asked for in each Region."""
    return {
{{copies}}
    }


def find_copy(there):
    """The copy in a Region that has not failed, or None."""
    living = {"Name": "status", "Values": ["pending", "completed"]}
    found = there.describe_snapshots(Filters=[MADE_BY_THIS_RUN, living], OwnerIds=["self"])["Snapshots"]
    return found[0]["SnapshotId"] if found else None


def copy():
    snapshot_id = need_snapshot()
    under_way = []
    for destination, request in copies(snapshot_id).items():
        there = session.client("ec2", region_name=destination, config=config)
        copy_id = find_copy(there)
        if copy_id is None:
            copy_id = there.copy_snapshot(**request)["SnapshotId"]
            print(f"Copying {snapshot_id} to {destination} as {copy_id}.")
        under_way.append((destination, there, copy_id))
    progress = Progress()
    known_by = time.monotonic() + 300
    for destination, there, copy_id in under_way:
        while True:
            # A copy that was made a moment ago may not be found yet.
            found = attempt(["InvalidSnapshot.NotFound"], there.describe_snapshots, SnapshotIds=[copy_id])
            if found is None and time.monotonic() > known_by:
                raise Stop(
                    f"The copy {copy_id} is not found in {destination}: look for it there before you run the script "
                    "again, which would make another."
                )
            state = found["Snapshots"][0] if found else {"State": "unknown"}
            if state["State"] == "error":
                raise Stop(f"The copy {copy_id} to {destination} failed: {state.get('StateMessage', 'without a message')}")
            if state["State"] == "completed":
                break
            progress.tell(f"{destination}: {state['State']}, {state.get('Progress', '-')}")
        print(f"{destination} has {copy_id}.")
