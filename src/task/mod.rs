//! What did AWS answer? A pasted answer of an import, a copy or a description, or an error, in whichever form a client
//! prints it, read as tasks with their states, explained, with what can be done next.
//!
//! - [`responses`](crate::request::responses) has every field of every answer in tables;
//! - `read` reads the forms into values, one file a form;
//! - `understand` lays the values beside the tables and makes an [`Answer`] of them;
//! - [`failures`] is the catalogue of AWS's messages: cause, cure, and the findings that would have foretold them;
//! - `next` says what can be done now, [`poll`] writes the command and the loop that ask how a task stands.
//!
//! A new field is an entry in a table, a new message one in the catalogue, a new form a file in `read/` and its arm.

#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        clippy::cast_possible_truncation
    )
)]

mod answer;
pub mod failures;
mod next;
pub mod poll;
mod read;
mod understand;

#[cfg(test)]
mod tests;

pub use answer::{
    Action, Answer, AwsError, Disk, Explanation, Form, Kind, NotRead, NotUnderstood, Outcome, Prepared, Row,
    Step, Tag, Task,
};
pub use read::LONGEST;

/// Reads what a client printed: the answer of a call, or an error.
///
/// What is not understood is listed and left out.
///
/// # Errors
/// The text is blank, longer than [`LONGEST`], XML that is malformed or too large or deep for an answer, or neither an
/// answer that is known here nor an error of AWS.
pub fn read_answer(text: &str) -> Result<Answer, NotRead> {
    let (form, found) = read::read(text)?;
    let mut answer = understand::understand(form, found)?;
    answer.next = next::steps(&answer);
    Ok(answer)
}
