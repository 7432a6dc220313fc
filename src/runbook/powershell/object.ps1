# Whether an object of the file's size is in the bucket.
function Test-Object($Disk) {
    $found = Invoke-Aws s3api head-object @{ Bucket = $Disk.Bucket; Key = $Disk.Key } -Unless '404', 'NoSuchKey'
    $null -ne $found -and $found.ContentLength -eq $Disk.Size
}
