//! The worker that sends files to S3: the only program that may reach it.

#[cfg(target_arch = "wasm32")]
fn main() {
    console_error_panic_hook::set_once();
    import_planner::browser::uploader_worker::serve();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!(
        "This program is the page's worker and runs in a browser: `cargo xtask serve` builds and serves it."
    );
    std::process::exit(2);
}
