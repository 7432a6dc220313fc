tag() {
  need_snapshot
  # To put a tag again changes nothing.
  aws ec2 create-tags --region "$region" --resources "$snapshot_id" \
    --tags {{tags}}
  say "Tagged $snapshot_id."
}
