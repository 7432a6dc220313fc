//! The runbooks run for real: bash with the AWS CLI, and Python with boto3, against moto on loopback.
//!
//! moto knows no import, so [`endpoint`] answers those calls in EC2's documented form and hands every other call on.
//! `cargo xtask test` installs what this needs and names its Python.

#![cfg(not(target_arch = "wasm32"))]

mod buckets;
mod clients;
mod disks;
mod documents;
mod endpoint;
mod failures;
mod journeys;
mod moto;
mod powershell;
#[path = "../python/mod.rs"]
mod python;
mod scripts;
mod shellcheck;

use import_planner::runbook::Runbook;
use serde_json::{Value, json};

/// The size of the image that is imported: a few bytes do, since nothing here reads them.
const SIZE: u64 = 1000;

/// A small journey by ImportSnapshot; `name` is that of the bucket and the role, so that no test meets another's.
fn plan(name: &str) -> Value {
    json!({
        "region": "eu-west-1",
        "disks": [{"bucket": name, "key": "disks/web.raw", "file": {"name": "web.raw", "size": SIZE}}],
        "call": "ImportSnapshot",
        "parameters": {"DiskContainer": {"Format": "RAW"}},
        "role_name": name,
    })
}

fn runbook(plan: Value) -> Runbook {
    serde_json::from_value(plan).unwrap()
}
