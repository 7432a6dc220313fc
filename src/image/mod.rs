//! What file is this? One module a format; each recognises its format by its bytes, never by its name, and opens
//! it as a read-only virtual disk.
//!
//! A format's module has the same shape everywhere: the on-disk layout as constants ([`layout`]), a `READER` that
//! says how to recognise and open it, and its own tests. [`detect`] holds the one table of readers.
//!
//! Everything here reads hostile bytes: every length, count and offset is checked against the file's size and a
//! stated limit before it is used, nothing panics, and nothing is read outside the file.

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

pub mod cache;
pub mod compressed;
pub mod detect;
pub mod dmg;
pub mod error;
pub mod ewf;
pub mod iso;
pub mod layout;
pub mod parallels;
pub mod qcow2;
pub mod qed;
pub mod raw;
pub mod read_at;
pub mod runs;
pub mod squashfs;
#[cfg(test)]
mod testing;
pub mod vdi;
pub mod vmdk;
