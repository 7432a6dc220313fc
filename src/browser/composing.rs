//! The worker's end of the requests: hears what the person has entered, and writes it down.

use super::locale::Intl;
use super::serving::{listen, tell};
use crate::present::{Told, answer};
use crate::text::form::FormTexts;

/// Writes requests for as long as the worker lives.
pub fn serve() {
    listen(|ask, _, language| {
        tell(
            &answer(ask, language, &Intl(language))
                .unwrap_or_else(|| Told::Failed(FormTexts::of(language).takes_no_files.into())),
        );
    });
}
