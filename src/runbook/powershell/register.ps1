$Registration = @'
{{register}}
'@

function Register-Image {
    $snapshot = Get-ResultNow
    $found = @((Invoke-Aws ec2 describe-images @{ Filters = @($MadeByThisRun); Owners = @('self') }).Images)
    if ($found) {
        $image = $found[0].ImageId
    } else {
        $image = (Invoke-Aws ec2 register-image $Registration.Replace('{{snapshot_mark}}', $snapshot)).ImageId
    }
    Wait-Aws ec2 wait image-available --image-ids $image
    Write-Output "Registered $image."
}
