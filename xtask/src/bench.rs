//! `cargo xtask bench`: what the promises about speed are measured by.

mod inspect;
mod page;

use crate::Result;

/// What can be measured, by name.
const SUBJECTS: &[(&str, fn() -> Result<()>)] = &[("inspect", inspect::bench), ("page", page::bench)];

/// Measures the subject called `name`, or all of them.
pub(crate) fn bench(name: Option<&str>) -> Result<()> {
    let chosen: Vec<_> =
        SUBJECTS.iter().filter(|(subject, _)| name.is_none_or(|name| name == *subject)).collect();
    if chosen.is_empty() {
        let names: Vec<_> = SUBJECTS.iter().map(|(name, _)| *name).collect();
        return Err(format!("there is nothing of that name to measure; there is {}", names.join(", ")));
    }
    chosen.into_iter().try_for_each(|(_, bench)| bench())
}
