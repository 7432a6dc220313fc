//! The worker's end of an inspection: hears which files to read, and answers with a report after each pass.

use super::file::BrowserFile;
use super::locale::Intl;
use super::serving::{listen, tell};
use crate::image::{Depth, FileSet, NamedSource, ReadError};
use crate::inspect::{Inspector, Report};
use crate::present::{Ask, InspectedSet, Progress, Told};
use crate::text::report;
use std::ops::ControlFlow;
use std::rc::Rc;
use web_sys::Blob;

/// In how many steps at most the page hears of the progress of a verification.
const STEPS: u64 = 500;

/// Reads images for as long as the worker lives.
pub fn serve() {
    listen(|ask, files| match ask {
        Ask::Inspect(names) => answer(names, files, inspect),
        Ask::Verify { names, image } => answer(names, files, |inspector| verify(inspector, image)),
        _ => tell(&Told::Failed("This worker reads images only.".into())),
    });
}

fn answer(
    names: Vec<String>,
    files: Vec<Blob>,
    work: impl Fn(&Inspector) -> Result<(), Box<dyn std::error::Error>>,
) {
    let done = file_set(names, files).map(Inspector::new).and_then(|inspector| work(&inspector));
    if let Err(error) = done {
        tell(&Told::Failed(error.to_string()));
    }
}

fn inspect(inspector: &Inspector) -> Result<(), Box<dyn std::error::Error>> {
    let heads = inspector.heads()?;
    tell(&Told::First(Box::new(shown(&heads, &reports(inspector, &heads, Depth::First)?))));
    tell(&Told::Complete(Box::new(shown(&heads, &reports(inspector, &heads, Depth::Complete)?))));
    Ok(())
}

fn reports(inspector: &Inspector, heads: &[usize], depth: Depth) -> Result<Vec<Report>, ReadError> {
    heads.iter().map(|head| inspector.report(*head, depth)).collect()
}

fn verify(inspector: &Inspector, image: usize) -> Result<(), Box<dyn std::error::Error>> {
    let heads = inspector.heads()?;
    let head = *heads.get(image).ok_or("There is no such image among the files.")?;
    let mut told = None;
    let verified = inspector.verified_report(head, |done, total| {
        let step = done.saturating_mul(STEPS) / total.max(1);
        if told.replace(step) != Some(step) {
            tell(&Told::Verifying(Progress { done, total }));
        }
        // The page ends it by ending the worker.
        ControlFlow::Continue(())
    })?;
    if let Some(verified) = verified {
        let mut reports = reports(inspector, &heads, Depth::Complete)?;
        reports[image] = verified;
        tell(&Told::Verified(Box::new(shown(&heads, &reports))));
    }
    Ok(())
}

fn file_set(names: Vec<String>, files: Vec<Blob>) -> Result<FileSet, Box<dyn std::error::Error>> {
    let sources = names.into_iter().zip(files).map(|(name, file)| {
        let source = BrowserFile::new(file).map_err(|_| "This browser cannot read files in a worker.")?;
        Ok(NamedSource { name, source: Rc::new(source) })
    });
    Ok(FileSet { files: sources.collect::<Result<_, &str>>()? })
}

fn shown(heads: &[usize], reports: &[Report]) -> InspectedSet {
    InspectedSet::of(&report::ENGLISH, &Intl, heads, reports)
}
