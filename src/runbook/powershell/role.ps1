$TrustPolicy = @'
{{trust}}
'@
$RolePolicy = @'
{{role_policy}}
'@

function Set-Role {
    $account = (Invoke-Aws sts get-caller-identity @{}).Account
    $found = Invoke-Aws iam get-role @{ RoleName = $Plan.Role } -Unless 'NoSuchEntity'
    if ($null -eq $found) {
        $null = Invoke-Aws iam create-role @{
            RoleName                 = $Plan.Role
            Description              = 'Lets VM Import/Export read disk images'
            AssumeRolePolicyDocument = $TrustPolicy.Replace('{{account_mark}}', $account)
        }
        Wait-Aws iam wait role-exists --role-name $Plan.Role
        Write-Output "Made the role $($Plan.Role)."
    } elseif (-not (ConvertTo-Json $found.Role.AssumeRolePolicyDocument -Depth 20).Contains('vmie.amazonaws.com')) {
        throw "The role $($Plan.Role) is not for VM Import/Export: let vmie.amazonaws.com assume it, or take another role's name."
    }
    # To put an inline policy again changes nothing.
    $null = Invoke-Aws iam put-role-policy @{
        RoleName       = $Plan.Role
        PolicyName     = $Plan.Run
        PolicyDocument = $RolePolicy.Replace('{{account_mark}}', $account)
    }
    Write-Output "The role $($Plan.Role) may read what is imported."
}
