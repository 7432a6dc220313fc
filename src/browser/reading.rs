//! The worker's end of an inspection: hears which files to read, and answers with a report after each pass.

use super::file::BrowserFile;
use super::locale::Intl;
use super::serving::{listen, tell};
use crate::image::{FileSet, NamedSource};
use crate::inspect::{Inspector, Report};
use crate::present::{Ask, Inspected, Told};
use crate::text::report;
use std::rc::Rc;
use web_sys::Blob;

/// Reads images for as long as the worker lives.
pub fn serve() {
    listen(|ask, files| match ask {
        Ask::Inspect(names) => inspect(names, files),
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
