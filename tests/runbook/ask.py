"""Runs a piece of code against moto: arguments are the endpoint and the code, standard input is a dictionary."""

import json
import sys

import boto3

ENDPOINT, CODE = sys.argv[1:]
KEYS = {"aws_access_key_id": "AKIDEXAMPLE", "aws_secret_access_key": "secret", "endpoint_url": ENDPOINT}


def ec2(region):
    return boto3.client("ec2", region_name=region, **KEYS)


names = {
    "given": json.load(sys.stdin),
    "ec2": ec2,
    "s3": boto3.client("s3", region_name="eu-west-1", **KEYS),
    "iam": boto3.client("iam", region_name="eu-west-1", **KEYS),
}
exec(compile(CODE, "asked", "exec"), names)
json.dump(names["result"], sys.stdout, default=str)
