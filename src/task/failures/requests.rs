//! EC2's common client and server errors, known by their codes, and what the AWS CLI says before it sends anything.

use super::{ERROR_CODES, Failure};

/// How the AWS CLI is set up.
const CONFIGURE: &str = "https://docs.aws.amazon.com/cli/latest/userguide/cli-chap-configure.html";
/// How the AWS CLI's own errors are found.
const CLI_ERRORS: &str = "https://docs.aws.amazon.com/cli/latest/userguide/cli-chap-troubleshooting.html";

/// How a signed URL is made, and how long it holds.
const PRESIGNED: &str = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html";
/// How the AWS CLI signs in with IAM Identity Center.
const SIGN_IN: &str = "https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sso.html";
/// How the AWS CLI keeps profiles.
const PROFILES: &str = "https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html";

/// A failure that has a code and no message of its own.
const fn coded(
    code: &'static str,
    errors: &'static [&'static str],
    cause: &'static str,
    cure: &'static str,
) -> Failure {
    Failure { code, messages: &[], errors, cause, cure, page: ERROR_CODES, findings: &[] }
}

/// A failure that the client reports, which has no code.
const fn said(
    code: &'static str,
    messages: &'static [&'static str],
    cause: &'static str,
    cure: &'static str,
    page: &'static str,
) -> Failure {
    Failure { code, messages, errors: &[], cause, cure, page, findings: &[] }
}

/// The error that means success.
pub(in crate::task) const DRY_RUN: &str = "dry-run-passed";

