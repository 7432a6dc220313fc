tag() {
  local snapshots
  need_image
  snapshots=$(aws ec2 describe-images --region "$region" --image-ids "$image_id" --output text \
    --query 'Images[0].BlockDeviceMappings[?Ebs.SnapshotId].[Ebs.SnapshotId]')
  # The ids of the snapshots are to be words of their own. To put a tag again changes nothing.
  # shellcheck disable=SC2086
  aws ec2 create-tags --region "$region" --resources "$image_id" $snapshots \
    --tags {{tags}}
  say "Tagged $image_id and its snapshots."
}
