cors() {
  local bucket
  for bucket in "${buckets[@]}"; do
    let_page_upload
  done
}

let_page_upload() {
  local rule rules
  rule={{cors_rule}}
  # Whether a rule that is there lets the page do as much as this one.
  if attempt NoSuchCORSConfiguration aws s3api get-bucket-cors --region "$region" --bucket "$bucket" --output text \
    --query "CORSRules[?
      {{cors_enough}}
    ] | length(@)"; then
    if [ "$(cat "$scratch/answer")" != 0 ]; then
      say "The CORS rules of the bucket $bucket let the page upload already."
      return
    fi
    # To put the configuration is to replace it: the rules that are there go along. The first that fits a request counts.
    rules=$(aws s3api get-bucket-cors --region "$region" --bucket "$bucket" \
      --query "{CORSRules: [[\`$rule\`], CORSRules][]}")
  else
    rules="{\"CORSRules\": [$rule]}"
  fi
  aws s3api put-bucket-cors --region "$region" --bucket "$bucket" --cors-configuration "$rules"
  say "The bucket $bucket lets the page upload."
}
