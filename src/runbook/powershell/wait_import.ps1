function Wait-Import {
    $made = Get-Result
    if ($made) {
        Write-Output "The import has made $made."
        return
    }
    $number = Get-CurrentTask
    if (-not $number) {
        $failed = @(Get-Tasks | Where-Object { Test-Failed $_ })
        if ($failed) { throw (Get-Failure $failed[-1]) }
        throw 'There is no import task: take the step import first.'
    }
    $deadline = (Get-Date).AddHours($WaitHours)
    while ($true) {
        $task = Get-Task $number
        if (Test-Failed $task) { throw (Get-Failure $task) }
        $detail = Get-Detail $task
        $status = Get-Property $detail Status
        if ($status -eq 'completed') { break }
        Write-State "$status, $(Get-Property $detail Progress) %, $(Get-Property $detail StatusMessage)" $deadline
    }
    Write-Output "The import has made $(Get-ResultNow)."
}
