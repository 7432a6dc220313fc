need_object() {
  find_object
  if [ "$object_size" != "$size" ]; then
    fail "s3://$bucket/$key is not there or has not $size bytes: upload the image first."
  fi
}

import() {
  find_{{result}}
  if [ -n "${{result}}_id" ]; then
    say "The import has made ${{result}}_id."
    return
  fi
  if [ -n "$task_id" ]; then
    say "The import task $task_id is under way."
    return
  fi
  each_disk need_object
  local token={{token}} try
  if ((failed > 0)); then
    token=$token-$((failed + 1))
  fi
  for try in 1 2 3 4; do
    if attempt InvalidParameter start_import --client-token "$token" --query ImportTaskId --output text; then
      started=$(cat "$scratch/answer")
      say "Started the import task $started."
      return
    fi
    # A role that was made a moment ago is not known everywhere yet. AWS misspells what it says before these words.
    if ((try == 4)) || ! grep -Fiq 'does not have sufficient permissions' "$scratch/error"; then
      fail "$(cat "$scratch/error")"
    fi
    sleep "$poll_seconds"
  done
}
