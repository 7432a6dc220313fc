"""Makes an upload ticket: URLs signed in advance, by which a web page uploads one file to S3.

Needs boto3 and credentials, both of which AWS CloudShell has. To renew a ticket that has expired, run it again with
the id of the upload: it then signs the parts that are missing. Files that would take more than 500 URLs get temporary
credentials instead, which can write this one object and nothing else.
"""

import datetime
import json
import os
import re
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

BUCKET = "@bucket@"
KEY = "@key@"
REGION = "@region@"
FILE_NAME = "@file_name@"
FILE_SIZE = "@file_size@"
PART_SIZE = "@part_size@"  # 0: the whole file in one PUT
HOURS = "@hours@"
UPLOAD_ID = "@upload_id@"  # of a ticket to renew, or None
ROLE_ARN = "@role_arn@"  # of a role to hand out credentials of, or None
ENDPOINT = "@endpoint@"  # options by which botocore's Config chooses another endpoint than the Region's own

MOST_URLS = 500


def s3_client():
    # The bytes are not known yet: without this, newer versions would sign a checksum of nothing.
    unchecked = {"request_checksum_calculation": "when_required", "response_checksum_validation": "when_required"}
    # A dot in the bucket's name does not fit S3's certificate. A server of one's own is reached by path too.
    is_own_server = any(os.environ.get(name) for name in ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"))
    style = "path" if "." in BUCKET or is_own_server else "virtual"
    chosen = {} if is_own_server else ENDPOINT
    fips = {name: value for name, value in chosen.items() if name == "use_fips_endpoint"}
    of_s3 = {name: value for name, value in chosen.items() if name not in fips}
    common = {"signature_version": "s3v4", "s3": {"addressing_style": style, **of_s3}, **fips}
    try:
        config = Config(**common, **unchecked)
    except TypeError:  # boto3 before 1.36 knows neither option, and signs no checksum.
        config = Config(**common)
    return boto3.client("s3", region_name=REGION, config=config)


def part_count():
    return -(-FILE_SIZE // PART_SIZE) if PART_SIZE else 1


def parts_that_arrived(s3, upload_id):
    arrived = set()
    for page in s3.get_paginator("list_parts").paginate(Bucket=BUCKET, Key=KEY, UploadId=upload_id):
        for part in page.get("Parts", []):
            number = part["PartNumber"]
            if part["Size"] == min(PART_SIZE, FILE_SIZE - (number - 1) * PART_SIZE):
                arrived.add(number)
    return arrived


def make_ticket():
    s3 = s3_client()
    lifetime = min(int(HOURS * 3600), 604800)
    expires = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=lifetime)
    session_ends = getattr(boto3.DEFAULT_SESSION.get_credentials(), "_expiry_time", None)
    if session_ends is not None and session_ends < expires:
        expires = session_ends
        print(f"Your session, and with it the ticket, ends at {expires:%Y-%m-%d %H:%M} UTC.", file=sys.stderr)

    def sign(operation, **more):
        params = {"Bucket": BUCKET, "Key": KEY, **more}
        return s3.generate_presigned_url(operation, Params=params, ExpiresIn=lifetime)

    ticket = {
        "importPlannerTicket": 1,
        "bucket": BUCKET,
        "key": KEY,
        "region": REGION,
        "expires": expires.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "file": {"name": FILE_NAME, "size": FILE_SIZE},
    }
    if not PART_SIZE:
        ticket["put"] = {"url": sign("put_object")}
    else:
        if UPLOAD_ID:
            upload_id, arrived = UPLOAD_ID, parts_that_arrived(s3, UPLOAD_ID)
        else:
            upload_id, arrived = s3.create_multipart_upload(Bucket=BUCKET, Key=KEY)["UploadId"], set()
        numbers = range(1, part_count() + 1)
        # Where none is missing, S3 may have refused to join one that it lists: any of them may have to be sent again.
        missing = [number for number in numbers if number not in arrived] or numbers
        ticket["multipart"] = {
            "uploadId": upload_id,
            "partSize": PART_SIZE,
            "parts": [
                {"partNumber": number, "url": sign("upload_part", UploadId=upload_id, PartNumber=number)}
                for number in missing
            ],
            "list": sign("list_parts", UploadId=upload_id),
            "complete": sign("complete_multipart_upload", UploadId=upload_id),
            "abort": sign("abort_multipart_upload", UploadId=upload_id),
        }
    ticket["head"] = sign("head_object", ChecksumMode="ENABLED")
    return "ticket", ticket


def hand_out_credentials():
    sts = boto3.client("sts", region_name=REGION)
    partition = sts.get_caller_identity()["Arn"].split(":")[1]
    # In a policy, these characters of a key would stand for any text.
    key = re.sub(r"[$*?]", lambda found: "${" + found.group() + "}", KEY)
    policy = json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Action": [
                        "s3:PutObject",
                        "s3:GetObject",
                        "s3:AbortMultipartUpload",
                        "s3:ListMultipartUploadParts",
                    ],
                    "Resource": f"arn:{partition}:s3:::{BUCKET}/{key}",
                },
                {
                    # Where the bucket encrypts with a key of KMS, S3 needs these to take and join the parts.
                    "Effect": "Allow",
                    "Action": ["kms:GenerateDataKey", "kms:Decrypt"],
                    "Resource": "*",
                    "Condition": {"StringLike": {"kms:ViaService": f"s3.{REGION}.*"}},
                },
            ],
        }
    )
    if ROLE_ARN:
        wanted = {"RoleArn": ROLE_ARN, "RoleSessionName": "upload", "Policy": policy}
        try:
            lifetime = max(900, min(int(HOURS * 3600), 43200))
            answer = sts.assume_role(DurationSeconds=lifetime, **wanted)
        except ClientError as error:
            if error.response["Error"]["Code"] != "ValidationError":
                raise
            # The role allows less, or this session is itself that of a role: then an hour is the limit.
            answer = sts.assume_role(DurationSeconds=3600, **wanted)
    else:
        try:
            lifetime = max(900, min(int(HOURS * 3600), 129600))
            answer = sts.get_federation_token(Name="upload", Policy=policy, DurationSeconds=lifetime)
        except ClientError as error:
            if error.response["Error"]["Code"] != "AccessDenied":
                raise
            sys.exit(
                "AWS lets only an IAM user hand out such credentials directly. Put the ARN of a role that you may "
                "assume into ROLE_ARN above and run this again."
            )
    given = answer["Credentials"]
    return "credentials", {
        "Version": 1,
        "AccessKeyId": given["AccessKeyId"],
        "SecretAccessKey": given["SecretAccessKey"],
        "SessionToken": given["SessionToken"],
        "Expiration": given["Expiration"].strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def main():
    boto3.setup_default_session()
    if boto3.DEFAULT_SESSION.get_credentials() is None:
        sys.exit("There are no AWS credentials here. AWS CloudShell has yours; elsewhere, sign in first.")
    kind, content = hand_out_credentials() if part_count() > MOST_URLS else make_ticket()
    name = re.sub(r"[^A-Za-z0-9._-]+", "_", FILE_NAME)[:100].lstrip(".") or "upload"
    path = os.path.abspath(f"{name}.{kind}.json")
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(content, file, indent=1)
    print(f"Choose this file in the page (in CloudShell: Actions, Download file). It is a secret:\n{path}")


try:
    main()
except (BotoCoreError, ClientError) as error:
    sys.exit(f"AWS refuses: {error}")
