//! The programs that write VHDs, by the four characters that they leave in the footer.

/// The mark, the program, and whether readers that go by the mark take the disk's size from the geometry.
///
/// Virtual PC showed its guests only what cylinders, heads and sectors can address, and QEMU writes like it unless
/// told otherwise; QEMU's reader does so for these two marks alone.
const CREATORS: &[([u8; 4], &str, bool)] = &[
    (*b"win ", "Hyper-V/Windows", false),
    (*b"vpc ", "Virtual PC", true),
    (*b"vs  ", "Virtual Server", false),
    (*b"qemu", "QEMU", true),
    (*b"qem2", "QEMU", false),
    (*b"d2v\0", "disk2vhd", false),
    (*b"d2v ", "disk2vhd", false),
    (*b"vbox", "VirtualBox", false),
    (*b"tap\0", "Xen vhd-util", false),
    (*b"CTXS", "Citrix XenConverter", false),
    (*b"wa\0\0", "Windows Azure", false),
];

/// The program's name; for an unknown mark, the mark itself as far as it can be printed.
pub(super) fn name(mark: [u8; 4]) -> String {
    match CREATORS.iter().find(|(known, ..)| *known == mark) {
        Some((_, name, _)) => (*name).to_owned(),
        None => printable(mark),
    }
}

/// Whether readers take the size of a disk with this mark from its geometry.
pub(super) fn is_read_by_geometry(mark: [u8; 4]) -> bool {
    CREATORS.iter().any(|(known, _, by_geometry)| *known == mark && *by_geometry)
}

/// The mark as text without the padding behind it, what cannot be printed as `\x00`.
pub(super) fn printable(mark: [u8; 4]) -> String {
    let is_padding = |byte: &&u8| matches!(byte, 0 | b' ');
    let length = mark.len().saturating_sub(mark.iter().rev().take_while(is_padding).count());
    mark.get(..length).unwrap_or_default().escape_ascii().to_string()
}
