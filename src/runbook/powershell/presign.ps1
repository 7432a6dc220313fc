function New-UploadAddress {
    & python -c 'import boto3'
    if ($LASTEXITCODE -ne 0) { throw 'The AWS CLI cannot sign an upload, so this step needs Python with boto3: pip install boto3' }
    foreach ($disk in $Plan.Disks) { New-AddressOfDisk $disk }
}

function New-AddressOfDisk($Disk) {
    $env:IMPORT_REGION = $Plan.Region
    $env:IMPORT_BUCKET = $Disk.Bucket
    $env:IMPORT_KEY = $Disk.Key
    Write-Output "Put $($Disk.File) to this address, which is a secret, within twelve hours:"
    @'
import os

import boto3
from botocore.config import Config

region, bucket, key = (os.environ["IMPORT_" + name] for name in ("REGION", "BUCKET", "KEY"))
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
'@ | & python -
    if ($LASTEXITCODE -ne 0) { throw 'The address could not be signed.' }
}
