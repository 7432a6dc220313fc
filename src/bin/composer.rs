//! The worker that writes requests, away from the page's thread and out of the page's program.

#[cfg(target_arch = "wasm32")]
fn main() {
    console_error_panic_hook::set_once();
    import_planner::browser::composer_worker::serve();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!(
        "This program is the page's worker and runs in a browser: `cargo xtask serve` builds and serves it."
    );
    std::process::exit(2);
}
