//! Holds a request against its call's table and rules.

use super::shape::Request;
use serde::{Deserialize, Serialize};

/// Whether a problem stops the generation of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// AWS would certainly refuse the request: nothing is generated.
    Error,
    /// It may be refused, or not do what was meant: the request is generated all the same.
    Warning,
}

/// Something wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The member's path in the API's own names: `TagSpecifications[0].Tags[1].Key`; empty for the whole request.
    pub path: String,
    /// Whether it stops the generation.
    pub level: Level,
    /// A stable code in lower case with hyphens: `kms-key-needs-encrypted`.
    pub code: String,
    /// What is wrong and how to mend it, one or two sentences.
    pub message: String,
}

/// What a rule may need besides the request.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Circumstances {
    /// The Region the call is sent to.
    pub region: Option<String>,
    /// The virtual size of the disk or snapshot, in bytes.
    pub disk_size: Option<u64>,
}

/// A rule over more than one member, or over the circumstances.
#[derive(Debug)]
pub struct Rule {
    /// The code of the problems it reports.
    pub code: &'static str,
    /// Adds what it finds wrong.
    pub check: fn(&Request, &Circumstances, &mut Vec<Problem>),
}
