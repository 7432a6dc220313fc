# Sets object_size to the size of what was uploaded for a disk, in bytes; to nothing where there is no object.
find_object() {
  object_size=''
  if attempt '404|NoSuchKey' aws s3api head-object --region "$region" --bucket "$bucket" --key="$key" \
    --query ContentLength --output text; then
    object_size=$(cat "$scratch/answer")
  fi
}
