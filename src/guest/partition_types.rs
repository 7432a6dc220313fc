//! What the types of partitions mean: the bytes of an MBR, the GUIDs of a GPT, the names of an Apple map.

/// EFI system partition.
pub(super) const EFI_SYSTEM: &str = "C12A7328-F81F-11D2-BA4B-00A0C93EC93B";
/// Where GRUB keeps its core image on a GPT disk that BIOS starts.
pub(super) const BIOS_BOOT: &str = "21686148-6449-6E6F-744E-656564454649";

/// Types of an MBR's entries.
static MBR: &[(u8, &str)] = &[
    (0x01, "FAT12"),
    (0x04, "FAT16 under 32 MB"),
    (0x05, "Extended"),
    (0x06, "FAT16"),
    (0x07, "NTFS, exFAT or HPFS"),
    (0x0B, "FAT32"),
    (0x0C, "FAT32 (LBA)"),
    (0x0E, "FAT16 (LBA)"),
    (0x0F, "Extended (LBA)"),
    (0x11, "Hidden FAT12"),
    (0x12, "Vendor diagnostics"),
    (0x14, "Hidden FAT16 under 32 MB"),
    (0x16, "Hidden FAT16"),
    (0x17, "Hidden NTFS"),
    (0x1B, "Hidden FAT32"),
    (0x1C, "Hidden FAT32 (LBA)"),
    (0x1E, "Hidden FAT16 (LBA)"),
    (0x27, "Windows recovery"),
    (0x39, "Plan 9"),
    (0x41, "PowerPC boot"),
    (0x42, "Windows dynamic disk"),
    (0x63, "System V"),
    (0x82, "Linux swap or Solaris"),
    (0x83, "Linux"),
    (0x84, "Hibernation"),
    (0x85, "Linux extended"),
    (0x86, "NTFS volume set"),
    (0x87, "NTFS volume set"),
    (0x88, "Linux plain text"),
    (0x8E, "Linux LVM"),
    (0xA0, "Hibernation"),
    (0xA5, "FreeBSD"),
    (0xA6, "OpenBSD"),
    (0xA8, "Apple UFS"),
    (0xA9, "NetBSD"),
    (0xAB, "Apple boot"),
    (0xAF, "Apple HFS or HFS+"),
    (0xBE, "Solaris boot"),
    (0xBF, "Solaris"),
    (0xDA, "Data without a file system"),
    (0xDE, "Vendor utility"),
    (0xEA, "Linux extended boot"),
    (0xEB, "BeOS or Haiku"),
    (0xEE, "GPT protective"),
    (0xEF, "EFI system"),
    (0xFB, "VMware VMFS"),
    (0xFC, "VMware vmkcore"),
    (0xFD, "Linux RAID"),
];

