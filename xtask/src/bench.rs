//! `cargo xtask bench`: what the promises about speed are measured by.

mod inspect;
mod page;
mod upload;

use crate::Result;

/// Measures the subject called `name`; without one, what takes less than minutes. `sizes` are those of the files to be
/// uploaded, in GiB; `link` is the speed of the link they are uploaded over, in Mbit/s.
pub(crate) fn bench(name: Option<&str>, sizes: &[u64], link: Option<u64>) -> Result<()> {
    match name {
        Some("upload") => upload::bench(sizes, link),
        _ if !sizes.is_empty() || link.is_some() => Err("only `bench upload` takes sizes and a link".into()),
        None | Some("inspect") => inspect::bench(),
        Some("page") => page::bench(),
        Some(other) => {
            Err(format!("nothing is measured by the name {other:?}; there is inspect, page, and upload"))
        }
    }
}
