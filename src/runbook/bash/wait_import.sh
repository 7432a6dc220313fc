await() {
  find_{{result}}
  if [ -n "${{result}}_id" ]; then
    say "The import has made ${{result}}_id."
    return
  fi
  [ -n "$task_id" ] || fail "${failure:-There is no import task: take the step import first.}"
  local status percent message told='' deadline=$((SECONDS + wait_hours * 3600))
  while true; do
    aws ec2 {{describe_tasks}} --region "$region" --import-task-ids "$task_id" --output text \
      --query "{{tasks}}[0].[{{detail}}Status || '-', {{detail}}Progress || '-', {{detail}}StatusMessage || '-']" \
      >"$scratch/status"
    IFS=$'\t' read -r status percent message <"$scratch/status"
    case $status in
      completed) break ;;
      deleting | deleted) fail "The import task $task_id failed: $(cut -f 3- "$scratch/status")" ;;
    esac
    progress "$status, $percent %, $message"
    sleep "$poll_seconds"
  done
  find_{{result}}
  say "The import has made ${{result}}_id."
}
