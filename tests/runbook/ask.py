"""Runs a piece of code against moto: arguments are the endpoint and the code, standard input is a dictionary."""

import json
import sys

import boto3

ENDPOINT, CODE = sys.argv[1:]
KEYS = {"aws_access_key_id": "AKIDEXAMPLE", "aws_secret_access_key": "secret", "endpoint_url": ENDPOINT}


def client(service, region):
    return boto3.client(service, region_name=region, **KEYS)


names = {
    "given": json.load(sys.stdin),
    "client": client,
    "ec2": lambda region: client("ec2", region),
    "s3": client("s3", "eu-west-1"),
    "iam": client("iam", "eu-west-1"),
}
exec(compile(CODE, "asked", "exec"), names)
json.dump(names["result"], sys.stdout, default=str)
