upload() {
  each_disk upload_disk
}

# Whether the file has changed since the object was made, in whole seconds; S3 compares.
has_changed() {
  local changed
  # The one is of Linux, the other of macOS.
  changed=$(stat -c %Y "$file" 2>/dev/null || stat -f %m "$file")
  attempt '412|PreconditionFailed' aws s3api head-object --region "$region" --bucket "$bucket" --key="$key" \
    --if-unmodified-since "$((changed - 1))"
}

upload_disk() {
  find_object
  if [ "$object_size" = "$size" ]; then
    if [ -f "$file" ] && has_changed; then
      fail "$file has changed since s3://$bucket/$key was uploaded. To import it as it is now, choose another key, or remove the object if nothing has been imported from it. To import the object, take only the steps after the upload."
    fi
    say "$file is in the bucket."
    return
  fi
  [ -f "$file" ] || fail "There is no file $file here: run the script in the folder of the image."
  (($(wc -c <"$file") == size)) || fail "$file has not $size bytes, so it is not the image of this runbook."
  aws s3 cp --region "$region" "$file" "s3://$bucket/$key"
}
