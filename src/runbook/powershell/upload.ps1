function Send-Image {
    foreach ($disk in $Plan.Disks) { Send-Disk $disk }
}

# Whether the file has changed since the object was made, in whole seconds; S3 compares.
function Test-Changed($Disk) {
    $before = (Get-Item -LiteralPath $Disk.File).LastWriteTimeUtc.AddSeconds(-1).ToString('s') + 'Z'
    $request = @{ Bucket = $Disk.Bucket; Key = $Disk.Key; IfUnmodifiedSince = $before }
    $null -ne (Invoke-Aws s3api head-object $request -Unless '412', 'PreconditionFailed')
}

function Send-Disk($Disk) {
    if (Test-Object $Disk) {
        if ((Test-Path -LiteralPath $Disk.File -PathType Leaf) -and (Test-Changed $Disk)) {
            throw "$($Disk.File) has changed since s3://$($Disk.Bucket)/$($Disk.Key) was uploaded. To import it as it is now, choose another key, or remove the object if nothing has been imported from it. To import the object, take only the steps after the upload."
        }
        Write-Output "$($Disk.File) is in the bucket."
        return
    }
    if (-not (Test-Path -LiteralPath $Disk.File -PathType Leaf)) {
        throw "There is no file $($Disk.File) here: run the script in the folder of the image."
    }
    if ((Get-Item -LiteralPath $Disk.File).Length -ne $Disk.Size) {
        throw "$($Disk.File) has not $($Disk.Size) bytes, so it is not the image of this runbook."
    }
    & aws s3 cp --region $Plan.Region $Disk.File "s3://$($Disk.Bucket)/$($Disk.Key)"
    if ($LASTEXITCODE -ne 0) { throw 'The upload failed: run the script again.' }
}
