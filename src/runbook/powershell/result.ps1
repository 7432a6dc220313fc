# The task that this very run has started: the list may be late.
$script:Started = $null

# This journey's import tasks.
function Get-Tasks {
    (Invoke-Aws ec2 {{describe_tasks}} @{}).{{tasks}} | Where-Object {
        @(Get-Property $_ Tags) | Where-Object { $_ -and $_.Key -eq $RunTag -and $_.Value -eq $Plan.Run }
    }
}

function Get-Detail($Task) {
    {{detail_of_task}}
}

function Test-Failed($Task) {
    (Get-Property (Get-Detail $Task) Status) -in 'deleting', 'deleted'
}

function Get-Failure($Task) {
    "The import task $($Task.ImportTaskId) failed: $(Get-Property (Get-Detail $Task) StatusMessage)"
}

# The number of the task that has not failed, or nothing.
function Get-CurrentTask {
    if ($script:Started) { return $script:Started }
    Get-Tasks | Where-Object { -not (Test-Failed $_) } | Select-Object -First 1 | ForEach-Object { $_.ImportTaskId }
}

function Get-Task([string] $Number) {
    @((Invoke-Aws ec2 {{describe_tasks}} @{ ImportTaskIds = @($Number) }).{{tasks}})[0]
}

# The id of what the import has made, or nothing as long as there is none.
function Get-Result {
    # The tag first: EC2 forgets a task some days after its end.
    $request = @{ Filters = @($MadeByThisRun, @{ {{state_filter}} }); {{owners}} = @('self') }
    $made = @((Invoke-Aws ec2 {{describe_results_operation}} $request).{{results}})
    if ($made) { return $made[0].{{result_member}} }
    $completed = @(Get-Tasks | Where-Object { (Get-Property (Get-Detail $_) Status) -eq 'completed' })
    if ($completed) { (Get-Detail $completed[0]).{{result_member}} }
}

function Get-ResultNow {
    $made = Get-Result
    if (-not $made) { throw 'The import has not made its {{result}} yet: take the steps import and wait first.' }
    $made
}
