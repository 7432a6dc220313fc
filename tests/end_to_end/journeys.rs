//! Journeys through the built page in headless Chromium: real images, a real S3 server, nothing in between.
//!
//! `cargo xtask test` builds the page and sets `IMPORT_PLANNER_PYTHON`; `cargo xtask test --only end-to-end` runs
//! these alone. Each journey has its own browser, page server and S3 server, all on free ports of 127.0.0.1.

mod accessibility;
#[path = "../../benches/inspect/archive.rs"]
mod archive;
mod audit;
mod browser;
mod dropping;
mod firefox;
mod garage;
mod help;
mod hosting;
mod images;
mod inspection;
mod language;
#[path = "../../benches/inspect/large_appliance.rs"]
mod large_appliance;
mod layout;
mod offline;
mod page_server;
mod plan;
mod privacy;
mod requests;
mod s3_faults;
mod s3_server;
mod s3_store;
mod shell;
#[path = "../../benches/inspect/system_disk.rs"]
mod system_disk;
mod timing;
#[path = "../../benches/inspect/tools.rs"]
mod tools;
mod upload;
mod upload_faults;
mod upload_in_parts;
mod upload_kept;
mod upload_means;
mod upload_settings;
