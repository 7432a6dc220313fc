//! `cargo xtask bench`: what the promises about speed are measured by.

mod inspect;
mod page;
mod upload;

use crate::Result;

/// Measures the subject called `name`; without one, what takes less than minutes. `sizes` are those of the files to be
/// uploaded, in GiB.
pub(crate) fn bench(name: Option<&str>, sizes: &[u64]) -> Result<()> {
    match name {
        Some("upload") => upload::bench(sizes),
        _ if !sizes.is_empty() => Err("only `bench upload` takes sizes".into()),
        None | Some("inspect") => inspect::bench(),
        Some("page") => page::bench(),
        Some(other) => {
            Err(format!("nothing is measured by the name {other:?}; there is inspect, page, and upload"))
        }
    }
}
