TAGS = {{tags}}


def tag():
    made = need_snapshot()
    # To put a tag again changes nothing.
    ec2.create_tags(Resources=[made], Tags=TAGS)
    print(f"Tagged {made}.")
