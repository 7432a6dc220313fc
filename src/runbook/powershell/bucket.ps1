function Set-Bucket {
    foreach ($name in $Buckets) { Set-OneBucket $name }
}

function Set-OneBucket([string] $Name) {
    $bucket = @{ Bucket = $Name }
    $account = (Invoke-Aws sts get-caller-identity @{}).Account
    if (Invoke-Aws s3api head-bucket @{ Bucket = $Name; ExpectedBucketOwner = $account } -Unless '404', 'NoSuchBucket') {
        $location = (Invoke-Aws s3api get-bucket-location $bucket).LocationConstraint
        # S3 says nothing for us-east-1, and EU for eu-west-1 of old buckets.
        if (-not $location) { $location = 'us-east-1' } elseif ($location -eq 'EU') { $location = 'eu-west-1' }
        if ($location -ne $Plan.Region) {
            throw "The bucket $Name is in $location, but the import reads from a bucket in $($Plan.Region) alone: take another bucket."
        }
        $block = Invoke-Aws s3api get-public-access-block $bucket -Unless 'NoSuchPublicAccessBlockConfiguration'
        if ($null -eq $block -or @($block.PublicAccessBlockConfiguration.PSObject.Properties.Value) -contains $false) {
            throw "The bucket $Name can be made public: block public access to it (aws s3api put-public-access-block), or take another bucket."
        }
        Write-Output "The bucket $Name is in $($Plan.Region) and closed to the public."
        Write-KeyOfBucket $Name
    } else {
        $request = @{ Bucket = $Name }
        # us-east-1 is the one Region that S3 refuses as a LocationConstraint.
        if ($Plan.Region -ne 'us-east-1') { $request.CreateBucketConfiguration = @{ LocationConstraint = $Plan.Region } }
        $null = Invoke-Aws s3api create-bucket $request
        Wait-Aws s3api wait bucket-exists --bucket $Name
        $block = ConvertFrom-Json @'
{{public_access}}
'@
        $null = Invoke-Aws s3api put-public-access-block @{ Bucket = $Name; PublicAccessBlockConfiguration = $block }
        Write-Output "Made the bucket $Name in $($Plan.Region)."
    }
    $rules = Invoke-Aws s3api get-bucket-lifecycle-configuration $bucket -Unless 'NoSuchLifecycleConfiguration'
    if ($null -eq $rules) {
        $lifecycle = ConvertFrom-Json @'
{{lifecycle}}
'@
        $null = Invoke-Aws s3api put-bucket-lifecycle-configuration @{ Bucket = $Name; LifecycleConfiguration = $lifecycle }
    } elseif (-not @($rules.Rules | Where-Object { Get-Property $_ AbortIncompleteMultipartUpload })) {
        # To put the configuration is to replace it, and these rules are somebody's.
        Write-Output "$Name has lifecycle rules of its own: add one that aborts incomplete multipart uploads."
    }
}

# Says what a role needs that this script does not give it, where a key of somebody's own encrypts what is uploaded.
function Write-KeyOfBucket([string] $Name) {
    # Who may not ask is not held up.
    $codes = 'AccessDenied', 'ServerSideEncryptionConfigurationNotFoundError'
    $found = Invoke-Aws s3api get-bucket-encryption @{ Bucket = $Name } -Unless $codes
    if ($null -eq $found) { return }
    foreach ($rule in $found.ServerSideEncryptionConfiguration.Rules) {
        $default = Get-Property $rule ApplyServerSideEncryptionByDefault
        $key = Get-Property $default KMSMasterKeyID
        if ((Get-Property $default SSEAlgorithm) -like 'aws:kms*' -and $key -and $key -notlike '*alias/aws/s3') {
            Write-Output "Warning: the bucket $Name encrypts with the key $key. The role $($Plan.Role) needs kms:Decrypt on that key, or the import fails as if there were no such role."
        }
    }
}
