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
    $knownBy = (Get-Date).AddMinutes(5)
    foreach ($copy in $underWay) {
        while ($true) {
            # A copy that was made a moment ago may not be found yet.
            $request = @{ SnapshotIds = @($copy.Id) }
            $found = Invoke-Aws ec2 describe-snapshots $request -In $copy.Region -Unless 'InvalidSnapshot.NotFound'
            if ($null -eq $found -and (Get-Date) -gt $knownBy) {
                throw "The copy $($copy.Id) is not found in $($copy.Region): look for it there before you run the script again, which would make another."
            }
            $state = if ($found) { @($found.Snapshots)[0] } else { [pscustomobject]@{ State = 'unknown' } }
            if ($state.State -eq 'error') { throw "The copy $($copy.Id) to $($copy.Region) failed: $(Get-Property $state StateMessage)" }
            if ($state.State -eq 'completed') { break }
            Write-State "$($copy.Region): $($state.State), $(Get-Property $state Progress)" $deadline
        }
        Write-Output "$($copy.Region) has $($copy.Id)."
    }
}