pub(super) const FAILURES: &[Failure] = &[
    Failure {
        messages: &["Request would have succeeded, but DryRun flag is set"],
        ..coded(
            DRY_RUN,
            &["DryRunOperation"],
            "This is good news: you have the permissions, and nothing was done, because the request was a dry run. A dry run looks neither at the role nor at the object.",
            "Send the request without the dry run.",
        )
    },
    Failure {
        messages: &[
            "You are not authorized to perform this operation",
            "is not authorized to perform: {action}",
        ],
        ..coded(
            "not-authorized",
            &["UnauthorizedOperation", "AccessDenied", "AccessDeniedException"],
            "You lack a permission for this call, or a policy of the organisation or of the endpoint denies it.",
            "Ask for the permission that the message names, for an import also iam:PassRole on the role. An encoded message says more once it is decoded.",
        )
    },
    coded(
        "credentials-not-valid",
        &["AuthFailure", "InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId"],
        "AWS does not know the access key: it is deleted, misspelt, of another partition (China, GovCloud), or temporary and used without its session token.",
        "Sign in again or renew the keys; aws sts get-caller-identity says who you are.",
    ),
    coded(
        "credentials-expired",
        &["ExpiredToken", "ExpiredTokenException", "RequestExpired"],
        "The temporary credentials or the signature have expired, or the computer's clock is wrong.",
        "Sign in again (aws sso login), set the clock, and send the request once more.",
    ),
    said(
        "url-expired",
        &["AccessDenied: Request has expired"],
        "The signed URL has expired: it was signed for a time that is over, or with temporary credentials that ended before.",
        "Sign a new URL that holds for long enough, with credentials that do, and send the request again.",
        PRESIGNED,
    ),
    coded(
        "signature-wrong",
        &["SignatureDoesNotMatch", "IncompleteSignature", "MissingAuthenticationToken", "InvalidSignature"],
        "The signature does not belong to this request: the secret key is wrong, the clock is, or the request was changed after it was signed.",
        "Enter the keys again, set the clock, and let the AWS CLI or an SDK sign.",
    ),
    coded(
        "account-not-ready",
        &["OptInRequired", "PendingVerification", "Blocked", "AccountDisabled"],
        "The account may not use EC2 in this Region: it is being verified, blocked, or the Region is not enabled.",
        "Enable the Region in the account's settings, finish the verification, or write to AWS's support.",
    ),
    coded(
        "token-reused",
        &["IdempotentParameterMismatch", "ConflictingIdempotentRequest"],
        "The client token was used before with other parameters.",
        "Give a new client token, or send exactly the request it was used with.",
    ),
    coded(
        "parameter-refused",
        &[
            "InvalidParameter",
            "InvalidParameterValue",
            "InvalidParameterCombination",
            "InvalidParameterDependency",
            "ValidationError",
            "InvalidArgument",
            "MalformedQueryString",
            "InvalidQueryParameter",
        ],
        "EC2 refuses a parameter, or two that do not go together; the message names it.",
        "Paste the request into this page: it marks what EC2 certainly refuses, with the way to mend it.",
    ),
    coded(
        "parameter-missing",
        &["MissingParameter", "MissingAction"],
        "A parameter that the call needs is missing; the message names it.",
        "Fill in the parameter and send the request again.",
    ),
    coded(
        "parameter-unknown",
        &["UnknownParameter", "InvalidAction", "UnsupportedProtocol", "NoSuchVersion"],
        "EC2 does not know a parameter or the call in the API's version that was asked for.",
        "Use the version 2016-11-15 and the names that this page writes, and update the client.",
    ),
    coded(
        "not-supported",
        &[
            "UnsupportedOperation",
            "Unsupported",
            "OperationNotPermitted",
            "SnapshotCopyUnsupported.InterRegion",
        ],
        "EC2 does not do this with this resource or in this Region; the message says what.",
        "Change what the message names, or take another Region.",
    ),
    coded(
        "tag-refused",
        &["InvalidTagKey.Malformed", "InvalidTag", "InvalidTagFormat", "TagPolicyViolation"],
        "A tag is refused: a key has up to 127 characters and does not begin with aws:, and a tag policy may demand more.",
        "Change the tag, and give it to a resource type that the call makes.",
    ),
    coded(
        "too-many-requests",
        &["RequestLimitExceeded", "Throttling", "ThrottlingException", "EC2ThrottledException"],
        "More requests were sent in a short time than the account may send.",
        "Wait a little and try again; ask for a task's state no more often than every thirty seconds.",
    ),
    coded(
        "aws-at-fault",
        &[
            "InternalError",
            "InternalFailure",
            "Unavailable",
            "ServiceUnavailable",
            "InsufficientInstanceCapacity",
        ],
        "Something went wrong on AWS's side.",
        "Try again after some minutes; with the same client token an import is not done twice. If it goes on, give AWS's support the request's ID.",
    ),
    said(
        "no-credentials",
        &["Unable to locate credentials", "Unable to load credentials", "Partial credentials found"],
        "The client has no credentials.",
        "Sign in with aws configure sso or aws configure, or name the profile with --profile.",
        CONFIGURE,
    ),
    said(
        "sign-in-expired",
        &[
            "Error when retrieving token from sso: Token has expired and refresh failed",
            "Token has expired and refresh failed",
            "Error loading SSO Token: Token for {session} does not exist",
            "Error loading SSO Token",
            "The SSO session associated with this profile has expired or is otherwise invalid",
        ],
        "The client's sign-in with IAM Identity Center has expired, or there was none yet on this computer.",
        "Sign in again with aws sso login, with --profile and the profile's name, and send the request once more.",
        SIGN_IN,
    ),
    said(
        "profile-not-found",
        &["The config profile {profile} could not be found"],
        "The AWS CLI has no profile of this name in the files config and credentials of the folder .aws.",
        "See with aws configure list-profiles what there is and give one of them with --profile, or look at the variable AWS_PROFILE.",
        PROFILES,
    ),
    said(
        "no-connection",
        &[
            "Connect timeout on endpoint URL",
            "Read timeout on endpoint URL",
            "Connection was closed before we received a valid response from endpoint URL",
            "Failed to connect to proxy URL",
        ],
        "The client does not reach AWS, or gets no answer in time: a firewall, a proxy or the network lies between, or a subnet without a way to the internet.",
        "Look at the network, and at the proxy in HTTPS_PROXY; from a private subnet, EC2 needs an endpoint in the VPC. Then send the request again.",
        CLI_ERRORS,
    ),
    said(
        "certificate-not-trusted",
        &["SSL validation failed for", "CERTIFICATE_VERIFY_FAILED"],
        "The client does not trust the certificate that it was shown. Mostly a proxy of the company puts in its own, whose issuer the client does not know.",
        "Give the issuer's certificates with --ca-bundle or AWS_CA_BUNDLE, and set the clock. Do not turn the check off: keys would go to whoever answers.",
        CLI_ERRORS,
    ),
    said(
        "no-region",
        &[
            "You must specify a region",
            "Could not connect to the endpoint URL",
            "Provided region_name {region} doesn't match a supported format",
        ],
        "The client does not know the Region, or its name is misspelt, or there is no way to its endpoint.",
        "Give the Region with --region, and look at the proxy and the network.",
        CLI_ERRORS,
    ),
    said(
        "client-refused-parameters",
        &[
            "Parameter validation failed",
            "Error parsing parameter",
            "the following arguments are required",
            "Unknown options",
            "argument {option}: expected one argument",
            "expected one argument",
            "expected at least one argument",
        ],
        "The AWS CLI refused the command before it sent anything: an option is misspelt, missing or of the wrong type, or the shell took a quotation mark away.",
        "Copy the command from this page for your shell and your version of the CLI.",
        CLI_ERRORS,
    ),
];
