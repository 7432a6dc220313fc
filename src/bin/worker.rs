//! The worker that reads images: reads the image, away from the page's thread.

#[cfg(target_arch = "wasm32")]
fn main() {
    console_error_panic_hook::set_once();
    import_planner::browser::inspector_worker::serve();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!(
        "This program is the page's worker and runs in a browser: `cargo xtask serve` builds and serves it."
    );
    std::process::exit(2);
}
