dry_run() {
  if ! attempt DryRunOperation start_import --dry-run; then
    say "These credentials may make this import."
  fi
}
