function Send-Image {
    foreach ($disk in $Plan.Disks) { Send-Disk $disk }
}

function Send-Disk($Disk) {
    if (Test-Object $Disk) {
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
