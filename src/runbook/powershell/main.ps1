$steps = [ordered]@{
{{cases}}
}
if (-not $Step) { $Step = @($steps.Keys) }
try {
    foreach ($name in $Step) {
        if (-not $steps.Contains($name)) { throw "There is no step $name; the steps are: $($steps.Keys -join ', ')." }
        Write-Output "== $($steps[$name][0])"
        & $steps[$name][1]
    }
} catch {
    [Console]::Error.WriteLine($_.Exception.Message)
    exit 1
}
