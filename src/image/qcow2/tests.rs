//! QCOW and QCOW2 as qemu-img writes them, and bytes that nobody should write.

use super::super::testing::{
    Folder, assert_holds, cost_of_opening, image_of, open_bytes, open_first, source_disk,
};
use super::super::{Condition, Depth, Fault, Format, Image, ReadError};

/// Converts the source disk with `arguments` and gives the folder with `disk.raw` and `disk.img`.
fn converted(arguments: &[&str]) -> (Folder, Vec<u8>) {
    let folder = Folder::new();
    let disk = source_disk();
    folder.write("disk.raw", &disk);
    let command = [&["convert", "-f", "raw"], arguments, &["disk.raw", "disk.img"]].concat();
    folder.qemu_img(&command);
    (folder, disk)
}

fn qcow2(options: &str) -> Vec<u8> {
    let (folder, _) = converted(&["-O", "qcow2", "-o", options]);
    folder.read("disk.img")
}

fn damage(image: &Image) -> Option<(Fault, &'static str)> {
    image.conditions.iter().find_map(|condition| match condition {
        Condition::Damaged(error) => Some((error.fault, error.field)),
        _ => None,
    })
}

#[test]
fn every_kind_of_image_that_qemu_writes_holds_the_disk() {
    let kinds: &[(&str, &[&str])] = &[
        ("v2", &["-O", "qcow2", "-o", "compat=0.10"]),
        ("v3", &["-O", "qcow2", "-o", "compat=1.1"]),
        ("v3", &["-O", "qcow2", "-o", "cluster_size=512"]),
        ("v3", &["-O", "qcow2", "-o", "cluster_size=4k"]),
        ("v3", &["-O", "qcow2", "-o", "cluster_size=2M"]),
        ("v2", &["-O", "qcow2", "-c", "-o", "compat=0.10"]),
        ("v3", &["-O", "qcow2", "-c"]),
        ("v3", &["-O", "qcow2", "-c", "-o", "cluster_size=512"]),
        ("v3", &["-O", "qcow2", "-c", "-o", "cluster_size=2M"]),
        ("v3", &["-O", "qcow2", "-c", "-o", "compression_type=zstd"]),
        ("v3", &["-O", "qcow2", "-c", "-o", "compression_type=zstd,cluster_size=2M"]),
        ("v3", &["-O", "qcow2", "-o", "extended_l2=on,cluster_size=16k"]),
        ("v3", &["-O", "qcow2", "-o", "extended_l2=on,cluster_size=128k"]),
        ("v3", &["-O", "qcow2", "-c", "-o", "extended_l2=on,cluster_size=128k"]),
        ("v3", &["-O", "qcow2", "-o", "preallocation=metadata"]),
        ("v3", &["-O", "qcow2", "-o", "preallocation=falloc"]),
        ("v3", &["-O", "qcow2", "-o", "lazy_refcounts=on,refcount_bits=64"]),
        ("v1", &["-O", "qcow"]),
    ];
    for (subformat, arguments) in kinds {
        let (folder, disk) = converted(arguments);
        for depth in [Depth::First, Depth::Complete] {
            let opened = open_first(&folder.set(&["disk.img"]), depth);
            assert_eq!(opened.image.subformat.as_deref(), Some(*subformat), "{arguments:?}");
            assert_eq!(opened.image.virtual_size, Some(disk.len() as u64), "{arguments:?}");
            assert_eq!(opened.image.conditions, [], "{arguments:?}");
            assert_holds(&opened.disk.unwrap(), &disk, &format!("{arguments:?}"));
        }
    }
}

/// A folder with a compressed QCOW. qemu-img 10 writes it in full and ends with an error nevertheless, so what it
/// holds is asked of qemu-img too: `disk.raw`.
fn compressed_qcow() -> Folder {
    let folder = Folder::new();
    folder.write("source.raw", &source_disk()[..9 << 20]);
    folder
        .run_to_any_end("qemu-img", &["convert", "-c", "-f", "raw", "-O", "qcow", "source.raw", "disk.img"]);
    folder.qemu_img(&["convert", "-f", "qcow", "-O", "raw", "disk.img", "disk.raw"]);
    folder
}

#[test]
fn a_compressed_image_of_version_1_holds_the_disk() {
    let folder = compressed_qcow();
    let disk = folder.read("disk.raw");
    assert!(folder.read("disk.img").len() < 2 << 20 && disk[100_000] != 0);
    let opened = open_first(&folder.set(&["disk.img"]), Depth::Complete);
    assert_eq!(opened.image.conditions, []);
    assert_holds(&opened.disk.unwrap(), &disk, "compressed QCOW");
}

