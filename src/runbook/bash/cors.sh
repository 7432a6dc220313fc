cors() {
  local bucket
  for bucket in "${buckets[@]}"; do
    let_page_upload
  done
}

let_page_upload() {
  local rule rules
  rule={{cors_rule}}
  if attempt NoSuchCORSConfiguration aws s3api get-bucket-cors --region "$region" --bucket "$bucket"; then
    if grep -Fq '"{{origin}}"' "$scratch/answer"; then
      say "The CORS rules of the bucket $bucket name the page already."
      return
    fi
    # To put the configuration is to replace it: the rules that are there go along.
    rules=$(aws s3api get-bucket-cors --region "$region" --bucket "$bucket" \
      --query "{CORSRules: [CORSRules, [\`$rule\`]][]}")
  else
    rules="{\"CORSRules\": [$rule]}"
  fi
  aws s3api put-bucket-cors --region "$region" --bucket "$bucket" --cors-configuration "$rules"
  say "The bucket $bucket lets the page upload."
}
