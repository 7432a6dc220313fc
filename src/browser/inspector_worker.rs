//! The worker's end of an inspection: hears which files to read, and answers with a report after each pass.

use super::file::BrowserFile;
use super::locale::Intl;
use super::serving::{listen, tell};
use crate::image::{Depth, FileSet, NamedSource, ReadError};
use crate::inspect::{Inspector, Report};
use crate::present::{Ask, InspectedSet, Progress, Told};
use crate::text::language::Language;
use crate::text::report::ReportTexts;
use std::cell::RefCell;
use std::ops::ControlFlow;
use std::rc::Rc;
use web_sys::Blob;

/// In how many steps at most the page hears of the progress of a verification.
const STEPS: u64 = 500;

/// Reads images for as long as the worker lives.
pub fn serve() {
    let last = RefCell::new(None);
    listen(move |ask, files, language| {
        let reader = Reader { language, texts: ReportTexts::of(language), last: &last };
        match ask {
            Ask::Inspect(names) => reader.answer(names, files, |inspector| reader.inspect(inspector)),
            Ask::Verify { names, image } => {
                reader.answer(names, files, |inspector| reader.verify(inspector, image));
            }
            Ask::SayAgain => reader.say_again(),
            _ => tell(&Told::Failed(reader.texts.reads_images_only.into())),
        }
    });
}

/// Of several files: which of them the reports are about, and the reports.
struct Found {
    heads: Vec<usize>,
    reports: Vec<Report>,
}

/// Reads, and says what it found in one language.
struct Reader<'a> {
    language: Language,
    texts: &'static ReportTexts,
    /// What was found last, to be said again in another language.
    last: &'a RefCell<Option<Found>>,
}

impl Reader<'_> {
    /// Does the work, of which the error is what there is to say.
    fn answer(&self, names: Vec<String>, files: Vec<Blob>, work: impl Fn(&Inspector) -> Result<(), String>) {
        let done = self.file_set(names, files).map(Inspector::new).and_then(|inspector| work(&inspector));
        if let Err(reason) = done {
            tell(&Told::Failed(reason));
        }
    }

    fn inspect(&self, inspector: &Inspector) -> Result<(), String> {
        self.last.take();
        let heads = self.heads(inspector)?;
        let reports = self.reports(inspector, &heads, Depth::First)?;
        tell(&Told::First(Box::new(self.shown(Found { heads: heads.clone(), reports }))));
        let reports = self.reports(inspector, &heads, Depth::Complete)?;
        tell(&Told::Complete(Box::new(self.shown(Found { heads, reports }))));
        Ok(())
    }

    fn verify(&self, inspector: &Inspector, image: usize) -> Result<(), String> {
        let heads = self.heads(inspector)?;
        let head = *heads.get(image).ok_or(self.texts.no_such_image)?;
        let mut told = None;
        let verified = inspector.verified_report(head, |done, total| {
            let step = done.saturating_mul(STEPS) / total.max(1);
            if told.replace(step) != Some(step) {
                tell(&Told::Verifying(Progress { done, total }));
            }
            // The page ends it by ending the worker.
            ControlFlow::Continue(())
        });
        if let Some(verified) = verified.map_err(|error| self.reason(&error))? {
            // What was found of the others stays, and with it what their own comparisons gave.
            let last = self.last.take().filter(|last| last.heads == heads).map(|last| last.reports);
            let mut reports = last.map_or_else(|| self.reports(inspector, &heads, Depth::Complete), Ok)?;
            reports[image] = verified;
            tell(&Told::Verified(Box::new(self.shown(Found { heads, reports }))));
        }
        Ok(())
    }

    /// Nothing where nothing was read yet.
    fn say_again(&self) {
        let last = self.last.take();
        if let Some(found) = last {
            tell(&Told::Again(Box::new(self.shown(found))));
        }
    }

    fn heads(&self, inspector: &Inspector) -> Result<Vec<usize>, String> {
        inspector.heads().map_err(|error| self.reason(&error))
    }

    fn reports(&self, inspector: &Inspector, heads: &[usize], depth: Depth) -> Result<Vec<Report>, String> {
        let reports = heads.iter().map(|head| inspector.report(*head, depth));
        reports.collect::<Result<_, _>>().map_err(|error| self.reason(&error))
    }

    fn file_set(&self, names: Vec<String>, files: Vec<Blob>) -> Result<FileSet, String> {
        let sources = names.into_iter().zip(files).map(|(name, file)| {
            let source = BrowserFile::new(file).map_err(|_| self.texts.no_reader)?;
            Ok(NamedSource { name, source: Rc::new(source) })
        });
        Ok(FileSet { files: sources.collect::<Result<_, &str>>()? })
    }

    fn shown(&self, found: Found) -> InspectedSet {
        let shown = InspectedSet::of(self.texts, &Intl(self.language), &found.heads, &found.reports);
        self.last.replace(Some(found));
        shown
    }

    fn reason(&self, error: &ReadError) -> String {
        self.texts.say(&error.sentence())
    }
}