/// Types of a GPT's entries.
static GPT: &[(&str, &str)] = &[
    (EFI_SYSTEM, "EFI system"),
    (BIOS_BOOT, "BIOS boot"),
    ("024DEE41-33E7-11D3-9D69-0008C781F39F", "MBR partition scheme"),
    ("D3BFE2DE-3DAF-11DF-BA40-E3A556D89593", "Intel Fast Flash"),
    ("9E1A2D38-C612-4316-AA26-8B49521E5A8B", "PowerPC PReP boot"),
    ("E3C9E316-0B5C-4DB8-817D-F92DF00215AE", "Microsoft reserved"),
    ("EBD0A0A2-B9E5-4433-87C0-68B6B72699C7", "Microsoft basic data"),
    ("DE94BBA4-06D1-4D40-A16A-BFD50179D6AC", "Windows recovery"),
    ("5808C8AA-7E8F-42E0-85D2-E1E90434CFB3", "Windows LDM metadata"),
    ("AF9B60A0-1431-4F62-BC68-3311714A69AD", "Windows LDM data"),
    ("E75CAF8F-F680-4CEE-AFA3-B001E56EFC2D", "Windows Storage Spaces"),
    ("558D43C5-A1AC-43C0-AAC8-D1472B2923D1", "Windows Storage Replica"),
    ("0FC63DAF-8483-4772-8E79-3D69D8477DE4", "Linux"),
    ("0657FD6D-A4AB-43C4-84E5-0933C84B4F4F", "Linux swap"),
    ("E6D6D379-F507-44C2-A23C-238F2A3DF928", "Linux LVM"),
    ("A19D880F-05FC-4D3B-A006-743F0F84911E", "Linux RAID"),
    ("BC13C2FF-59E6-4262-A352-B275FD6F7172", "Linux extended boot"),
    ("933AC7E1-2EB4-4F13-B844-0E14E2AEF915", "Linux home"),
    ("3B8F8425-20E0-4F3B-907F-1A25A76F98E8", "Linux server data"),
    ("8DA63339-0007-60C0-C436-083AC8230908", "Linux reserved"),
    ("CA7D7CCB-63ED-4C53-861C-1742536059CC", "LUKS"),
    ("7FFEC5C9-2D00-49B7-8941-3EA10A5586B7", "dm-crypt"),
    ("44479540-F297-41B2-9AF7-D131D5F0458A", "Linux root (x86)"),
    ("4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709", "Linux root (x86-64)"),
    ("69DAD710-2CE4-4E3C-B16C-21A1D49ABED3", "Linux root (ARM)"),
    ("B921B045-1DF0-41C3-AF44-4C6F280D3FAE", "Linux root (ARM64)"),
    ("8484680C-9521-48C6-9C11-B0720656F69E", "Linux /usr (x86-64)"),
    ("B0E01050-EE5F-4390-949A-9101B17104E9", "Linux /usr (ARM64)"),
    ("4D21B016-B534-45C2-A9FB-5C16E091FD2D", "Linux /var"),
    ("83BD6B9D-7F41-11DC-BE0B-001560B84F0F", "FreeBSD boot"),
    ("516E7CB4-6ECF-11D6-8FF8-00022D09712B", "FreeBSD data"),
    ("516E7CB5-6ECF-11D6-8FF8-00022D09712B", "FreeBSD swap"),
    ("516E7CB6-6ECF-11D6-8FF8-00022D09712B", "FreeBSD UFS"),
    ("516E7CBA-6ECF-11D6-8FF8-00022D09712B", "FreeBSD ZFS"),
    ("824CC7A0-36A8-11E3-890A-952519AD3F61", "OpenBSD data"),
    ("49F48D5A-B10E-11DC-B99B-0019D1879648", "NetBSD FFS"),
    ("48465300-0000-11AA-AA11-00306543ECAC", "Apple HFS+"),
    ("7C3457EF-0000-11AA-AA11-00306543ECAC", "Apple APFS"),
    ("53746F72-6167-11AA-AA11-00306543ECAC", "Apple Core Storage"),
    ("426F6F74-0000-11AA-AA11-00306543ECAC", "Apple boot"),
    ("6A898CC3-1DD2-11B2-99A6-080020736631", "Solaris /usr or Apple ZFS"),
    ("FE3A2A5D-4F32-41A7-B725-ACCC3285A309", "ChromeOS kernel"),
    ("3CB8E202-3B7E-47DD-8A3C-7FF2A13CFCEC", "ChromeOS root"),
    ("5DFBF5F4-2848-4BAC-AA5E-0D9A20B745A6", "CoreOS /usr"),
    ("3884DD41-8582-4404-B9A8-E9B84F2DF50E", "CoreOS root"),
    ("C95DC21A-DF0E-4340-8D7B-26CBFA9A03E0", "CoreOS reserved"),
    ("AA31E02A-400F-11DB-9590-000C2911D1B8", "VMware VMFS"),
    ("9D275380-40AD-11DB-BF97-000C2911D1B8", "VMware vmkcore"),
    ("9198EFFC-31C0-11DB-8F78-000C2911D1B8", "VMware reserved"),
];

/// The meaning of an MBR's type.
pub(super) fn mbr_name(kind: u8) -> Option<&'static str> {
    MBR.iter().find(|(byte, _)| *byte == kind).map(|(_, name)| *name)
}

/// The meaning of a GPT's type GUID (upper case).
pub(super) fn gpt_name(guid: &str) -> Option<&'static str> {
    GPT.iter().find(|(known, _)| *known == guid).map(|(_, name)| *name)
}

/// Whether a partition of this type is an EFI system partition, of either table.
pub fn is_efi_system(type_id: &str) -> bool {
    type_id == EFI_SYSTEM || type_id == "0xef"
}

/// Whether a partition of this type holds no system and no file system of one: extended, protecting a GPT, BIOS boot,
/// Microsoft reserved, boot code of FreeBSD.
pub fn holds_no_system(type_id: &str) -> bool {
    const TYPES: &[&str] = &[
        "0x05",
        "0x0f",
        "0x85",
        "0xee",
        BIOS_BOOT,
        "E3C9E316-0B5C-4DB8-817D-F92DF00215AE",
        "83BD6B9D-7F41-11DC-BE0B-001560B84F0F",
    ];
    TYPES.contains(&type_id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_type_stands_once_and_guids_are_well_formed() {
        for (at, (byte, _)) in MBR.iter().enumerate() {
            assert!(MBR[at + 1..].iter().all(|(other, _)| other != byte), "{byte:#x}");
        }
        for (at, (guid, _)) in GPT.iter().enumerate() {
            assert!(GPT[at + 1..].iter().all(|(other, _)| other != guid), "{guid}");
            let groups: Vec<usize> = guid.split('-').map(str::len).collect();
            assert_eq!(groups, [8, 4, 4, 4, 12], "{guid}");
            assert!(
                guid.chars().all(|c| c == '-' || c.is_ascii_digit() || ('A'..='F').contains(&c)),
                "{guid}"
            );
        }
    }
}
