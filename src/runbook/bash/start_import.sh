# The import; further options are added to it.
start_import() {
  {{start_import}} \
    "$@"
}
