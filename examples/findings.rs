//! Prints the page of all findings: `cargo run --example findings > docs/findings.md`.

fn main() {
    print!("{}", import_planner::verdict::catalogue_page());
}
