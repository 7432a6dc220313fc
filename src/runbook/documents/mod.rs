//! The documents that a journey leaves with IAM and S3, a file each.

pub mod cors;
pub mod lifecycle;
pub mod public_access;
pub mod role_policy;
pub mod trust;
