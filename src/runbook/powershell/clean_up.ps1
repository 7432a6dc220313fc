function Remove-Leftovers {
    $null = Get-ResultNow
    $null = Invoke-Aws s3api delete-object @{ Bucket = $Plan.Bucket; Key = $Plan.Key }
    Write-Output "Removed s3://$($Plan.Bucket)/$($Plan.Key)."
    if (Invoke-Aws iam delete-role-policy @{ RoleName = $Plan.Role; PolicyName = $Plan.Run } -Unless 'NoSuchEntity') {
        Write-Output "Removed the policy $($Plan.Run) of the role $($Plan.Role)."
    }
}
