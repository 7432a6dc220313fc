//! The components: views of one plan, changed by one reducer.
//!
//! What they say comes from `present` as blocks and controls, computed in workers; here each kind of block and control
//! is drawn in one way. Two faults of Yew 0.23.0 shape them (yewstack/yew#4092 and #4099): a component never renders
//! nothing as its root, and beside form controls only `if` and `for … in` are used in `html!`, never an `Option<Html>`
//! or a collected list. `tests/house_rules.rs` looks for the forms that lose the focus, and a browser test for the panic.

mod app;
mod blocks;
mod code_block;
mod composing;
mod context;
mod controls;
mod copy_button;
mod destination_card;
mod disk_map;
mod drop_target;
mod field;
mod file_button;
mod finding;
mod icon;
mod image_card;
mod image_list;
mod inspection;
mod journey;
mod language_choice;
mod means_field;
mod output_card;
mod panic_screen;
mod part_strip;
mod paste_card;
mod paste_target;
mod piece;
mod plan_card;
mod plan_notice;
mod problems;
mod request_card;
mod runbook_card;
mod samples;
mod scripts;
mod taking;
mod ticking;
mod unfinished;
mod upload_card;
mod upload_queue;
mod uploading;
mod verdict_card;

pub use app::{App, Props as AppProps};
pub use panic_screen::show_panic;
