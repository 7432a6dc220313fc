def register():
    snapshot_id = need_snapshot()
    found = ec2.describe_images(Filters=[MADE_BY_THIS_RUN], Owners=["self"])["Images"]
    if found:
        image_id = found[0]["ImageId"]
    else:
        image_id = ec2.register_image({{register}})["ImageId"]
    ec2.get_waiter("image_available").wait(ImageIds=[image_id])
    print(f"Registered {image_id}.")
