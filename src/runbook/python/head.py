#!/usr/bin/env python3
"""Imports disk images into EC2: {{journey}}.

    python3 import.py             takes every step, in order
    python3 import.py wait tag    takes these steps: {{steps}}

Every step first looks whether its work is done, so that the script can be run again after anything went wrong.
It needs Python 3.9 or newer, boto3 and credentials. POLL_SECONDS and WAIT_HOURS change how often it asks and how long it
waits.
"""

import collections
import json
import os
import sys
import time

import boto3
from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

REGION = {{region}}
Disk = collections.namedtuple("Disk", "bucket key file size")
# What is uploaded, with the size of the file in bytes. Bucket and key stand in the request and in the policy of the role
# as well.
DISKS = [
{{disks}}
]
BUCKETS = list(dict.fromkeys(disk.bucket for disk in DISKS))
ROLE = {{role}}
# Names this journey: it is the value of the tag by which steps find what was made, and the name of the role's policy.
RUN = {{run}}
RUN_TAG = "import-planner-run"
MADE_BY_THIS_RUN = {"Name": f"tag:{RUN_TAG}", "Values": [RUN]}
POLL_SECONDS = float(os.environ.get("POLL_SECONDS", "30"))
WAIT_HOURS = float(os.environ.get("WAIT_HOURS", "24"))

try:
    session = boto3.Session({{profile}}region_name=REGION)
except BotoCoreError as problem:  # there is no such profile
    sys.exit(str(problem))
# Checksums where S3 demands them: a presigned address must not carry that of an empty body. Versions of boto3 that do not
# know the option add none.
knows_checksums = hasattr(Config(), "request_checksum_calculation")
config = Config(
    retries={"mode": "standard", "max_attempts": 8},
    signature_version="v4",
    **({"request_checksum_calculation": "when_required"} if knows_checksums else {}),
)
ec2 = session.client("ec2", config=config)
iam = session.client("iam", config=config)
s3 = session.client("s3", config=config.merge(Config(signature_version="s3v4", s3={"addressing_style": "{{addressing}}"})))


class Stop(Exception):
    """A sentence for the person who runs this."""


def attempt(codes, call, **arguments):
    """Makes a call that one of the error codes may answer: its answer, or None if it was that error."""
    try:
        return call(**arguments)
    except ClientError as error:
        if error.response["Error"]["Code"] in codes:
            return None
        raise


def account():
    return session.client("sts", config=config).get_caller_identity()["Account"]
