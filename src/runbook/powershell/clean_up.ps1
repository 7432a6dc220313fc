function Remove-Leftovers {
    $null = Get-ResultNow
    foreach ($disk in $Plan.Disks) {
        $null = Invoke-Aws s3api delete-object @{ Bucket = $disk.Bucket; Key = $disk.Key }
        Write-Output "Removed s3://$($disk.Bucket)/$($disk.Key)."
    }
    if (Invoke-Aws iam delete-role-policy @{ RoleName = $Plan.Role; PolicyName = $Plan.Run } -Unless 'NoSuchEntity') {
        Write-Output "Removed the policy $($Plan.Run) of the role $($Plan.Role)."
    }
}
