//! How long the inspector takes, a pass and a format at a time: `cargo bench --bench inspect`.
//!
//! Here it runs within one process, over files that the system has cached; `cargo xtask bench` measures it as a
//! program beside `qemu-img info`. Needed on the machine (Debian packages): qemu-utils, fdisk, dosfstools, mtools,
//! e2fsprogs.

mod archive;
mod formats;
mod large_appliance;
mod system_disk;
mod tools;

use criterion::{Criterion, criterion_group, criterion_main};
use formats::Image;
use import_planner::image::read_at::DiskFile;
use import_planner::image::{FileSet, NamedSource};
use import_planner::inspect::Inspector;
use std::hint::black_box;
use std::rc::Rc;

fn opened(image: &Image) -> Inspector {
    let files = image.files.iter().map(|path| NamedSource {
        name: path.to_string_lossy().into_owned(),
        source: Rc::new(DiskFile::open(path).expect("it was just made")),
    });
    Inspector::new(FileSet { files: files.collect() })
}

fn inspect(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder for the images");
    for image in &formats::make_all(folder.path()) {
        let mut group = criterion.benchmark_group(image.name);
        group.bench_function("first pass", |bencher| {
            bencher.iter(|| black_box(opened(image).first().expect("it is readable")));
        });
        group.bench_function("complete pass", |bencher| {
            bencher.iter(|| black_box(opened(image).complete().expect("it is readable")));
        });
        group.finish();
    }
}

criterion_group!(benches, inspect);
criterion_main!(benches);
