//! Import Planner reads a disk image where it lies, says what EC2 will do with it, and writes the request.
//!
//! The crate is laid out as the data flows, left to right; a stage knows only the stages on its left:
//!
//! ```text
//! File ─► image ─► guest ─► verdict ─► request ─► render ─► runbook ─► what a person copies ─► AWS ─► task
//!                                         │                     ▲
//!                                       upload ─────────────────┘
//! ```
//!
//! [`inspect`] runs the first three over one file or a set of files; [`plan`] is all that a person has entered.
//! Everything here is plain Rust without I/O of its own and is tested natively; only `browser` and `page`
//! need a browser.

#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        clippy::cast_possible_truncation
    )
)]

pub mod guest;
pub mod image;
pub mod inspect;
pub mod plan;
pub mod present;
pub mod read;
pub mod render;
pub mod request;
pub mod runbook;
pub mod sentence;
pub mod task;
pub mod text;
pub mod upload;
pub mod verdict;

#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(target_arch = "wasm32")]
pub mod page;
