function Import-Image {
    $made = Get-Result
    if ($made) {
        Write-Output "The import has made $made."
        return
    }
    $number = Get-CurrentTask
    if ($number) {
        Write-Output "The import task $number is under way."
        return
    }
    foreach ($disk in $Plan.Disks) {
        if (-not (Test-Object $disk)) {
            throw "s3://$($disk.Bucket)/$($disk.Key) is not there or has not $($disk.Size) bytes: upload the image first."
        }
    }
    $token = $Plan.Token
    $failed = @(Get-Tasks | Where-Object { Test-Failed $_ }).Count
    if ($failed -gt 0) { $token = "$token-$($failed + 1)" }
    foreach ($attemptsLeft in 3, 2, 1, 0) {
        try {
            $script:Started = (Start-Import ('"ClientToken": "' + $token + '"')).ImportTaskId
            Write-Output "Started the import task $script:Started."
            return
        } catch {
            # A role that was made a moment ago is not known everywhere yet. AWS misspells what it says before these words.
            if ($attemptsLeft -eq 0 -or $_.Exception.Message -notmatch 'does not have sufficient permissions') { throw }
            Start-Sleep -Milliseconds ($PollSeconds * 1000)
        }
    }
}
