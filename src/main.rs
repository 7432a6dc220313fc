//! The page.

#[cfg(target_arch = "wasm32")]
fn main() {
    // By Yew's own function: Yew puts a hook of its own in the place of one that it does not know of.
    yew::set_custom_panic_hook(Box::new(|panic| {
        console_error_panic_hook::hook(panic);
        import_planner::page::show_panic(&panic.to_string());
    }));
    if let Some(root) = import_planner::browser::document::element("app") {
        // What stood there told the person to wait.
        root.set_inner_html("");
        let props =
            import_planner::page::AppProps { compose: import_planner::browser::composer::by_worker() };
        yew::Renderer::<import_planner::page::App>::with_root_and_props(root, props).render();
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("This program is the page and runs in a browser: `cargo xtask serve` builds and serves it.");
    std::process::exit(2);
}
