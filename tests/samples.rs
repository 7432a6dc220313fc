//! The samples that the page offers are what `cargo run --example samples` makes, and show what they are there to show.
#![cfg(not(target_arch = "wasm32"))]

#[path = "../examples/samples/make.rs"]
mod make;
#[path = "../benches/inspect/tools.rs"]
mod tools;

use import_planner::image::read_at::DiskFile;
use import_planner::image::{Depth, FileSet};
use import_planner::inspect::{Report, inspect};
use import_planner::verdict::Verdict;
use std::path::{Path, PathBuf};
use std::rc::Rc;

fn offered(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("www").join(name)
}

fn report(path: &Path, name: &str) -> Report {
    let file = DiskFile::open(path).expect("the sample is there");
    inspect(&FileSet::of(name, Rc::new(file)), name, Depth::Complete).expect("it can be read")
}

#[test]
fn one_sample_is_taken_and_the_other_refused_with_a_command_as_the_way_out() {
    let taken = report(&offered(make::NAMES[0]), make::NAMES[0]).verdict;
    assert_eq!((taken.import_snapshot, taken.import_image), (Verdict::Accepted, Verdict::Accepted));
    let refused = report(&offered(make::NAMES[1]), make::NAMES[1]);
    assert_eq!(refused.verdict.import_snapshot, Verdict::Refused);
    let way_out = refused.findings.iter().find(|finding| finding.code == "container-not-accepted");
    assert!(way_out.is_some_and(|finding| finding.remedy.is_some()), "{:?}", refused.findings);
}

/// Not byte by byte: qemu-img writes a random CID, and another version of a tool may lay things out otherwise.
#[test]
fn the_samples_are_what_the_tools_make_of_the_recipe() {
    let folder = tempfile::tempdir().expect("a folder");
    make::samples(folder.path());
    for name in make::NAMES {
        let (made, offered) = (report(&folder.path().join(name), name), report(&offered(name), name));
        let said = |report: &Report| {
            let codes: Vec<_> = report.findings.iter().map(|finding| finding.code.clone()).collect();
            let partitions: Vec<_> = report.partitions.iter().map(|own| (own.start, own.size)).collect();
            let system = report.os.as_ref().map(|system| (system.name.clone(), system.kernels.clone()));
            (report.virtual_size, report.boot_mode, codes, partitions, system)
        };
        assert_eq!(said(&made), said(&offered), "{name}");
    }
}
