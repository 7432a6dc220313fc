//! The calls, one table a file; each in the order of EC2's own model.

mod client_data;
mod disk_container;
mod encryption;
mod import_snapshot;
mod tags;
mod task;

pub use import_snapshot::IMPORT_SNAPSHOT;

use super::shape::Call;

/// Every call, the three main ones first.
pub static CALLS: [&Call; 1] = [&IMPORT_SNAPSHOT];

/// The call with a name in the API's, the CLI's or Python's spelling: `ImportSnapshot`, `import-snapshot`,
/// `import_snapshot`.
pub fn find(name: &str) -> Option<&'static Call> {
    CALLS.into_iter().find(|call| [call.name, call.cli, call.python].contains(&name))
}
