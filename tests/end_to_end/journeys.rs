//! Journeys through the built page in headless Chromium: real images, a real S3 server, nothing in between.
//!
//! `cargo xtask test` builds the page and sets `IMPORT_PLANNER_PYTHON`; `cargo xtask test --only end-to-end` runs
//! these alone. Each journey has its own browser, page server and S3 server, all on free ports of 127.0.0.1.

#[path = "../../benches/inspect/archive.rs"]
mod archive;
mod browser;
mod images;
mod inspection;
mod language;
#[path = "../../benches/inspect/large_appliance.rs"]
mod large_appliance;
mod page_server;
mod requests;
mod s3_server;
#[path = "../../benches/inspect/system_disk.rs"]
mod system_disk;
#[path = "../../benches/inspect/tools.rs"]
mod tools;
mod upload;
mod upload_in_parts;
