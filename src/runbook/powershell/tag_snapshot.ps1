$Tags = @'
{{tags}}
'@

function Set-Tags {
    $made = Get-ResultNow
    # To put a tag again changes nothing.
    $null = Invoke-Aws ec2 create-tags ('{ "Resources": ["' + $made + '"], "Tags": ' + $Tags + ' }')
    Write-Output "Tagged $made."
}
