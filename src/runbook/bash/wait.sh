# Tells the progress of a task or copy when it has changed.
progress() {
  if [ "$*" != "$told" ]; then
    say "$(date +%H:%M:%S)  $*"
    told="$*"
  fi
  ((SECONDS < deadline)) || fail "It has taken $wait_hours hours: run the script again to wait longer."
}
