upload() {
  each_disk upload_disk
}

upload_disk() {
  find_object
  if [ "$object_size" = "$size" ]; then
    say "$file is in the bucket."
    return
  fi
  [ -f "$file" ] || fail "There is no file $file here: run the script in the folder of the image."
  (($(wc -c <"$file") == size)) || fail "$file has not $size bytes, so it is not the image of this runbook."
  aws s3 cp --region "$region" "$file" "s3://$bucket/$key"
}
