#!/usr/bin/env bash
# Imports disk images into EC2: {{journey}}.
#
#   bash import.sh              takes every step, in order
#   bash import.sh wait tag     takes these steps: {{steps}}
#
# Every step first looks whether its work is done, so that the script can be run again after anything went wrong.
# It needs bash 3.2 or newer, the AWS CLI, version 1 or 2, and credentials. POLL_SECONDS and WAIT_HOURS change how often
# it asks and how long it waits.

# A step that is switched off leaves settings unused; and names stand between single quotes, whatever signs they have.
# shellcheck disable=SC2034,SC2016,SC1112
set -euo pipefail

region={{region}}
# What is uploaded, a line each: bucket, key, file, and the size of the file in bytes. Bucket and key stand in the request
# and in the policy of the role as well.
disks=(
{{disks}}
)
buckets=({{buckets}})
role={{role}}
# Names this journey: it is the value of the tag by which steps find what was made, and the name of the role's policy.
run={{run}}
run_tag=import-planner-run
poll_seconds=${POLL_SECONDS:-30}
wait_hours=${WAIT_HOURS:-24}

export AWS_PAGER='' AWS_DEFAULT_OUTPUT=json AWS_RETRY_MODE=standard AWS_MAX_ATTEMPTS=8
{{profile}}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

say() { printf '%s\n' "$*"; }

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# Runs a command that one of the errors $1 (a pattern of their codes) may answer: true if it succeeded, false if it was
# that error; any other error ends the script. The answer is in $scratch/answer, the error in $scratch/error.
attempt() {
  local codes=$1
  shift
  if "$@" >"$scratch/answer" 2>"$scratch/error"; then
    return 0
  fi
  grep -Eq "\(($codes)\)" "$scratch/error" || fail "$(cat "$scratch/error")"
  return 1
}
