#Requires -Version 5.1
# Imports disk images into EC2: {{journey}}.
#
#   .\import.ps1              takes every step, in order
#   .\import.ps1 wait tag     takes these steps: {{steps}}
#
# Every step first looks whether its work is done, so that the script can be run again after anything went wrong.
# It runs in Windows PowerShell 5.1 and in PowerShell 7, and needs the AWS CLI, version 2, and credentials.
[CmdletBinding(PositionalBinding = $false)]
param(
    [Parameter(ValueFromRemainingArguments = $true)] [string[]] $Step,
    [double] $PollSeconds = 30,
    [double] $WaitHours = 24
)
Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

# JSON in a here-string: nothing in it is expanded. Disks is what is uploaded, with the size of the file in bytes; bucket and
# key stand in the request and in the policy of the role as well. Run names this journey: it is the value of the tag by which
# steps find what was made, and the name of the role's policy.
$Plan = ConvertFrom-Json @'
{{plan}}
'@
$Buckets = @($Plan.Disks | ForEach-Object { $_.Bucket } | Select-Object -Unique)
$RunTag = 'import-planner-run'
$MadeByThisRun = @{ Name = "tag:$RunTag"; Values = @($Plan.Run) }
if ($Plan.Profile) { $env:AWS_PROFILE = $Plan.Profile }
$env:AWS_RETRY_MODE = 'standard'
$env:AWS_MAX_ATTEMPTS = '8'
$env:AWS_CLI_FILE_ENCODING = 'UTF-8'

# Makes a call of the AWS CLI and gives back its answer. When the answer is an error whose code is in $Unless, it gives back
# nothing; any other error ends the script. The request, JSON or
# a table, goes by a file: Windows PowerShell loses quotes in arguments.
function Invoke-Aws([string] $Service, [string] $Operation, $Request, [string[]] $Unless = @(), [string] $In = $Plan.Region) {
    if ($Request -isnot [string]) { $Request = ConvertTo-Json -InputObject $Request -Depth 20 }
    $path = [IO.Path]::GetTempFileName()
    try {
        # Without the byte order mark that the AWS CLI would stumble over.
        [IO.File]::WriteAllText($path, $Request)
        # With Stop, Windows PowerShell would end at the first line on standard error.
        $ErrorActionPreference = 'Continue'
        $PSNativeCommandUseErrorActionPreference = $false
        $lines = & aws $Service $Operation --region $In --output json --no-cli-pager --cli-input-json "file://$path" 2>&1
        $failed = $LASTEXITCODE -ne 0
    } finally {
        Remove-Item -LiteralPath $path
    }
    $ErrorActionPreference = 'Stop'
    $errors = @($lines | Where-Object { $_ -is [Management.Automation.ErrorRecord] } | ForEach-Object { $_.Exception.Message })
    $answer = @($lines | Where-Object { $_ -isnot [Management.Automation.ErrorRecord] }) -join "`n"
    if (-not $failed) {
        if ($answer.Trim()) { return ConvertFrom-Json $answer }
        return $true
    }
    $message = $errors -join "`n"
    foreach ($code in $Unless) {
        if ($message.Contains("($code)")) { return $null }
    }
    throw $message.Trim()
}

# Runs a waiter of the AWS CLI; its arguments are names and ids alone.
function Wait-Aws {
    & aws @args --region $Plan.Region
    if ($LASTEXITCODE -ne 0) { throw "aws $args did not end well." }
}

# A property of an answer, or nothing where there is none.
function Get-Property($Object, [string] $Name) {
    if ($Object -is [psobject] -and $Object.PSObject.Properties[$Name]) { return $Object.$Name }
}
