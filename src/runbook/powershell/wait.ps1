$script:Told = $null

# Tells a state when it has changed, and ends what takes too long.
function Write-State([string] $State, [datetime] $Deadline) {
    if ($State -ne $script:Told) {
        Write-Host "$(Get-Date -Format HH:mm:ss)  $State"
        $script:Told = $State
    }
    if ((Get-Date) -gt $Deadline) { throw "It has taken $WaitHours hours: run the script again to wait longer." }
    Start-Sleep -Milliseconds ($PollSeconds * 1000)
}
