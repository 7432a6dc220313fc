function Send-Image {
    if (Test-Object) {
        Write-Output 'The image is in the bucket.'
        return
    }
    if (-not (Test-Path -LiteralPath $Plan.File -PathType Leaf)) {
        throw "There is no file $($Plan.File) here: run the script in the folder of the image."
    }
    if ((Get-Item -LiteralPath $Plan.File).Length -ne $Plan.Size) {
        throw "$($Plan.File) has not $($Plan.Size) bytes, so it is not the image of this runbook."
    }
    & aws s3 cp --region $Plan.Region $Plan.File "s3://$($Plan.Bucket)/$($Plan.Key)"
    if ($LASTEXITCODE -ne 0) { throw 'The upload failed: run the script again.' }
}
