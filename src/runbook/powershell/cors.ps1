function Set-Cors {
    $rule = ConvertFrom-Json @'
{{cors_rule}}
'@
    $found = Invoke-Aws s3api get-bucket-cors @{ Bucket = $Plan.Bucket } -Unless 'NoSuchCORSConfiguration'
    $rules = @()
    if ($found) { $rules = @($found.CORSRules) }
    if (@($rules | Where-Object { $_.AllowedOrigins -contains $rule.AllowedOrigins[0] })) {
        Write-Output "The bucket's CORS rules name the page already."
        return
    }
    # To put the configuration is to replace it: the rules that are there go along.
    $null = Invoke-Aws s3api put-bucket-cors @{ Bucket = $Plan.Bucket; CORSConfiguration = @{ CORSRules = @($rules) + $rule } }
    Write-Output 'The bucket lets the page upload.'
}
