register() {
  local image_id
  need_snapshot
  image_id=$(aws ec2 describe-images --region "$region" --owners self \
    --filters "Name=tag:$run_tag,Values=$run" --query 'Images[].[ImageId]' --output text | sed -n 1p)
  if [ -z "$image_id" ]; then
    image_id=$({{register}} \
      --query ImageId --output text)
  fi
  aws ec2 wait image-available --region "$region" --image-ids "$image_id"
  say "Registered $image_id."
}
