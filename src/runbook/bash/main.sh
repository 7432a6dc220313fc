if (($# == 0)); then
  set -- {{steps}}
fi
account=$(aws sts get-caller-identity --region "$region" --query Account --output text)
for step in "$@"; do
  case $step in
{{cases}}
    *) fail "There is no step $step; the steps are: {{steps}}." ;;
  esac
done
