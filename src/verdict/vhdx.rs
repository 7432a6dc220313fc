//! VHDX: ImportImage takes it; about ImportSnapshot AWS's pages disagree.

use super::Subject;
use super::catalogue::{NOTED, Rule, Way, snapshot_only};
use super::conversion::{TO_STREAM_OPTIMIZED, with_conversion};
use super::sources::{REQUIREMENTS, SNAPSHOT_API};
use super::template::Values;
use crate::image::{Condition, Format};
use crate::sentence::Sentence;
use crate::verdict::Severity;

pub(super) static RULES: &[Rule] = &[
    Rule {
        // The user guide's page on snapshots names VHDX, the API's own text only VHD, VMDK and RAW.
        code: "vhdx-for-snapshot",
        title: "ImportSnapshot of a VHDX: the user guide names the format, the API reference does not",
        severity: snapshot_only(Severity::Warning),
        message: "ImportSnapshot may refuse VHDX: the user guide names it, but the API reference lists only VHD, VMDK and RAW.",
        remedy: &[
            TO_STREAM_OPTIMIZED,
            Way::Advice(
                "Copy {original}, carry out in the copy what its log holds (qemu-img check -r all, or open and close it in Hyper-V), and convert the copy.",
            ),
            Way::Advice("Convert it with Hyper-V (Convert-VHD): qemu-img does not read {unread}."),
        ],
        source: SNAPSHOT_API,
        aws_error: None,
        check: for_snapshot,
    },
    Rule {
        code: "vhdx-unusual-blocks",
        title: "Blocks of a VHDX are in a state that some readers do not know",
        severity: NOTED,
        message: "Blocks are marked as {state}, as QEMU writes by default and Hyper-V does not; not every reader knows that.",
        remedy: &[TO_STREAM_OPTIMIZED],
        source: REQUIREMENTS,
        aws_error: None,
        check: unusual_blocks,
    },
];

fn for_snapshot(subject: &Subject) -> Vec<Values> {
    if subject.image.format != Format::Vhdx {
        return Vec::new();
    }
    let values = with_conversion(Values::new(), subject);
    vec![match unread_by_qemu(subject).filter(|_| subject.is_whole()) {
        Some(Unread::Log) => values.with("original", subject.name()),
        Some(Unread::SectorSize) => values.with("unread", Sentence::from("sectors of 4096 bytes")),
        Some(Unread::RegionTable) => values.with("unread", Sentence::from("the second region table")),
        None => values,
    }]
}

/// What of a VHDX qemu-img does not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unread {
    /// A log that waits to be carried out: it refuses to open the file only to read it.
    Log,
    /// Logical sectors of another size than 512 bytes.
    SectorSize,
    /// The second region table, where the first is bad.
    RegionTable,
}

pub(super) fn unread_by_qemu(subject: &Subject) -> Option<Unread> {
    let of = |condition: &Condition| match condition {
        Condition::SectorSize { bytes } if *bytes != 512 => Some(Unread::SectorSize),
        Condition::BadCopy { structure: "region table 1", .. } => Some(Unread::RegionTable),
        Condition::NotClosed { .. } => Some(Unread::Log),
        _ => None,
    };
    let is_vhdx = subject.image.format == Format::Vhdx;
    let unread = subject.image.conditions.iter().filter_map(of);
    // A log can be carried out, the others cannot be mended so.
    unread.max_by_key(|unread| *unread != Unread::Log).filter(|_| is_vhdx)
}

fn unusual_blocks(subject: &Subject) -> Vec<Values> {
    let of = |condition: &Condition| match condition {
        Condition::UnusualBlocks { state } => {
            Some(with_conversion(Values::new().with("state", state), subject))
        }
        _ => None,
    };
    subject.image.conditions.iter().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::super::builder::Case;
    use super::super::{Severity, Verdict};
    use crate::image::Format;

    #[test]
    fn import_image_takes_a_vhdx_and_import_snapshot_may() {
        let case = Case::new("a.vhdx", Format::Vhdx);
        let finding = case.finding("vhdx-for-snapshot").unwrap();
        assert_eq!(finding.severity.import_snapshot, Some(Severity::Warning));
        assert_eq!(case.verdict().import_snapshot, Verdict::AcceptedWithWarnings);
        assert_eq!(case.verdict().import_image, Verdict::Accepted);
    }
}
