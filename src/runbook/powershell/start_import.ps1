$Import = @'
{{import}}
'@

# The import with one more member. JSON stays text: PowerShell 7 would read what looks like a date as one.
function Start-Import([string] $Member, [string[]] $Unless = @()) {
    Invoke-Aws ec2 {{operation}} ('{ ' + $Member + ', ' + $Import.Substring(1)) -Unless $Unless
}
