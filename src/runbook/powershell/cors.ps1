function Set-Cors {
    foreach ($name in $Buckets) { Set-CorsOfBucket $name }
}

function Set-CorsOfBucket([string] $Name) {
    $rule = ConvertFrom-Json @'
{{cors_rule}}
'@
    $found = Invoke-Aws s3api get-bucket-cors @{ Bucket = $Name } -Unless 'NoSuchCORSConfiguration'
    $rules = @()
    if ($found) { $rules = @($found.CORSRules) }
    if (@($rules | Where-Object { $_.AllowedOrigins -contains $rule.AllowedOrigins[0] })) {
        Write-Output "The CORS rules of the bucket $Name name the page already."
        return
    }
    # To put the configuration is to replace it: the rules that are there go along.
    $null = Invoke-Aws s3api put-bucket-cors @{ Bucket = $Name; CORSConfiguration = @{ CORSRules = @($rules) + $rule } }
    Write-Output "The bucket $Name lets the page upload."
}
