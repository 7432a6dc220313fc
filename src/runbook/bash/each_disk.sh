# Runs a command for each disk that is uploaded, which finds bucket, key, file and size in variables of these names.
each_disk() {
  local bucket key file size word
  for ((word = 0; word < ${#disks[@]}; word += 4)); do
    bucket=${disks[word]} key=${disks[word + 1]} file=${disks[word + 2]} size=${disks[word + 3]}
    "$@"
  done
}
