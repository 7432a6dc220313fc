//! The tasks, snapshots and images of an answer.

use super::members::Members;
use crate::request::responses;
use crate::request::responses::field::{self, Field};
use crate::sentence::Sentence;
use crate::task::answer::{Disk, Kind, Outcome, Tag, Task};
use crate::task::failures::explain;

/// What the steps are that AWS names in a task's message or state; each a sentence.
const STAGES: &[(&str, &str)] = &[
    ("pending", "The task waits for its turn."),
    ("validating", "EC2 looks whether it can read the disk."),
    ("validated", "The disk can be read; its conversion comes next."),
    ("downloading/converting", "The disk is fetched from S3 and converted: this takes longest."),
    ("converting", "The disk is converted: this takes longest."),
    ("updating", "EC2 changes the system for its new hardware."),
    ("updated", "The system is changed for its new hardware; its first start comes next."),
    ("preparing to boot", "EC2 prepares the first start of the machine."),
    ("booting", "The machine is started for the first time; for Windows this can take hours."),
    ("booted", "The machine has started for the first time."),
    ("preparing ami", "The image is made of the converted disks."),
];

/// The entries of an answer.
pub(super) fn entries(call: &str, fields: &'static [Field], members: &Members) -> Vec<Task> {
    let is_whole = responses::find(call).is_some_and(|response| std::ptr::eq(response.fields, fields));
    match call {
        "ImportSnapshot" if is_whole => vec![snapshot_task(members)],
        "ImportSnapshot" => vec![snapshot_task_detail(members, members)],
        "DescribeImportSnapshotTasks" => {
            members.list("ImportSnapshotTasks").iter().map(snapshot_task).collect()
        }
        "DescribeImportImageTasks" if is_whole => {
            members.list("ImportImageTasks").iter().map(image_task).collect()
        }
        "ImportImage" | "DescribeImportImageTasks" => vec![image_task(members)],
        "DescribeSnapshots" if is_whole => members.list("Snapshots").iter().map(snapshot).collect(),
        "DescribeSnapshots" => vec![snapshot(members)],
        "CopySnapshot" => vec![copy(members)],
        "RegisterImage" => vec![image(members)],
        "CancelImportTask" => vec![cancellation(members)],
        _ => Vec::new(),
    }
}

/// A task of which nothing is known but its fields.
fn blank(kind: Kind, members: &Members) -> Task {
    let tags = members.list("Tags").iter().map(|tag| Tag {
        key: tag.text("Key").unwrap_or_default().into(),
        value: tag.text("Value").unwrap_or_default().into(),
    });
    Task {
        kind,
        id: None,
        status: None,
        outcome: Outcome::Unknown,
        progress: None,
        message: None,
        stage: None,
        explanation: None,
        snapshot_ids: Vec::new(),
        image_id: None,
        size: None,
        format: None,
        disks: Vec::new(),
        tags: tags.collect(),
        rows: members.rows(),
    }
}

fn snapshot_task(members: &Members) -> Task {
    let empty = Members::default();
    let detail = members.structure("SnapshotTaskDetail").unwrap_or(&empty);
    Task { id: members.filled("ImportTaskId"), ..snapshot_task_detail(members, detail) }
}

fn snapshot_task_detail(members: &Members, detail: &Members) -> Task {
    let (status, message) = (detail.filled("Status"), detail.filled("StatusMessage"));
    Task {
        outcome: task_outcome(status.as_deref(), message.as_deref()),
        progress: detail.text("Progress").and_then(field::percent),
        stage: stage(status.as_deref(), message.as_deref()),
        explanation: message.as_deref().and_then(|message| explain(None, message)),
        snapshot_ids: detail.filled("SnapshotId").into_iter().collect(),
        size: detail.text("DiskImageSize").and_then(disk_size),
        format: detail.filled("Format"),
        status,
        message,
        ..blank(Kind::SnapshotTask, members)
    }
}

fn image_task(members: &Members) -> Task {
    let (status, message) = (members.filled("Status"), members.filled("StatusMessage"));
    let disks: Vec<Disk> = members.list("SnapshotDetails").iter().map(disk).collect();
    let only = match &disks[..] {
        [disk] => Some(disk),
        _ => None,
    };
    Task {
        id: members.filled("ImportTaskId"),
        outcome: task_outcome(status.as_deref(), message.as_deref()),
        progress: members.text("Progress").and_then(field::percent),
        stage: stage(status.as_deref(), message.as_deref()),
        explanation: message.as_deref().and_then(|message| explain(None, message)),
        snapshot_ids: disks.iter().filter_map(|disk| disk.snapshot_id.clone()).collect(),
        image_id: members.filled("ImageId"),
        size: only.and_then(|disk| disk.size),
        format: only.and_then(|disk| disk.format.clone()),
        status,
        message,
        disks,
        ..blank(Kind::ImageTask, members)
    }
}

