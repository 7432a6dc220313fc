//! The worker's end of an inspection: hears which files to read, and answers with a report after each pass.

use super::file::BrowserFile;
use super::locale::Intl;
use super::serving::{listen, tell};
use crate::image::{FileSet, NamedSource};
use crate::inspect::{Inspector, Report};
use crate::present::{Ask, Inspected, Progress, Told};
use crate::text::report;
use std::ops::ControlFlow;
use std::rc::Rc;
use web_sys::Blob;

/// In how many steps at most the page hears of the progress of a verification.
const STEPS: u64 = 500;

/// Reads images for as long as the worker lives.
pub fn serve() {
    listen(|ask, files| match ask {
        Ask::Inspect(names) => inspect(names, files),
        Ask::Verify(names) => verify(names, files),
        _ => tell(&Told::Failed("This worker reads images only.".into())),
    });
}

fn inspect(names: Vec<String>, files: Vec<Blob>) {
    let inspector = match file_set(names, files) {
        Ok(set) => Inspector::new(set),
        Err(reason) => return tell(&Told::Failed(reason)),
    };
    match inspector.first() {
        Ok(first) => {
            tell(&Told::First(Box::new(shown(&first))));
            tell(&inspector.complete().map_or_else(
                |error| Told::Failed(error.to_string()),
                |report| Told::Complete(Box::new(shown(&report))),
            ));
        }
        Err(error) => tell(&Told::Failed(error.to_string())),
    }
}

fn verify(names: Vec<String>, files: Vec<Blob>) {
    let inspector = match file_set(names, files) {
        Ok(set) => Inspector::new(set),
        Err(reason) => return tell(&Told::Failed(reason)),
    };
    let mut told = None;
    let verified = inspector.verify(|done, total| {
        let step = done.saturating_mul(STEPS) / total.max(1);
        if told.replace(step) != Some(step) {
            tell(&Told::Verifying(Progress { done, total }));
        }
        // The page ends it by ending the worker.
        ControlFlow::Continue(())
    });
    match verified {
        Ok(Some(report)) => tell(&Told::Verified(Box::new(shown(&report)))),
        Ok(None) => {}
        Err(error) => tell(&Told::Failed(error.to_string())),
    }
}

fn file_set(names: Vec<String>, files: Vec<Blob>) -> Result<FileSet, String> {
    let sources = names.into_iter().zip(files).map(|(name, file)| {
        let source = BrowserFile::new(file).map_err(|_| "This browser cannot read files in a worker.")?;
        Ok(NamedSource { name, source: Rc::new(source) })
    });
    Ok(FileSet { files: sources.collect::<Result<_, &str>>()? })
}

fn shown(report: &Report) -> Inspected {
    Inspected::of(&report::ENGLISH, &Intl, report)
}
