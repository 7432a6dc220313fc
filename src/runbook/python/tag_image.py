TAGS = {{tags}}


def tag():
    made = need_image()
    mappings = ec2.describe_images(ImageIds=[made])["Images"][0]["BlockDeviceMappings"]
    snapshots = [mapping["Ebs"]["SnapshotId"] for mapping in mappings if "SnapshotId" in mapping.get("Ebs", {})]
    # To put a tag again changes nothing.
    ec2.create_tags(Resources=[made, *snapshots], Tags=TAGS)
    print(f"Tagged {made} and its snapshots.")
