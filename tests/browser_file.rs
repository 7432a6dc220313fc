//! A file of the browser as a source of bytes, in a real worker.
#![cfg(target_arch = "wasm32")]

use import_planner::browser::file::BrowserFile;
use import_planner::image::{FileSet, ReadAt, ReadError, Source};
use import_planner::inspect::{Inspector, Report};
use std::ops::ControlFlow;
use std::rc::Rc;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

fn file(bytes: &[u8]) -> web_sys::Blob {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    web_sys::File::new_with_u8_array_sequence(&parts, "disk.raw").expect("a file").into()
}

/// A disk of one MiB with an MBR and one active partition.
fn disk() -> Vec<u8> {
    let mut bytes = vec![0; 1 << 20];
    bytes[446] = 0x80;
    bytes[450] = 0x83;
    bytes[454..458].copy_from_slice(&64_u32.to_le_bytes());
    bytes[458..462].copy_from_slice(&1000_u32.to_le_bytes());
    bytes[510..512].copy_from_slice(&[0x55, 0xAA]);
    bytes
}

#[wasm_bindgen_test]
fn what_is_read_is_what_the_file_holds() {
    let bytes: Vec<u8> = (0..=255).cycle().take(70_000).collect();
    let source = BrowserFile::new(file(&bytes)).expect("a worker can read files");
    assert_eq!(source.size(), 70_000);
    for (offset, len) in [(0, 16), (65_530, 12), (69_999, 1)] {
        let mut buf = vec![0; len];
        source.read_at(offset as u64, &mut buf).expect("inside the file");
        assert_eq!(buf, bytes[offset..offset + len]);
    }
}

#[wasm_bindgen_test]
fn a_read_beyond_the_end_is_refused() {
    let source = BrowserFile::new(file(b"abc")).expect("a worker can read files");
    let error = source.read_at(2, &mut [0; 2]);
    assert_eq!(error, Err(ReadError::OutOfBounds { offset: 2, len: 2, size: 3 }));
}

#[wasm_bindgen_test]
fn a_report_reaches_the_page_as_it_left_the_worker() {
    let source: Source = Rc::new(BrowserFile::new(file(&disk())).expect("a worker can read files"));
    let mut report = Inspector::new(FileSet::of("disk.raw", source)).complete().expect("readable");
    // A hostile header may hold any 64 bits; no JavaScript number does.
    report.virtual_size = Some(u64::MAX);
    let message = serde_json::to_string(&report).expect("it can be sent");
    assert_eq!(serde_json::from_str::<Report>(&message).expect("it can be received"), report);
    assert_eq!(report.partitions.len(), 1);
}

/// A member of a tar archive, with its header.
fn member(name: &str, data: &[u8]) -> Vec<u8> {
    let mut header = [0; 512];
    header[..name.len()].copy_from_slice(name.as_bytes());
    header[124..136].copy_from_slice(format!("{:011o}\0", data.len()).as_bytes());
    header[156] = b'0';
    header[257..265].copy_from_slice(b"ustar\x0000");
    header[148..156].fill(b' ');
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    let mut bytes = [header.as_slice(), data].concat();
    bytes.resize(bytes.len().next_multiple_of(512), 0);
    bytes
}

#[wasm_bindgen_test]
fn an_appliance_is_compared_with_its_manifest() {
    use sha2::{Digest, Sha256};
    let mut data = disk();
    data.resize(9 << 20, 1);
    let descriptor = "<Envelope xmlns='http://schemas.dmtf.org/ovf/envelope/1'>\
        <References><File id='f' href='disk.img'/></References>\
        <DiskSection><Disk diskId='d' fileRef='f' capacity='9437184'/></DiskSection></Envelope>";
    let digest: Vec<_> = Sha256::digest(&data).iter().map(|byte| format!("{byte:02x}")).collect();
    let manifest = format!("SHA256(disk.img)= {}\n", digest.concat());
    for damaged in [false, true] {
        if damaged {
            data[5 << 20] ^= 1;
        }
        let archive = [
            member("vm.ovf", descriptor.as_bytes()),
            member("vm.mf", manifest.as_bytes()),
            member("disk.img", &data),
            vec![0; 1024],
        ];
        let source: Source = Rc::new(BrowserFile::new(file(&archive.concat())).expect("a worker"));
        let inspector = Inspector::new(FileSet::of("vm.ova", source));
        let mut windows = 0;
        let verified = inspector.verify(|_, total| {
            assert_eq!(total, 9 << 20);
            windows += 1;
            ControlFlow::Continue(())
        });
        let report = verified.expect("readable").expect("not ended");
        assert_eq!(windows, 4);
        let differs = report.findings.iter().any(|finding| finding.code == "ova-digest-mismatch");
        assert_eq!(differs, damaged);
    }
}
