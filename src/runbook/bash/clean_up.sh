clean_up() {
  need_{{result}}
  each_disk remove_object
  if attempt NoSuchEntity aws iam delete-role-policy --region "$region" --role-name "$role" --policy-name "$run"; then
    say "Removed the policy $run of the role $role."
  fi
}

remove_object() {
  aws s3api delete-object --region "$region" --bucket "$bucket" --key="$key" >/dev/null
  say "Removed s3://$bucket/$key."
}
