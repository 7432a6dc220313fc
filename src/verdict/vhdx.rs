//! VHDX: ImportImage takes it; about ImportSnapshot AWS's pages disagree.

use super::Subject;
use super::catalogue::{NOTED, Rule, snapshot_only};
use super::conversion::{TO_STREAM_OPTIMIZED, with_conversion};
use super::sources::{REQUIREMENTS, SNAPSHOT_API};
use super::template::Values;
use crate::image::{Condition, Format};
use crate::verdict::Severity;

pub(super) static RULES: &[Rule] = &[
    Rule {
        // The user guide's page on snapshots names VHDX, the API's own text only VHD, VMDK and RAW.
        code: "vhdx-for-snapshot",
        title: "ImportSnapshot of a VHDX: the user guide names the format, the API reference does not",
        severity: snapshot_only(Severity::Warning),
        message: "ImportSnapshot may refuse VHDX: the user guide names it, but the API reference lists only VHD, VMDK and RAW.",
        remedy: &[TO_STREAM_OPTIMIZED],
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
    if subject.image.format == Format::Vhdx {
        vec![with_conversion(Values::new(), subject)]
    } else {
        Vec::new()
    }
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
