bucket() {
  local bucket
  for bucket in "${buckets[@]}"; do
    have_bucket
  done
}

have_bucket() {
  if attempt '404|NoSuchBucket' aws s3api head-bucket --region "$region" --bucket "$bucket" \
    --expected-bucket-owner "$account"; then
    local location
    location=$(aws s3api get-bucket-location --region "$region" --bucket "$bucket" \
      --query LocationConstraint --output text)
    # S3 says nothing for us-east-1, and EU for eu-west-1 of old buckets.
    case $location in
      None) location=us-east-1 ;;
      EU) location=eu-west-1 ;;
    esac
    [ "$location" = "$region" ] ||
      fail "The bucket $bucket is in $location, but the import reads from a bucket in $region alone: take another bucket."
    if ! attempt NoSuchPublicAccessBlockConfiguration aws s3api get-public-access-block --region "$region" \
      --bucket "$bucket" || grep -Eq ': *false' "$scratch/answer"; then
      fail "The bucket $bucket can be made public: block public access to it (aws s3api put-public-access-block), or take another bucket."
    fi
    say "The bucket $bucket is in $region and closed to the public."
    tell_key
  else
{{location}}
    aws s3api wait bucket-exists --region "$region" --bucket "$bucket"
    aws s3api put-public-access-block --region "$region" --bucket "$bucket" \
      --public-access-block-configuration {{public_access}}
    say "Made the bucket $bucket in $region."
  fi
  if ! attempt NoSuchLifecycleConfiguration aws s3api get-bucket-lifecycle-configuration --region "$region" \
    --bucket "$bucket"; then
    aws s3api put-bucket-lifecycle-configuration --region "$region" --bucket "$bucket" \
      --lifecycle-configuration {{lifecycle}} >/dev/null
  elif ! grep -q AbortIncompleteMultipartUpload "$scratch/answer"; then
    # To put the configuration is to replace it, and these rules are somebody's.
    say "$bucket has lifecycle rules of its own: add one that aborts incomplete multipart uploads."
  fi
}

# Says what a role needs that this script does not give it, where a key of somebody's own encrypts what is uploaded.
tell_key() {
  local kms_key
  # Who may not ask is not held up.
  if attempt 'AccessDenied|ServerSideEncryptionConfigurationNotFoundError' aws s3api get-bucket-encryption \
    --region "$region" --bucket "$bucket" --output text \
    --query "ServerSideEncryptionConfiguration.Rules[].ApplyServerSideEncryptionByDefault |
      [?starts_with(SSEAlgorithm, 'aws:kms') && KMSMasterKeyID].[KMSMasterKeyID]"; then
    kms_key=$(sed -n 1p "$scratch/answer")
    case $kms_key in
      '' | *alias/aws/s3) ;;
      *) say "Warning: the bucket $bucket encrypts with the key $kms_key. The role $role needs kms:Decrypt on that key, or the import fails as if there were no such role." ;;
    esac
  fi
}
