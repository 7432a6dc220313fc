$Tags = @'
{{tags}}
'@

function Set-Tags {
    $made = Get-ResultNow
    $image = @((Invoke-Aws ec2 describe-images @{ ImageIds = @($made) }).Images)[0]
    $snapshots = @($image.BlockDeviceMappings | ForEach-Object { Get-Member-Of (Get-Member-Of $_ Ebs) SnapshotId })
    # To put a tag again changes nothing.
    $null = Invoke-Aws ec2 create-tags @{ Resources = @($made) + $snapshots; Tags = @(ConvertFrom-Json $Tags | ForEach-Object { $_ }) }
    Write-Output "Tagged $made and its snapshots."
}
