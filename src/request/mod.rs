//! What can be asked? The calls as tables, requests in the API's own names, and their validation.
//!
//! - [`shape`] is the vocabulary of the tables, [`calls`] the tables, one file a call, [`responses`] what comes back;
//! - [`mod@describe`] gives a table as data, of which the page draws a form and [`mod@reference`] a page of the documents;
//! - [`parameters`] is how a request is read, changed and stripped of its secrets, [`secrets`] what those are;
//! - [`validate`] walks a request beside its table, then asks the call's [`rules`], one file a subject.
//!
//! To add a call, copy the file of its nearest neighbour in `calls/` and name it in [`calls::CALLS`].

pub mod calls;
pub mod describe;
mod nearest;
pub mod parameters;
pub mod path;
pub mod reference;
pub mod regions;
pub mod responses;
pub mod rules;
pub mod secrets;
pub mod shape;
pub mod timestamp;
pub mod validate;

pub use describe::describe;
