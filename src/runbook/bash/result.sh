started='' # the task that this very run has started: the list may be late

# Sets task_id to this journey's import task that has not failed, {{result}}_id to what it has made, failed to the number of
# tasks that have failed, and failure to what the last of them said.
find_task() {
  local id status made message
  task_id=$started failed=0 failure=''
  aws ec2 {{describe_tasks}} --region "$region" --output text \
    --query "{{tasks}}[?Tags[?Key=='$run_tag' && Value=='$run']].[ImportTaskId, {{detail}}Status,
      {{detail}}{{result_member}} || '-', {{detail}}StatusMessage || '-']" >"$scratch/tasks"
  while IFS=$'\t' read -r id status made message; do
    case $id:$status in
      import-*:completed) task_id=$id {{result}}_id=$made ;;
      import-*:delet*)
        failed=$((failed + 1))
        failure="The import task $id failed: $message"
        ;;
      import-*) task_id=$id ;;
    esac
  done <"$scratch/tasks"
}

# Sets {{result}}_id to the {{result}} that the import has made; to nothing as long as there is none.
find_{{result}}() {
  # The tag first: EC2 forgets a task some days after its end.
  {{result}}_id=$(aws ec2 {{describe_results}} --region "$region" \
    --filters "Name=tag:$run_tag,Values=$run" {{state_filter}} \
    --query '{{results}}[].[{{result_member}}]' --output text | sed -n 1p)
  if [ -z "${{result}}_id" ]; then
    find_task
  fi
}

need_{{result}}() {
  find_{{result}}
  [ -n "${{result}}_id" ] || fail "The import has not made its {{result}} yet: take the steps import and wait first."
}
