$Tags = @'
{{tags}}
'@

function Set-Tags {
    $made = Get-ResultNow
    # To put a tag again changes nothing.
    $null = Invoke-Aws ec2 create-tags @{ Resources = @($made); Tags = @(ConvertFrom-Json $Tags | ForEach-Object { $_ }) }
    Write-Output "Tagged $made."
}
