//! Messages about tasks and copies: waiters, limits, tasks that are not there.

use super::{ERROR_CODES, Failure};

/// What copies are bound by.
const COPY: &str = "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-copy-snapshot.html";
/// How a task is watched.
const WATCH: &str = "https://docs.aws.amazon.com/vm-import/latest/userguide/vmimport-import-snapshot.html";

pub(super) const FAILURES: &[Failure] = &[
    Failure {
        code: "waiter-gave-up",
        messages: &[
            "Waiter SnapshotImported failed: Max attempts exceeded",
            "Waiter {waiter} failed: Max attempts exceeded",
            "ResourceNotReady: exceeded wait attempts",
            "exceeded wait attempts",
        ],
        errors: &["ResourceNotReady"],
        cause: "The client's waiter stopped after ten minutes. The task itself goes on, or it has failed: the waiter does not know that deleted with a message is a failure.",
        cure: "Ask with describe-import-snapshot-tasks how the task stands, and wait with the loop that this page writes.",
        page: WATCH,
        findings: &[],
    },
    Failure {
        code: "waiter-saw-failure",
        messages: &[
            "Waiter {waiter} failed: Waiter encountered a terminal failure state",
            "Waiter encountered a terminal failure state",
        ],
        errors: &[],
        cause: "The client's waiter saw that the task, the snapshot or the image has failed, and does not say why.",
        cure: "Ask with describe-import-snapshot-tasks, or describe-snapshots for a copy, and paste the answer: its message tells why.",
        page: WATCH,
        findings: &[],
    },
    Failure {
        code: "too-many-copies",
        messages: &[
            "Too many snapshot copies in progress. The limit is {limit} for this destination region",
            "Too many snapshot copies in progress",
        ],
        errors: &[],
        cause: "As many copies as the account may make at a time are on their way to this Region.",
        cure: "Wait until one has ended and send the copy again, or ask for a higher quota.",
        page: COPY,
        findings: &[],
    },
    Failure {
        code: "limit-reached",
        messages: &[
            "Resource limit exceeded",
            "limit of active conversion tasks exceeded",
            "You have reached your quota",
        ],
        errors: &[
            "ResourceLimitExceeded",
            "ConversionTaskLimitExceeded",
            "ConcurrentSnapshotLimitExceeded",
            "SnapshotLimitExceeded",
            "PendingSnapshotLimitExceeded",
            "ImportTaskLimitExceeded",
            "TagLimitExceeded",
        ],
        cause: "The account has as many tasks, snapshots, copies or tags as it may have at a time in this Region.",
        cure: "Wait until others have ended, delete what is not needed, or ask for a higher limit in Service Quotas.",
        page: ERROR_CODES,
        findings: &[],
    },
    Failure {
        code: "task-not-found",
        messages: &[],
        errors: &[
            "InvalidConversionTaskId",
            "InvalidConversionTaskId.Malformed",
            "InvalidConversionTaskId.NotFound",
        ],
        cause: "No such task is listed: its ID is misspelt, it was begun in another Region or account, or it ended more than seven days ago.",
        cure: "Give the Region the import was sent to, and compare the ID; import-snap- belongs to ImportSnapshot, import-ami- to ImportImage.",
        page: ERROR_CODES,
        findings: &[],
    },
    Failure {
        code: "snapshot-not-found",
        messages: &[],
        errors: &["InvalidSnapshot.NotFound", "InvalidSnapshotID.Malformed"],
        cause: "There is no such snapshot in this Region, or it is not shared with this account.",
        cure: "Send the call to the Region the snapshot is in; for a copy, give that Region as SourceRegion.",
        page: ERROR_CODES,
        findings: &[],
    },
    Failure {
        code: "snapshot-not-ready",
        messages: &[],
        errors: &["IncorrectState", "InvalidSnapshot.InUse"],
        cause: "The snapshot is not completed yet, or something uses it.",
        cure: "Wait until its state is completed and send the call again.",
        page: ERROR_CODES,
        findings: &[],
    },
    Failure {
        code: "image-name-taken",
        messages: &[],
        errors: &["InvalidAMIName.Duplicate"],
        cause: "The account has an image of this name in the Region.",
        cure: "Give another name, or deregister the old image.",
        page: ERROR_CODES,
        findings: &[],
    },
    Failure {
        code: "image-name-malformed",
        messages: &[],
        errors: &["InvalidAMIName.Malformed"],
        cause: "An image's name has 3 to 128 letters, digits, spaces and ( ) [ ] . / - ' @ _.",
        cure: "Change the name.",
        page: ERROR_CODES,
        findings: &[],
    },
];
