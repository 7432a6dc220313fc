role() {
  if attempt NoSuchEntity aws iam get-role --region "$region" --role-name "$role" \
    --query Role.AssumeRolePolicyDocument; then
    grep -Fq vmie.amazonaws.com "$scratch/answer" ||
      fail "The role $role is not for VM Import/Export: let vmie.amazonaws.com assume it, or take another role's name."
  else
    aws iam create-role --region "$region" --role-name "$role" \
      --description 'Lets VM Import/Export read disk images' \
      --assume-role-policy-document {{trust}} >/dev/null
    aws iam wait role-exists --region "$region" --role-name "$role"
    say "Made the role $role."
  fi
  # To put an inline policy again changes nothing.
  aws iam put-role-policy --region "$region" --role-name "$role" --policy-name "$run" \
    --policy-document {{role_policy}}
  say "The role $role may read what is imported."
}
