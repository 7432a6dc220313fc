//! The worker's end of an inspection: hears which files to read, and answers with a report after each pass.

use super::file::BrowserFile;
use super::locale::Intl;
use super::serving::{listen, tell};
use crate::image::{FileSet, NamedSource, ReadError};
use crate::inspect::{Inspector, Report};
use crate::present::{Ask, Inspected, Progress, Told};
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
            Ask::Inspect(names) => reader.inspect(names, files),
            Ask::Verify(names) => reader.verify(names, files),
            Ask::SayAgain => reader.say_again(),
            _ => tell(&Told::Failed(reader.texts.reads_images_only.into())),
        }
    });
}

/// Reads, and says what it found in one language.
struct Reader<'a> {
    language: Language,
    texts: &'static ReportTexts,
    /// What was found last, to be said again in another language.
    last: &'a RefCell<Option<Report>>,
}

impl Reader<'_> {
    fn inspect(&self, names: Vec<String>, files: Vec<Blob>) {
        let inspector = match self.file_set(names, files) {
            Ok(set) => Inspector::new(set),
            Err(reason) => return tell(&Told::Failed(reason)),
        };
        match inspector.first() {
            Ok(first) => {
                tell(&Told::First(self.shown(first)));
                tell(
                    &inspector.complete().map_or_else(
                        |error| self.failed(&error),
                        |report| Told::Complete(self.shown(report)),
                    ),
                );
            }
            Err(error) => tell(&self.failed(&error)),
        }
    }

    fn verify(&self, names: Vec<String>, files: Vec<Blob>) {
        let inspector = match self.file_set(names, files) {
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
            Ok(Some(report)) => tell(&Told::Verified(self.shown(report))),
            Ok(None) => {}
            Err(error) => tell(&self.failed(&error)),
        }
    }

    /// Nothing where nothing was read yet.
    fn say_again(&self) {
        let last = self.last.borrow_mut().take();
        if let Some(report) = last {
            tell(&Told::Again(self.shown(report)));
        }
    }

    fn file_set(&self, names: Vec<String>, files: Vec<Blob>) -> Result<FileSet, String> {
        let sources = names.into_iter().zip(files).map(|(name, file)| {
            let source = BrowserFile::new(file).map_err(|_| self.texts.no_reader)?;
            Ok(NamedSource { name, source: Rc::new(source) })
        });
        Ok(FileSet { files: sources.collect::<Result<_, &str>>()? })
    }

    fn shown(&self, report: Report) -> Box<Inspected> {
        let shown = Inspected::of(self.texts, &Intl(self.language), &report);
        self.last.replace(Some(report));
        Box::new(shown)
    }

    fn failed(&self, error: &ReadError) -> Told {
        Told::Failed(self.texts.say(&error.sentence()))
    }
}
