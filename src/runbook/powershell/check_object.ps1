    if (-not (Test-Object)) {
        throw "s3://$($Plan.Bucket)/$($Plan.Key) is not there or has not $($Plan.Size) bytes: upload the image first."
    }
