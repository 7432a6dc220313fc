//! Programs built by hand, as far as their headers are read.

/// The headers of a Portable Executable for `machine`, and room after them.
pub(crate) fn pe(machine: u16) -> Vec<u8> {
    let mut program = vec![0; 1024];
    program[..2].copy_from_slice(b"MZ");
    program[60..64].copy_from_slice(&128_u32.to_le_bytes());
    program[128..132].copy_from_slice(b"PE\0\0");
    program[132..134].copy_from_slice(&machine.to_le_bytes());
    program
}

/// A Portable Executable whose version resource says `version`, `distance` bytes into the file.
pub(crate) fn pe_with_version(machine: u16, version: [u16; 4], distance: usize) -> Vec<u8> {
    const ADDRESS: u32 = 0x50_0000;
    let mut program = pe(machine);
    program.resize(distance, 0);
    program[134..136].copy_from_slice(&1_u16.to_le_bytes());
    program[148..150].copy_from_slice(&240_u16.to_le_bytes());
    let section = 128 + 24 + 240;
    program[section..section + 8].copy_from_slice(b".rsrc\0\0\0");
    program[section + 12..section + 16].copy_from_slice(&ADDRESS.to_le_bytes());
    program[section + 16..section + 20].copy_from_slice(&512_u32.to_le_bytes());
    program[section + 20..section + 24].copy_from_slice(&(distance as u32).to_le_bytes());

    let mut resources = vec![0; 512];
    let mut put = |at: usize, value: u32| resources[at..at + 4].copy_from_slice(&value.to_le_bytes());
    // Type 3 (icons) stands before type 16 (version); each level has a directory, its entries 16 bytes after.
    put(12, 2 << 16);
    put(16, 3);
    put(20, 0x8000_0000 + 300);
    put(24, 16);
    put(28, 0x8000_0000 + 48);
    put(48 + 12, 1 << 16);
    put(64, 1);
    put(68, 0x8000_0000 + 80);
    put(80 + 12, 1 << 16);
    put(96, 1033);
    put(100, 112);
    // The data's address and size.
    put(112, ADDRESS + 160);
    put(116, 92);
    put(160 + 40, 0xFEEF_04BD);
    put(160 + 48, u32::from(version[0]) << 16 | u32::from(version[1]));
    put(160 + 52, u32::from(version[2]) << 16 | u32::from(version[3]));
    program.extend(resources);
    program
}

/// An ELF header for `machine`.
pub(crate) fn elf(machine: u16) -> Vec<u8> {
    let mut program = vec![0; 64];
    program[..6].copy_from_slice(b"\x7FELF\x02\x01");
    program[18..20].copy_from_slice(&machine.to_le_bytes());
    program
}
