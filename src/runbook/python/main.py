STEPS = {
{{cases}}
}


def main(names):
    unknown = [name for name in names if name not in STEPS]
    if unknown:
        raise Stop(f"There is no step {unknown[0]}; the steps are: {', '.join(STEPS)}.")
    for name in names or STEPS:
        title, step = STEPS[name]
        print(f"== {title}", flush=True)
        step()


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (Stop, Boto3Error, BotoCoreError, ClientError) as problem:
        sys.exit(str(problem))
