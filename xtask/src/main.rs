//! `cargo xtask`: everything that is done to the project, by one program.

fn main() {}
