def dry_run():
    if attempt(["DryRunOperation"], start_import, DryRun=True) is None:
        print("These credentials may make this import.")
