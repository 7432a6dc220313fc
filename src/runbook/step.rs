//! The steps of the journey: their names, what they are for, and when they are on.

use super::Runbook;
use serde::{Deserialize, Serialize};

/// A step, in the order in which they are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Ask whether the import is allowed.
    DryRun,
    /// The bucket in the right Region, private, with a rule for uploads that were given up.
    Bucket,
    /// The bucket's CORS rule for the page.
    Cors,
    /// The role of VM Import/Export and its policy.
    Role,
    /// A presigned URL for the page.
    Presign,
    /// The upload by the script itself.
    Upload,
    /// The import.
    Import,
    /// Waiting for its end.
    Wait,
    /// Tags on what the import made.
    Tag,
    /// An image of the snapshot.
    Register,
    /// Copies in other Regions.
    Copy,
    /// Removal of what is no longer needed.
    CleanUp,
}

/// What there is to say of a step.
#[derive(Debug)]
pub struct About {
    /// Which step.
    pub step: Step,
    /// Its name in a runbook and as a script's argument.
    pub name: &'static str,
    /// What it does, a few words.
    pub title: &'static str,
    /// What it does and why.
    pub explanation: &'static str,
}

/// Every step.
pub static STEPS: [About; 12] = [
    About {
        step: Step::DryRun,
        name: "dry-run",
        title: "Ask whether the import is allowed",
        explanation: "A dry run starts nothing. EC2 answers it by an error in either case: DryRunOperation says that the call would have been made.",
    },
    About {
        step: Step::Bucket,
        name: "bucket",
        title: "Have a private bucket in the Region of the import",
        explanation: "VM Import/Export reads from a bucket in its own Region alone. A new bucket is closed to the public, and a rule removes the parts of uploads that were given up, which cost as much as objects. A bucket that exists is checked and otherwise left as it is.",
    },
    About {
        step: Step::Cors,
        name: "cors",
        title: "Let the page upload to the bucket",
        explanation: "A browser uploads only where the bucket's CORS rules name the page's origin. Rules that the bucket has already stay.",
    },
    About {
        step: Step::Role,
        name: "role",
        title: "Give VM Import/Export a role that may read the image",
        explanation: "The service takes on this role: it may read what is imported and nothing else in S3. The permissions are an inline policy of their own, so that a role which exists keeps what it has.",
    },
    About {
        step: Step::Presign,
        name: "presign",
        title: "Sign an address for the upload by the page",
        explanation: "An address lets its bearer put one object for twelve hours, or until the credentials that signed it end. The AWS CLI signs downloads alone (aws s3 presign), so boto3 does it.",
    },
    About {
        step: Step::Upload,
        name: "upload",
        title: "Upload the image",
        explanation: "The upload goes in parts, several at a time, each checked. A file whose object is there with the file's size is left out; one that has changed since then may be another image, so it stops the script.",
    },
    About {
        step: Step::Import,
        name: "import",
        title: "Start the import",
        explanation: "The client token makes the call safe to repeat: one token never starts two tasks. After a task that failed, the next one gets a new token.",
    },
    About {
        step: Step::Wait,
        name: "wait",
        title: "Wait until the import has ended",
        explanation: "A task that fails ends as deleting or deleted with a message, which the AWS CLI's own waiter for snapshots does not know as a failure; it also gives up after ten minutes, and for images there is none. So this asks itself.",
    },
    About {
        step: Step::Tag,
        name: "tag",
        title: "Tag what the import has made",
        explanation: "Tags of the import's task are not passed on, so they are put on the snapshots and the image. One of them is the tag by which the steps find again what they have made.",
    },
    About {
        step: Step::Register,
        name: "register",
        title: "Register an image of the snapshot",
        explanation: "The image says how instances start: architecture, boot mode, hvm and the enhanced network adapter. What is left out there falls back to types of instances that are no longer sold.",
    },
    About {
        step: Step::Copy,
        name: "copy",
        title: "Copy the snapshot to other Regions",
        explanation: "CopySnapshot knows no client token, so a copy is made only where none with this runbook's tag is under way or there. All copies run at the same time; then they are waited for.",
    },
    About {
        step: Step::CleanUp,
        name: "clean-up",
        title: "Remove what is no longer needed",
        explanation: "Once the import has ended, what was uploaded and this runbook's policy of the role go. The bucket and the role stay.",
    },
];

impl Step {
    /// What there is to say of it.
    pub fn about(self) -> &'static About {
        // The table has every step, in order: a test holds that.
        &STEPS[self as usize % STEPS.len()]
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.about().name
    }

    /// The step of a name, or `None`.
    pub fn from_name(name: &str) -> Option<Self> {
        STEPS.iter().find(|about| about.name == name).map(|about| about.step)
    }

    /// Whether the step is on when the runbook does not say: where it has something to do and takes nothing away.
    pub fn is_on_unless_told(self, runbook: &Runbook) -> bool {
        match self {
            Self::Presign | Self::CleanUp => false,
            Self::Bucket | Self::Upload => !runbook.disks.is_empty(),
            Self::Cors => runbook.origin.is_some() && !runbook.disks.is_empty(),
            Self::Register => runbook.register.is_some(),
            Self::Copy => !runbook.copies.is_empty(),
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{STEPS, Step};

    #[test]
    fn every_step_has_its_place_in_the_table() {
        for (number, about) in STEPS.iter().enumerate() {
            assert_eq!(about.step as usize, number);
            assert_eq!(about.step.about().name, about.name);
            assert_eq!(serde_json::to_value(about.step).unwrap(), about.name);
            assert!(about.explanation.ends_with('.'));
            // Titles stand in quotes of three languages.
            assert!(!about.title.contains(['\'', '"', '$', '`', '\\']));
        }
        assert_eq!(Step::CleanUp as usize + 1, STEPS.len());
    }
}
