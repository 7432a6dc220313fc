destinations=({{destinations}})

copy_to() {
  case $1 in
{{copies}}
  esac
}

# Sets copy_id to the copy in the Region $1 that has not failed; to nothing where there is none.
find_copy() {
  copy_id=$(aws ec2 describe-snapshots --region "$1" --owner-ids self --output text \
    --filters "Name=tag:$run_tag,Values=$run" Name=status,Values=pending,completed \
    --query 'Snapshots[].[SnapshotId]' | sed -n 1p)
}

copy() {
  local destination number state percent message told='' deadline=$((SECONDS + wait_hours * 3600))
  local copy_ids=() known_by=$((SECONDS + 300))
  need_snapshot
  for destination in "${destinations[@]}"; do
    find_copy "$destination"
    if [ -z "$copy_id" ]; then
      copy_id=$(copy_to "$destination")
      say "Copying $snapshot_id to $destination as $copy_id."
    fi
    copy_ids+=("$copy_id")
  done
  # The ids are kept: the tag of a copy that was made a moment ago may not be found yet, nor the copy itself.
  for ((number = 0; number < ${#destinations[@]}; number++)); do
    destination=${destinations[number]} copy_id=${copy_ids[number]}
    while true; do
      state=unknown percent='-' message='-'
      if attempt 'InvalidSnapshot\.NotFound' aws ec2 describe-snapshots --region "$destination" \
        --snapshot-ids "$copy_id" --output text \
        --query "Snapshots[0].[State, Progress || '-', StateMessage || '-']"; then
        IFS=$'\t' read -r state percent message <"$scratch/answer"
      elif ((SECONDS > known_by)); then
        fail "The copy $copy_id is not found in $destination: look for it there before you run the script again, which would make another."
      fi
      case $state in
        completed) break ;;
        error) fail "The copy $copy_id to $destination failed: $message" ;;
      esac
      progress "$destination: $state, $percent"
      sleep "$poll_seconds"
    done
    say "$destination has $copy_id."
  done
}
