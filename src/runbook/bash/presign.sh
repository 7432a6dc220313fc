presign() {
  python3 -c 'import boto3' 2>/dev/null ||
    fail "The AWS CLI cannot sign an upload, so this step needs python3 with boto3: pip install boto3"
  each_disk presign_disk
}

presign_disk() {
  say "Put $file to this address, which is a secret, within twelve hours:"
  python3 - "$region" "$bucket" "$key" <<'PYTHON'
import sys

import boto3
from botocore.config import Config

region, bucket, key = sys.argv[1:]
# Without when_required the checksum of an empty body would be signed along. Versions of boto3 that do not know the option
# add none.
knows_checksums = hasattr(Config(), "request_checksum_calculation")
config = Config(
    signature_version="s3v4",
    s3={"addressing_style": "virtual"},
    **({"request_checksum_calculation": "when_required"} if knows_checksums else {}),
)
s3 = boto3.client("s3", region_name=region, config=config)
print(s3.generate_presigned_url("put_object", Params={"Bucket": bucket, "Key": key}, ExpiresIn=12 * 3600))
PYTHON
}
