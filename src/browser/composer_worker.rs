//! The worker's end of the requests: hears what the person has entered, and writes it down.
//!
//! What was pasted to upload by is a key to the bucket. It stays in the worker's memory until something else is pasted,
//! and ends with it.

use super::locale::Intl;
use super::serving::{listen, tell};
use crate::present::{Ask, Told, answer};
use crate::text::form::FormTexts;
use std::cell::RefCell;

/// Writes requests for as long as the worker lives.
pub fn serve() {
    let means = RefCell::new(String::new());
    listen(move |mut ask, _, language| {
        match &mut ask {
            Ask::Means(text) => {
                means.replace(std::mem::take(text));
                return;
            }
            Ask::Write(situation) | Ask::Aim(situation) => {
                situation.upload.url.clone_from(&means.borrow());
            }
            _ => {}
        }
        tell(
            &answer(ask, language, &Intl(language))
                .unwrap_or_else(|| Told::Failed(FormTexts::of(language).takes_no_files.into())),
        );
    });
}