#[test]
fn what_is_allocated_covers_the_data_and_leaves_the_zeros_out() {
    for options in ["cluster_size=64k", "cluster_size=128k,extended_l2=on"] {
        let allocated = image_of(&qcow2(options)).allocated;
        let covers = |offset: u64| allocated.iter().any(|run| run.contains(&offset));
        assert!(
            [100_000, 899_999, 2_500_000, 5_242_880, 9 * 1024 * 1024].into_iter().all(covers),
            "{options}"
        );
        assert!(![1_500_000, 4_000_000, 8_000_000].into_iter().any(covers), "{options}");
    }
}

#[test]
fn an_overlay_reads_through_its_backing_files() {
    let folder = Folder::new();
    let mut disk = source_disk();
    folder.write("base.raw", &disk);
    folder.qemu_img(&["create", "-q", "-f", "qcow2", "-b", "base.raw", "-F", "raw", "middle.qcow2"]);
    folder.qemu_img(&[
        "create",
        "-q",
        "-f",
        "qcow2",
        "-b",
        "middle.qcow2",
        "-F",
        "qcow2",
        "top.qcow2",
        "10M",
    ]);
    folder.run("qemu-io", &["-c", "write -P 0x55 1000000 300000", "middle.qcow2"]);
    folder.run("qemu-io", &["-c", "write -P 0x66 1100000 5000", "-c", "write -z 2M 256k", "top.qcow2"]);
    disk[1_000_000..1_300_000].fill(0x55);
    disk[1_100_000..1_105_000].fill(0x66);
    disk[2_097_152..2_097_152 + 262_144].fill(0);
    disk.resize(10 * 1024 * 1024, 0);

    let opened = open_first(&folder.set(&["top.qcow2", "base.raw", "middle.qcow2"]), Depth::Complete);
    let parent = opened.image.parent.clone().unwrap();
    assert_eq!((parent.name.as_str(), parent.present), ("middle.qcow2", true));
    assert_holds(&opened.disk.unwrap(), &disk, "overlay");

    let alone = open_first(&folder.set(&["top.qcow2"]), Depth::First);
    assert!(alone.disk.is_none() && !alone.image.parent.unwrap().present);

    let half = open_first(&folder.set(&["top.qcow2", "middle.qcow2"]), Depth::First);
    assert!(half.disk.is_none());
    assert_eq!(half.image.conditions, [Condition::ExternalData { name: "base.raw".into() }]);
}

#[test]
fn a_raw_backing_file_is_raw_even_if_its_guest_wrote_a_header() {
    let folder = Folder::new();
    let inner = qcow2("cluster_size=64k");
    folder.write("base.raw", &inner);
    folder.qemu_img(&["create", "-q", "-f", "qcow2", "-b", "base.raw", "-F", "raw", "top.qcow2"]);
    let opened = open_first(&folder.set(&["top.qcow2", "base.raw"]), Depth::First);
    assert_holds(&opened.disk.unwrap(), &inner, "raw base");
}

#[test]
fn images_that_name_each_other_as_backing_file_end_in_a_finding() {
    let folder = Folder::new();
    for (name, backing) in [("a.qcow2", "b.qcow2"), ("b.qcow2", "a.qcow2"), ("c.qcow2", "self.qcow2")] {
        folder.qemu_img(&["create", "-q", "-u", "-f", "qcow2", "-b", backing, "-F", "qcow2", name, "1M"]);
    }
    let opened = open_first(&folder.set(&["a.qcow2", "b.qcow2"]), Depth::First);
    assert!(opened.disk.is_none());
    assert_eq!(damage(&opened.image), Some((Fault::OverLimit, "nesting")));
    folder.run("mv", &["c.qcow2", "self.qcow2"]);
    let opened = open_first(&folder.set(&["self.qcow2"]), Depth::First);
    assert!(opened.disk.is_none() && !opened.image.parent.unwrap().present);
}

#[test]
fn a_backing_name_that_is_no_file_is_shown_as_it_stands() {
    let folder = Folder::new();
    let name = r#"json:{"driver":"nbd","host":"example.org"}"#;
    folder.qemu_img(&["create", "-q", "-u", "-f", "qcow2", "-b", name, "-F", "raw", "top.qcow2", "1M"]);
    let parent = open_first(&folder.set(&["top.qcow2"]), Depth::First).image.parent.unwrap();
    assert_eq!((parent.name.as_str(), parent.present), (name, false));
}

