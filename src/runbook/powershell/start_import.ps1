$Import = @'
{{import}}
'@

# The import with further parameters.
function Start-Import($More, [string[]] $Unless = @()) {
    $request = ConvertFrom-Json $Import
    foreach ($name in $More.Keys) { $request | Add-Member -NotePropertyName $name -NotePropertyValue $More[$name] }
    Invoke-Aws ec2 {{operation}} $request -Unless $Unless
}
