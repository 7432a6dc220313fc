//! `cargo xtask bench`: what the promises about speed are measured by.

mod inspect;
mod upload;

use crate::Result;

/// Measures the subject called `name`; without one, what takes less than minutes. `sizes` are those of the files to be
/// uploaded, in GiB.
pub(crate) fn bench(name: Option<&str>, sizes: &[u64]) -> Result<()> {
    match name {
        None | Some("inspect") if sizes.is_empty() => inspect::bench(),
        Some("upload") => upload::bench(sizes),
        None | Some("inspect") => Err("only `bench upload` takes sizes".into()),
        Some(other) => {
            Err(format!("nothing is measured by the name {other:?}; there is inspect, and upload"))
        }
    }
}
