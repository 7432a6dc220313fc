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
  local destination state percent message told='' deadline=$((SECONDS + wait_hours * 3600))
  need_snapshot
  for destination in "${destinations[@]}"; do
    find_copy "$destination"
    if [ -z "$copy_id" ]; then
      copy_id=$(copy_to "$destination")
      say "Copying $snapshot_id to $destination as $copy_id."
    fi
  done
  for destination in "${destinations[@]}"; do
    find_copy "$destination"
    [ -n "$copy_id" ] || fail "The copy to $destination failed: run the script again to repeat it."
    while true; do
      aws ec2 describe-snapshots --region "$destination" --snapshot-ids "$copy_id" --output text \
        --query "Snapshots[0].[State, Progress || '-', StateMessage || '-']" >"$scratch/status"
      IFS=$'\t' read -r state percent message <"$scratch/status"
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
