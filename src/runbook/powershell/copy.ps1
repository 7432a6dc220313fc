# What is asked for in each Region.
$Copies = @'
{{copies}}
'@

# The copy in a Region that has not failed, or nothing.
function Get-Copy([string] $Destination) {
    $living = @{ Name = 'status'; Values = @('pending', 'completed') }
    $request = @{ Filters = @($MadeByThisRun, $living); OwnerIds = @('self') }
    @((Invoke-Aws ec2 describe-snapshots $request -In $Destination).Snapshots) | Select-Object -First 1 | ForEach-Object { $_.SnapshotId }
}

function Copy-ToRegions {
    $snapshot = Get-ResultNow
    $copies = ConvertFrom-Json $Copies.Replace('{{snapshot_mark}}', $snapshot)
    $underWay = @(
        foreach ($copy in $copies) {
            $id = Get-Copy $copy.Region
            if (-not $id) {
                $id = (Invoke-Aws ec2 copy-snapshot $copy.Request -In $copy.Region).SnapshotId
                Write-Host "Copying $snapshot to $($copy.Region) as $id."
            }
            @{ Region = $copy.Region; Id = $id }
        }
    )
    $deadline = (Get-Date).AddHours($WaitHours)
    foreach ($copy in $underWay) {
        while ($true) {
            $state = @((Invoke-Aws ec2 describe-snapshots @{ SnapshotIds = @($copy.Id) } -In $copy.Region).Snapshots)[0]
            if ($state.State -eq 'error') { throw "The copy $($copy.Id) to $($copy.Region) failed: $(Get-Member-Of $state StateMessage)" }
            if ($state.State -eq 'completed') { break }
            Write-State "$($copy.Region): $($state.State), $(Get-Member-Of $state Progress)" $deadline
        }
        Write-Output "$($copy.Region) has $($copy.Id)."
    }
}