#[test]
fn an_external_data_file_is_read_when_it_is_here_and_named_when_not() {
    for raw in ["off", "on"] {
        let folder = Folder::new();
        let disk = source_disk();
        folder.write("disk.raw", &disk);
        let options = format!("data_file=data.bin,data_file_raw={raw}");
        folder.qemu_img(&[
            "create",
            "-q",
            "-f",
            "qcow2",
            "-o",
            &options,
            "disk.qcow2",
            &disk.len().to_string(),
        ]);
        folder.qemu_img(&["convert", "-n", "-f", "raw", "-O", "qcow2", "disk.raw", "disk.qcow2"]);
        let opened = open_first(&folder.set(&["disk.qcow2", "data.bin"]), Depth::Complete);
        assert!(opened.image.extents[0].present);
        assert_holds(&opened.disk.unwrap(), &disk, &options);
        let alone = open_first(&folder.set(&["disk.qcow2"]), Depth::Complete);
        assert!(alone.disk.is_none());
        assert_eq!(alone.image.conditions, [Condition::ExternalData { name: "data.bin".into() }]);
    }
}

#[test]
fn an_encrypted_image_is_sized_but_not_read() {
    let folder = Folder::new();
    let secret = ["--object", "secret,id=key,data=open"];
    let options = "encrypt.format=luks,encrypt.key-secret=key,encrypt.iter-time=10";
    folder.qemu_img(
        &[&["create", "-q"], &secret[..], &["-f", "qcow2", "-o", options, "luks.qcow2", "16M"]].concat(),
    );
    let opened = open_first(&folder.set(&["luks.qcow2"]), Depth::Complete);
    assert_eq!(opened.image.virtual_size, Some(16 << 20));
    assert_eq!(opened.image.conditions, [Condition::Encrypted { scheme: "LUKS" }]);
    assert!(opened.disk.is_none());
}

#[test]
fn internal_snapshots_are_counted_and_the_current_state_is_read() {
    let (folder, mut disk) = converted(&["-O", "qcow2"]);
    folder.qemu_img(&["snapshot", "-c", "before", "disk.img"]);
    folder.qemu_img(&["snapshot", "-c", "again", "disk.img"]);
    folder.run("qemu-io", &["-c", "write -P 0x77 150000 70000", "disk.img"]);
    disk[150_000..220_000].fill(0x77);
    let opened = open_first(&folder.set(&["disk.img"]), Depth::Complete);
    assert_eq!(opened.image.conditions, [Condition::InternalSnapshots { count: 2 }]);
    assert_holds(&opened.disk.unwrap(), &disk, "current state");
}

#[test]
fn a_disk_beyond_two_tib_is_read_at_its_end() {
    let folder = Folder::new();
    folder.qemu_img(&["create", "-q", "-f", "qcow2", "big.qcow2", "70T"]);
    folder.run("qemu-io", &["-c", "write -P 0x5a 69T 128k", "big.qcow2"]);
    let opened = open_first(&folder.set(&["big.qcow2"]), Depth::Complete);
    let at = 69_u64 << 40;
    assert_eq!(opened.image.allocated, vec![at..at + 131_072]);
    let disk = opened.disk.unwrap();
    let mut buf = vec![0; 131_074];
    disk.read_at(at - 1, &mut buf).unwrap();
    assert!(buf[0] == 0 && buf[131_073] == 0 && buf[1..131_073].iter().all(|byte| *byte == 0x5a));
}

#[test]
fn feature_bits_are_told_apart() {
    let sound = qcow2("cluster_size=64k");
    let with = |byte: usize, bits: u8| {
        let mut bytes = sound.clone();
        bytes[byte] |= bits;
        open_bytes(bytes, Depth::Complete)
    };
    let evidence = "the dirty bit of its incompatible features".into();
    let dirty = with(79, 1);
    assert_eq!(dirty.image.conditions, [Condition::NotClosed { evidence }]);
    assert!(dirty.disk.is_some());
    assert_eq!(with(79, 2).image.conditions, [Condition::MarkedCorrupt]);
    let unknown = with(74, 1);
    assert_eq!(
        unknown.image.conditions,
        [Condition::UnknownFeature { name: "incompatible feature bit 40".into() }]
    );
    assert!(unknown.disk.is_none());
}

