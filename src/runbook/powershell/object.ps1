# Whether an object of the image's size is in the bucket.
function Test-Object {
    $found = Invoke-Aws s3api head-object @{ Bucket = $Plan.Bucket; Key = $Plan.Key } -Unless '404', 'NoSuchKey'
    $null -ne $found -and $found.ContentLength -eq $Plan.Size
}
