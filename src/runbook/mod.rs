//! How is the whole journey made, from the bucket to the copies? One script for bash, PowerShell or Python whose every
//! step can be switched off, and which can be run again after anything went wrong.
//!
//! - [`step`] names the steps and says what each is for;
//! - `journey` makes one consistent whole of what was asked for: requests completed and validated, each with `marks`
//!   where the script puts what it learns while it runs;
//! - [`documents`] are the policies and bucket settings, one file each;
//! - `bash`, `powershell` and `python` fill in the parts of a script, which are files of that language.
//!
//! To add a step: its entry in [`step::STEPS`], a part in each of the three languages, and its line in their tables.

mod bash;
mod completion;
pub mod documents;
pub mod estimate;
mod journey;
mod layout;
mod marks;
mod powershell;
mod python;
pub mod step;
mod template;

use crate::request::validate::Problem;
use crate::sentence::Sentence;
use estimate::Estimate;
use journey::Journey;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use step::Step;

/// The tag by which a script finds again what it has made.
pub const RUN_TAG: &str = "import-planner-run";

/// What the journey is about. What the requests say themselves (bucket, key, KMS key, role) need not be said again, but
/// must not be contradicted.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Runbook {
    /// The Region of the bucket and of the import; it tells the partition too.
    pub region: String,
    /// The profile whose credentials are used.
    pub profile: Option<String>,
    /// What is uploaded, in the order of the request: one for ImportSnapshot, for ImportImage one for each disk that is
    /// read from a bucket.
    pub disks: Vec<Disk>,
    /// The origin of the page that uploads with presigned URLs: `https://planner.example`.
    pub origin: Option<String>,
    /// The import: `ImportSnapshot` or `ImportImage`.
    pub call: String,
    /// Its parameters in the API's own names.
    pub parameters: Map<String, Value>,
    /// The KMS key that encrypts the snapshot or image.
    pub kms_key_id: Option<String>,
    /// The role that VM Import/Export takes on; empty for `vmimport`.
    pub role_name: String,
    /// The parameters of RegisterImage; the imported snapshot is filled in.
    pub register: Option<Map<String, Value>>,
    /// Where the snapshot is copied to.
    pub copies: Vec<Copy>,
    /// Tags for the task, the snapshot, its copies and the image.
    pub tags: Vec<Tag>,
    /// Steps that are switched on or off; the others are as [`Step::is_on_unless_told`] says.
    pub steps: BTreeMap<Step, bool>,
}

/// A disk that is uploaded, and its place in S3.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disk {
    /// The bucket that it is uploaded to.
    pub bucket: String,
    /// The key of the uploaded object.
    pub key: String,
    /// The image's file.
    pub file: File,
    /// The size of the disk in the image, in bytes, where it is known.
    #[serde(default)]
    pub disk_size: Option<u64>,
}

/// The file of an image.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// Its name or path, as the script shall find it.
    pub name: String,
    /// Its size in bytes; 0 where it is not known.
    pub size: u64,
}

/// A Region that the snapshot is copied to.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Copy {
    /// The Region.
    pub region: String,
    /// Parameters of this CopySnapshot, such as a KMS key of that Region; the source is filled in.
    #[serde(default)]
    pub parameters: Map<String, Value>,
}

/// A tag.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tag {
    /// Its key.
    pub key: String,
    /// Its value.
    #[serde(default)]
    pub value: String,
}

/// What a runbook is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// bash 3.2 or newer and the AWS CLI, version 1 or 2.
    Bash,
    /// Windows PowerShell 5.1 or PowerShell 7 and the AWS CLI.
    PowerShell,
    /// Python 3.9 or newer and boto3.
    Python,
}

impl Language {
    /// Every language, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Bash, Self::PowerShell, Self::Python];

    /// Its name, on a command line and for a code block.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::PowerShell => "powershell",
            Self::Python => "python",
        }
    }

    /// The script's file name.
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Bash => "import.sh",
            Self::PowerShell => "import.ps1",
            Self::Python => "import.py",
        }
    }

    /// The language of a name, or `None`.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.name() == name)
    }
}

/// A runbook written down.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Script {
    /// The script.
    pub text: String,
    /// The name under which it is downloaded.
    pub file_name: String,
    /// Its steps, in order.
    pub steps: Vec<Explained>,
    /// What it may cost and how long it may take.
    pub estimates: Vec<Estimate>,
    /// Warnings, which never stop it from being written.
    pub warnings: Vec<Problem>,
}

/// A step of a script.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explained {
    /// Which.
    pub step: Step,
    /// What it does, a few words.
    pub title: Sentence,
    /// What it does and why, for a person; the script carries it as a comment.
    pub explanation: Sentence,
}

/// Writes a runbook.
///
/// # Errors
/// Everything that is wrong with it, warnings included, when there is an error among that: no half of a journey is
/// written. Paths begin with the field of [`Runbook`]: `parameters.DiskContainer.Format`.
pub fn write(runbook: &Runbook, language: Language) -> Result<Script, Vec<Problem>> {
    let journey = Journey::prepare(runbook)?;
    let text = match language {
        Language::Bash => bash::script(&journey)?,
        Language::PowerShell => powershell::script(&journey)?,
        Language::Python => python::script(&journey),
    };
    Ok(Script {
        text,
        file_name: language.file_name().to_owned(),
        steps: journey.explained(),
        estimates: estimate::of(runbook, &journey.steps),
        warnings: journey.warnings,
    })
}

#[cfg(test)]
mod tests;
