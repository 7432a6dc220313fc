//! Journeys through the built page in headless Chromium: real images, a real S3 server, nothing in between.
//!
//! `cargo xtask test` builds the page and sets `IMPORT_PLANNER_PYTHON`; `cargo xtask test --only end-to-end` runs
//! these alone. Each journey has its own browser, page server and S3 server, all on free ports of 127.0.0.1.

mod browser;
mod images;
mod inspection;
mod page_server;
mod s3_server;
mod upload;
