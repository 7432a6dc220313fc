//! What AWS's pages say about the values of a request and how they go together, one file a subject.
//!
//! A check looks at one value and stands in a table's [`Text`](super::shape::Text); a
//! [`Rule`](super::validate::Rule) looks at several or at the circumstances and stands in a call's list.

pub mod arn;
pub mod boot;
pub mod bucket;
pub mod client_data;
pub mod copy;
pub mod disks;
pub mod filters;
pub mod ids;
pub mod kms;
pub mod licence;
pub mod names;
pub mod tags;
pub mod url;
pub mod volumes;

#[cfg(test)]
mod statements;
#[cfg(test)]
pub(crate) mod testing;