fn disk(members: &Members) -> Disk {
    let message = members.filled("StatusMessage");
    Disk {
        device_name: members.filled("DeviceName"),
        snapshot_id: members.filled("SnapshotId"),
        status: members.filled("Status"),
        progress: members.text("Progress").and_then(field::percent),
        explanation: message.as_deref().and_then(|message| explain(None, message)),
        message,
        size: members.text("DiskImageSize").and_then(disk_size),
        format: members.filled("Format"),
    }
}

fn snapshot(members: &Members) -> Task {
    let (status, message) = (members.filled("State"), members.filled("StateMessage"));
    let gibibytes = members.text("VolumeSize").and_then(|size| size.parse::<u64>().ok());
    Task {
        id: members.filled("SnapshotId"),
        outcome: match status.as_deref() {
            Some("completed") => Outcome::Succeeded,
            Some("pending" | "recovering") => Outcome::Running,
            Some("error") => Outcome::Failed,
            _ => Outcome::Unknown,
        },
        progress: members.text("Progress").and_then(field::percent),
        explanation: message.as_deref().and_then(|message| explain(None, message)),
        snapshot_ids: members.filled("SnapshotId").into_iter().collect(),
        size: gibibytes.and_then(|size| size.checked_mul(1 << 30)),
        status,
        message,
        ..blank(Kind::Snapshot, members)
    }
}

/// The copy has only begun.
fn copy(members: &Members) -> Task {
    Task {
        id: members.filled("SnapshotId"),
        outcome: Outcome::Running,
        snapshot_ids: members.filled("SnapshotId").into_iter().collect(),
        ..blank(Kind::Snapshot, members)
    }
}

fn image(members: &Members) -> Task {
    Task {
        id: members.filled("ImageId"),
        outcome: Outcome::Succeeded,
        image_id: members.filled("ImageId"),
        ..blank(Kind::Image, members)
    }
}

fn cancellation(members: &Members) -> Task {
    Task {
        id: members.filled("ImportTaskId"),
        status: members.filled("State"),
        outcome: Outcome::Cancelled,
        ..blank(Kind::Cancellation, members)
    }
}

/// A failed task is `deleting` or `deleted` like a cancelled one: only the message tells them apart.
fn task_outcome(status: Option<&str>, message: Option<&str>) -> Outcome {
    let Some(status) = status.map(str::to_ascii_lowercase) else { return Outcome::Unknown };
    let says = |word: &str| message.is_some_and(|message| message.to_ascii_lowercase().contains(word));
    match status.as_str() {
        "completed" => Outcome::Succeeded,
        "deleting" | "deleted" | "cancelling" | "cancelled" if message.is_none() || says("cancel") => {
            Outcome::Cancelled
        }
        "deleting" | "deleted" | "error" | "failed" => Outcome::Failed,
        "cancelling" | "cancelled" => Outcome::Cancelled,
        "active" | "pending" | "validating" | "validated" | "updating" | "updated" | "converting" => {
            Outcome::Running
        }
        _ => Outcome::Unknown,
    }
}

fn stage(status: Option<&str>, message: Option<&str>) -> Option<Sentence> {
    let known = |text: &str| STAGES.iter().find(|(name, _)| name.eq_ignore_ascii_case(text));
    message.and_then(known).or_else(|| status.and_then(known)).map(|(_, sentence)| (*sentence).into())
}

/// AWS's reference says GiB and its answers are in bytes. No disk has 64 TiB, and none has fewer bytes than that
/// number; nought stands for a size that is not known yet.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "positive, and below 2^63")]
fn disk_size(text: &str) -> Option<u64> {
    const MOST_GIBIBYTES: f64 = 65_536.0;
    let size: f64 = text.parse().ok()?;
    let bytes = if size < MOST_GIBIBYTES { size * f64::from(1 << 30) } else { size };
    (bytes > 0.0 && bytes < 9.0e18).then_some(bytes as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deleted_task_with_a_message_has_failed_and_without_one_was_cancelled() {
        assert_eq!(
            task_outcome(Some("deleted"), Some("ClientError: Unknown OS / Missing OS files.")),
            Outcome::Failed
        );
        assert_eq!(task_outcome(Some("deleting"), None), Outcome::Cancelled);
        assert_eq!(task_outcome(Some("deleted"), Some("Cancelled by the user")), Outcome::Cancelled);
        assert_eq!(task_outcome(Some("active"), Some("pending")), Outcome::Running);
        assert_eq!(task_outcome(Some("hibernating"), None), Outcome::Unknown);
    }

    #[test]
    fn a_size_is_in_bytes_unless_it_can_only_be_gibibytes() {
        assert_eq!(disk_size("3.115815424E9"), Some(3_115_815_424));
        assert_eq!(disk_size("20"), Some(20 << 30));
        assert_eq!(disk_size("0.0"), None);
        for bad in ["", "NaN", "inf", "-1", "1e300"] {
            assert_eq!(disk_size(bad), None, "{bad}");
        }
    }
}