#[test]
fn a_file_that_is_cut_says_how_long_it_should_be() {
    let sound = qcow2("cluster_size=64k");
    for depth in [Depth::First, Depth::Complete] {
        let cut = open_bytes(sound[..sound.len() / 2].to_vec(), depth);
        let needed = sound.len() as u64;
        let found = cut.image.conditions.iter().any(|condition| {
            matches!(condition, Condition::Truncated { structure: "data clusters", needed: Some(end) } if *end <= needed && *end > needed / 2)
        });
        assert!(found, "{depth:?}: {:?}", cut.image.conditions);
        assert!(cut.disk.is_some());
    }
    let header = open_bytes(sound[..104].to_vec(), Depth::First).image;
    assert_eq!((header.format, header.virtual_size), (Format::Qcow2, Some(source_disk().len() as u64)));
    assert!(matches!(header.conditions[..], [Condition::Truncated { structure: "L1 table", .. }]));
}

#[test]
fn a_cut_cluster_is_an_error_where_it_is_read_and_only_there() {
    let sound = qcow2("cluster_size=64k");
    let disk = open_bytes(sound[..sound.len() - 65_536 * 2].to_vec(), Depth::First).disk.unwrap();
    let mut buf = vec![0; 512];
    disk.read_at(100_000, &mut buf).unwrap();
    assert!(matches!(disk.read_at(disk.size() - 512, &mut buf), Err(ReadError::Corrupt { .. })));
}

#[test]
fn headers_that_break_the_rules_are_refused_with_the_field() {
    let sound = qcow2("cluster_size=64k");
    let cases: &[(usize, &[u8], Fault, &str)] = &[
        (4, &[0, 0, 0, 7], Fault::Unsupported, "version"),
        (20, &[0, 0, 0, 8], Fault::Malformed, "cluster_bits"),
        (20, &[0, 0, 0, 22], Fault::Malformed, "cluster_bits"),
        (24, &[0xFF; 8], Fault::Malformed, "l1_size"),
        (36, &[0xFF; 4], Fault::OverLimit, "l1_size"),
        (36, &[0, 0, 0, 0], Fault::Malformed, "l1_size"),
        (40, &[0, 0, 0, 0, 0, 0, 0, 1], Fault::Malformed, "l1_table_offset"),
        (100, &[0, 0, 0, 1], Fault::Malformed, "header_length"),
        (104, &[9], Fault::Unsupported, "compression_type"),
    ];
    for (offset, value, fault, field) in cases {
        let mut bytes = sound.clone();
        bytes[*offset..offset + value.len()].copy_from_slice(value);
        let opened = open_bytes(bytes, Depth::Complete);
        assert_eq!(opened.image.format, Format::Qcow2);
        assert_eq!(damage(&opened.image), Some((*fault, *field)), "{value:?} at {offset}");
        assert!(opened.disk.is_none());
    }
}

#[test]
fn one_l2_table_that_is_named_for_ever_is_not_read_for_ever() {
    let folder = Folder::new();
    folder.qemu_img(&["create", "-q", "-f", "qcow2", "-o", "cluster_size=2M", "big.qcow2", "2000T"]);
    let mut bytes = folder.read("big.qcow2");
    let l1 = u64::from_be_bytes(bytes[40..48].try_into().unwrap()) as usize;
    let entries = u32::from_be_bytes(bytes[36..40].try_into().unwrap()) as usize;
    bytes.resize(l1 + 2 * (2 << 20), 0);
    for entry in bytes[l1..l1 + entries * 8].chunks_exact_mut(8) {
        entry.copy_from_slice(&(l1 as u64).to_be_bytes());
    }
    assert_eq!(damage(&image_of(&bytes)), Some((Fault::Malformed, "L1 table")));
}

#[test]
fn tables_of_gigabytes_are_not_gone_through() {
    let folder = Folder::new();
    folder.qemu_img(&["create", "-q", "-f", "qcow2", "-o", "cluster_size=2M", "disk.qcow2", "200T"]);
    let mut head = folder.read("disk.qcow2");
    let l1 = u64::from_be_bytes(head[40..48].try_into().unwrap()) as usize;
    head.resize(l1 + 400 * 8, 0);
    // 400 tables of 2 MiB, each in a place of its own.
    for (entry, table) in head[l1..].as_chunks_mut::<8>().0.iter_mut().zip(4_u64..) {
        *entry = (table << 21).to_be_bytes();
    }
    assert!(cost_of_opening(head, 2 << 30) < 8 << 20);
}
