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
    if (@($rules | Where-Object { Test-CorsRule $_ $rule })) {
        Write-Output "The CORS rules of the bucket $Name let the page upload already."
        return
    }
    # To put the configuration is to replace it: the rules that are there go along. The first that fits a request counts.
    $null = Invoke-Aws s3api put-bucket-cors @{ Bucket = $Name; CORSConfiguration = @{ CORSRules = @($rule) + $rules } }
    Write-Output "The bucket $Name lets the page upload."
}

# Whether a rule that is there lets the page do as much as another.
function Test-CorsRule($There, $Rule) {
    foreach ($member in 'AllowedOrigins', 'AllowedMethods', 'AllowedHeaders') {
        $allowed = @(Get-Property $There $member)
        if (@($Rule.$member | Where-Object { $allowed -notcontains $_ })) { return $false }
    }
    @(Get-Property $There ExposeHeaders) -contains 'ETag'
}
