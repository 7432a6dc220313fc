# What is asked for in each Region.
$Copies = [ordered]@{
{{copies}}
}

# The copy in a Region that has not failed, or nothing.
function Get-Copy([string] $Destination) {
    $living = @{ Name = 'status'; Values = @('pending', 'completed') }
    $request = @{ Filters = @($MadeByThisRun, $living); OwnerIds = @('self') }
    @((Invoke-Aws ec2 describe-snapshots $request -In $Destination).Snapshots) | Select-Object -First 1 | ForEach-Object { $_.SnapshotId }
}

function Copy-ToRegions {
    $snapshot = Get-ResultNow
    $underWay = @(
        foreach ($destination in $Copies.Keys) {
            $id = Get-Copy $destination
            if (-not $id) {
                $id = (Invoke-Aws ec2 copy-snapshot $Copies[$destination].Replace('{{snapshot_mark}}', $snapshot) -In $destination).SnapshotId
                Write-Host "Copying $snapshot to $destination as $id."
            }
            @{ Region = $destination; Id = $id }
        }
    )
    $deadline = (Get-Date).AddHours($WaitHours)
    foreach ($copy in $underWay) {
        while ($true) {
            $state = @((Invoke-Aws ec2 describe-snapshots @{ SnapshotIds = @($copy.Id) } -In $copy.Region).Snapshots)[0]
            if ($state.State -eq 'error') { throw "The copy $($copy.Id) to $($copy.Region) failed: $(Get-Property $state StateMessage)" }
            if ($state.State -eq 'completed') { break }
            Write-State "$($copy.Region): $($state.State), $(Get-Property $state Progress)" $deadline
        }
        Write-Output "$($copy.Region) has $($copy.Id)."
    }
}
