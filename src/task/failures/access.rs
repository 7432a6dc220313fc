//! Messages about access: the service role, the object in S3, the KMS key, and whose Region they are in.

use super::{Failure, PERMISSIONS, TROUBLESHOOTING};

pub(super) const FAILURES: &[Failure] = &[
    Failure {
        code: "role-insufficient",
        messages: &[
            "The service role {role} provided does not exist or does not have sufficient permissions",
            "The service role {role} does not exist or does not have sufficient permissions for the service to continue",
            "The service role {role} does not exist or does not have sufficient permissions",
            "does not exist or does not have sufficient permissions",
        ],
        errors: &["InvalidRole"],
        cause: "EC2 cannot assume the role, or the role may not read the object or use the KMS key: it is missing, its trust policy does not name vmie.amazonaws.com with the external ID vmimport, it was made less than a minute ago, or you may not pass it on.",
        cure: "Create the role with its two policies: the step “role” of the script for the whole journey, which this page writes for every import, does that. Then wait half a minute, and let yourself do iam:PassRole on it; for an object encrypted with KMS the role needs kms:Decrypt.",
        page: PERMISSIONS,
        findings: &[],
    },
    Failure {
        code: "policy-malformed",
        messages: &["MalformedPolicyDocument: Syntax errors in policy", "Syntax errors in policy"],
        errors: &["MalformedPolicyDocument"],
        cause: "The policy is no JSON. Mostly the command names a file without file:// before it, so that the name itself is taken for the policy.",
        cure: "Write file:// before the name: --policy-document file://role-policy.json.",
        page: TROUBLESHOOTING,
        findings: &[],
    },
    Failure {
        code: "object-not-readable",
        messages: &[
            "Disk validation failed [We do not have access to the given resource. Reason 403 Forbidden]",
            "We do not have access to the given resource",
            "Reason 403 Forbidden",
        ],
        errors: &[],
        cause: "EC2 may not read the object: the key is misspelt, the role's policy does not cover it, the signed URL has expired, or the object is encrypted with a key the role cannot use.",
        cure: "Compare bucket and key letter by letter, and let the role read this bucket (s3:GetObject, s3:GetBucketLocation, s3:ListBucket). Never make the bucket public for it.",
        page: PERMISSIONS,
        findings: &[],
    },
    Failure {
        code: "bucket-in-another-region",
        messages: &[
            "The given S3 object is not local to the region. The object must be located in {region}",
            "The given S3 object is not local to the region",
            "The given S3 bucket is not local to the Region",
            "Bucket {bucket} is not in the {region} Region",
        ],
        errors: &[],
        cause: "The bucket lies in another Region than the one the call was sent to.",
        cure: "Send the call to the bucket's Region, or copy the object into a bucket in the Region of the call; a finished snapshot can be copied to other Regions.",
        page: TROUBLESHOOTING,
        findings: &[],
    },
    Failure {
        code: "object-not-found",
        messages: &["Invalid S3 source location"],
        errors: &["NoSuchKey", "NoSuchBucket"],
        cause: "There is no such object: bucket or key is misspelt, or the upload was not completed or has been deleted.",
        cure: "Look with aws s3 ls whether the object is there, and keep it until the task has ended.",
        page: TROUBLESHOOTING,
        findings: &[],
    },
    Failure {
        code: "key-not-accessible",
        messages: &[
            "The specified KMS key is not accessible. If this is a default EBS CMK, please retry without specifying the key explicitly",
            "The specified KMS key is not accessible",
            "Given key ID is not accessible",
        ],
        errors: &["InvalidKmsKey", "KMSKeyNotAccessibleFault", "KmsKeyNotAccessible"],
        cause: "The role may not use the key, the key lies in another Region or is disabled, or it is the default key aws/ebs, which must not be named.",
        cure: "Let the role use the key in the key's policy, take a symmetric key of the call's Region, and for the default key give Encrypted alone.",
        page: PERMISSIONS,
        findings: &[],
    },
];
