  find_object
  if [ "$object_size" != "$size" ]; then
    fail "s3://$bucket/$key is not there or has not $size bytes: upload the image first."
  fi
