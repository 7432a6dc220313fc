//! Manifests and their digests.

use super::super::manifest::{Algorithm, ManifestLine, parse, verify};
use super::build::{Tar, conditions, ovf, raw_disk};
use crate::image::ApplianceCondition as Found;
use crate::image::testing::open_bytes;
use crate::image::{Depth, Source};
use std::ops::ControlFlow;
use std::rc::Rc;

/// Digests of "abc": FIPS 180-4's own examples.
const OF_ABC: &[(&str, &str)] = &[
    ("SHA1", "a9993e364706816aba3e25717850c26c9cd0d89d"),
    ("SHA256", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
        "SHA512",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a\
         2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
    ),
];

fn line(text: &str) -> ManifestLine {
    let lines = parse(text);
    assert_eq!(lines.len(), 1, "{text}");
    lines[0].clone()
}

#[test]
fn both_spellings_of_every_algorithm_are_read() {
    let source: Source = Rc::new(b"abc".to_vec());
    for (algorithm, digest) in OF_ABC {
        for text in [
            format!("{algorithm}(disk (1).vmdk)= {digest}"),
            format!("{algorithm} (disk (1).vmdk) = {digest}\r\n"),
            format!("{algorithm}(disk (1).vmdk)={}", digest.to_uppercase()),
        ] {
            let line = line(&text);
            assert_eq!((line.file.as_str(), line.algorithm.name()), ("disk (1).vmdk", *algorithm));
            assert_eq!(verify(source.as_ref(), &line, |_| ControlFlow::Continue(())), Ok(Some(true)));
            let other: Source = Rc::new(b"abd".to_vec());
            assert_eq!(verify(other.as_ref(), &line, |_| ControlFlow::Continue(())), Ok(Some(false)));
        }
    }
}

#[test]
fn what_is_no_line_is_passed_over() {
    for text in
        ["", "# SHA1", "SHA1(a)= 12", "SHA1(a)= zz", "MD5(a)= 00", "SHA1 a = 0", "SHA1(a) 00", "SHA1()= +1"]
    {
        assert_eq!(parse(text), [], "{text}");
    }
}

#[test]
fn a_long_file_is_read_in_windows_and_can_be_left() {
    let file: Source = Rc::new(vec![0_u8; 9 * 1024 * 1024]);
    let line = ManifestLine { file: "a".into(), algorithm: Algorithm::Sha1, digest: vec![0; 20] };
    let mut told = Vec::new();
    let answer = verify(file.as_ref(), &line, |done| {
        told.push(done >> 20);
        ControlFlow::Continue(())
    });
    assert_eq!((answer, told), (Ok(Some(false)), vec![4, 8, 9]));
    assert_eq!(verify(file.as_ref(), &line, |_| ControlFlow::Break(())), Ok(None));
}

fn signed(descriptor: &str, signed: &str) -> Vec<u8> {
    use sha2::{Digest, Sha256};
    let digest = |bytes: &[u8]| {
        Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
    };
    let manifest = format!(
        "SHA256(vm.ovf)= {}\nSHA256(disk.img)= {}\n",
        digest(signed.as_bytes()),
        digest(&raw_disk(1))
    );
    Tar::default()
        .file("vm.ovf", descriptor.as_bytes())
        .file("vm.mf", manifest.as_bytes())
        .file("disk.img", &raw_disk(1))
        .end()
}

#[test]
fn an_untouched_appliance_agrees_with_its_manifest() {
    assert_eq!(conditions(signed(&ovf(), &ovf())), []);
}

#[test]
fn a_descriptor_edited_after_it_was_signed_is_found() {
    let found = Found::DigestMismatch { name: "vm.ovf".into(), algorithm: "SHA256".into() };
    let edited = ovf().replace("web server", "new server");
    assert_eq!(conditions(signed(&edited, &ovf())), [found]);
    // The first look does not read the members.
    let opened = open_bytes(signed(&edited, &ovf()), Depth::First);
    assert_eq!(opened.image.conditions, []);
}

#[test]
fn a_disk_carries_its_line_of_the_manifest() {
    let opened = open_bytes(signed(&ovf(), &ovf()), Depth::First);
    let disk = &opened.image.appliance.unwrap().disks[0];
    let line = disk.manifest.as_ref().unwrap();
    let source = disk.disk.as_ref().unwrap();
    assert_eq!(verify(source.as_ref(), line, |_| ControlFlow::Continue(())), Ok(Some(true)));
}
