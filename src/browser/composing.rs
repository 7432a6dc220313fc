//! The worker's end of the requests: hears what the person has entered, and writes it down.

use super::locale::Intl;
use super::serving::{listen, tell};
use crate::present::{Told, answer};

/// Writes requests for as long as the worker lives.
pub fn serve() {
    listen(|ask, _| {
        tell(&answer(ask, &Intl).unwrap_or_else(|| Told::Failed("This worker takes no files.".into())));
    });
}
