//! Makes the sample images that the page offers to those who have no file at hand, by the real tools:
//! `cargo run --example samples` writes them into `www/`. `tests/samples.rs` holds what lies there to what comes out.

mod make;
#[path = "../../benches/inspect/tools.rs"]
mod tools;

use std::path::Path;

fn main() {
    make::samples(&Path::new(env!("CARGO_MANIFEST_DIR")).join("www"));
}
