//! Prints the page of all parameters: `cargo run --example requests > docs/requests.md`.

fn main() {
    print!("{}", import_planner::request::reference::reference_page());
}
