$Tags = @'
{{tags}}
'@

function Set-Tags {
    $made = Get-ResultNow
    $image = @((Invoke-Aws ec2 describe-images @{ ImageIds = @($made) }).Images)[0]
    $snapshots = @($image.BlockDeviceMappings | ForEach-Object { Get-Property (Get-Property $_ Ebs) SnapshotId })
    $resources = (@($made) + $snapshots) -join '", "'
    # To put a tag again changes nothing.
    $null = Invoke-Aws ec2 create-tags ('{ "Resources": ["' + $resources + '"], "Tags": ' + $Tags + ' }')
    Write-Output "Tagged $made and its snapshots."
}
