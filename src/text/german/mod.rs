//! German.
//!
//! Commands, names of AWS, of formats and of their fields, and what AWS answers stay as they are. The person is asked to
//! do something by an infinitive ("Datei wählen").

pub mod answer;
pub mod aws_pages;
pub mod failures;
pub mod findings;
pub mod form;
pub mod forms;
pub mod images;
pub mod page;
pub mod report;
pub mod rules;
pub mod runbook;
pub mod shell;
pub mod upload;
pub mod uploads;
pub mod written;
