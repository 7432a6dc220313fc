//! What the tests share: programs, images, numbers.

use import_planner::image::read_at::DiskFile;
use import_planner::image::{Depth, FileSet, Image, NamedSource, Opened, Opening, Source, detect};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::rc::Rc;

/// Numbers that are the same in every run (xorshift), so that a failure can be repeated.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// At least `low`, and below `high`.
    pub(crate) fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.next() % (high - low)
    }

    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.between(0, from.len() as u64) as usize]
    }
}

/// A folder with images that goes away with the test.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder for the images"))
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// A sparse file.
    pub(crate) fn sparse(&self, name: &str, size: u64) {
        let file = std::fs::File::create(self.path(name)).expect("the folder takes files");
        file.set_len(size).expect("room for a sparse file");
    }

    /// What a program, also one of the administrator's, prints when it runs in the folder.
    ///
    /// # Panics
    /// When it is not there or fails.
    pub(crate) fn run(&self, program: &str, arguments: &[&str], input: &str) -> String {
        let output = self.run_to_any_end(program, arguments, input);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{program} {arguments:?}: {errors}");
        String::from_utf8(output.stdout).expect("it prints text")
    }

    /// The same, whatever the program says of itself.
    pub(crate) fn run_to_any_end(&self, program: &str, arguments: &[&str], input: &str) -> Output {
        let path = std::env::var("PATH").unwrap_or_default();
        let mut child = Command::new(program)
            .args(arguments)
            .current_dir(self.0.path())
            .env("PATH", format!("{path}:/usr/sbin:/sbin"))
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| {
                panic!("{program} does not start ({error}); `cargo xtask test` installs what this test needs")
            });
        // A program that asks for nothing may be gone before it is told anything.
        let _ = child.stdin.take().expect("it is piped").write_all(input.as_bytes());
        child.wait_with_output().expect("it ends")
    }

    pub(crate) fn qemu_img(&self, arguments: &[&str]) -> String {
        self.run("qemu-img", arguments, "")
    }

    /// Opens `name`, the folder's other files beside it.
    pub(crate) fn open(&self, name: &str, depth: Depth) -> Opened {
        let mut set = FileSet::default();
        for entry in std::fs::read_dir(self.0.path()).expect("readable").flatten() {
            let name = entry.file_name().into_string().expect("a plain name");
            set.files.push(NamedSource { name, source: source(&entry.path()) });
        }
        let source = source(&self.path(name));
        detect::open(&source, &Opening { name, set: &set, depth, nesting: 0 }).expect("it is readable")
    }

    /// All that is known of the image called `name`.
    pub(crate) fn image(&self, name: &str) -> Image {
        self.open(name, Depth::Complete).image
    }
}

pub(crate) fn source(path: &Path) -> Source {
    Rc::new(DiskFile::open(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

/// The value of the fact called `name`.
pub(crate) fn fact<'a>(image: &'a Image, name: &str) -> &'a str {
    let fact = image.facts.iter().find(|fact| fact.name == name);
    fact.map_or_else(|| panic!("no fact is called {name}: {:?}", image.facts), |fact| &fact.value)
}
