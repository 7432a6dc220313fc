//! The text descriptor: a file of its own, or embedded in a sparse extent.
//!
//! "Virtual Disk Format 5.0", section "Descriptor Files": a header of `key=value`, one line an extent, and the disk
//! database (`ddb.…`). Keys are compared without case; lines may end in CRLF.

use super::layout::SECTOR;

/// The longest descriptor that is read, in bytes. Real ones have a few hundred.
pub(super) const LONGEST: u64 = 1024 * 1024;

/// More keys and comments than any descriptor has; what follows them is passed over.
const MOST_LINES: usize = 4096;

/// The `CID` that stands for "no parent".
const NO_PARENT: u32 = 0xFFFF_FFFF;

/// A parsed descriptor.
#[derive(Debug, Default)]
pub(super) struct Descriptor {
    /// Keys in lower case with their values, in the order of the text.
    entries: Vec<(String, String)>,
    /// The extents, in the order of the disk.
    pub extents: Vec<ExtentLine>,
    /// The comments' texts.
    comments: Vec<String>,
}

/// A line such as `RW 4192256 SPARSE "disk-s001.vmdk"` or `RW 16777216 FLAT "disk-flat.vmdk" 0`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ExtentLine {
    /// How many sectors of the disk it holds.
    pub sectors: u64,
    /// `FLAT`, `SPARSE`, `ZERO`, `VMFS`, `VMFSSPARSE`, `VMFSRDM`, `SESPARSE` …, in upper case.
    pub kind: String,
    /// The file, as it is written.
    pub name: String,
    /// Where in a flat file it begins, in sectors.
    pub offset: u64,
}

impl ExtentLine {
    /// Bytes of the disk; `None` where that overflows.
    pub(super) fn bytes(&self) -> Option<u64> {
        self.sectors.checked_mul(SECTOR)
    }

    /// Whether it stands for a device of the host and not for a file.
    pub(super) fn is_device(&self) -> bool {
        let name = self.name.to_ascii_lowercase();
        matches!(self.kind.as_str(), "VMFSRDM" | "VMFSRAW")
            || name.starts_with("/dev/")
            || name.starts_with(r"\\.\")
            || name.starts_with("/vmfs/devices/")
    }

    /// Whether the file holds the disk's bytes as they are.
    pub(super) fn is_flat(&self) -> bool {
        matches!(self.kind.as_str(), "FLAT" | "VMFS")
    }
}

/// Whether `head`, the beginning of a file, is that of a descriptor.
///
/// The first line is not asked for: besides `# Disk DescriptorFile`, real files begin with `#Disk DescriptorFile` and
/// `# Description file created by VMDK stream converter`. What all have is `version=` as the first line that is not
/// a comment; since other text files have that too, a second key or an extent is asked for as well.
pub(super) fn is_descriptor(head: &[u8]) -> bool {
    let text = text_of(head);
    let first = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
    let versioned = first
        .and_then(|line| line.split_once('='))
        .is_some_and(|(key, value)| is_key(key, "version") && value.trim().parse::<u32>().is_ok());
    if !versioned {
        return false;
    }
    let descriptor = Descriptor::parse(head);
    descriptor.get("createtype").is_some()
        || descriptor.get("parentcid").is_some()
        || !descriptor.extents.is_empty()
}

fn is_key(text: &str, key: &str) -> bool {
    text.trim().eq_ignore_ascii_case(key)
}

/// The text up to the first NUL: an embedded descriptor is padded with them. What is not UTF-8 (`encoding=` may
/// name GBK, Shift_JIS …) becomes U+FFFD, which matters to nothing but file names.
fn text_of(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    let text = String::from_utf8_lossy(bytes.get(..end).unwrap_or_default());
    text.strip_prefix('\u{FEFF}').unwrap_or(&text).to_owned()
}

impl Descriptor {
    /// Parses a descriptor. Lines that are no descriptor's are passed over, as every reader does.
    pub(super) fn parse(bytes: &[u8]) -> Self {
        let mut descriptor = Self::default();
        let longest = usize::try_from(LONGEST).unwrap_or(usize::MAX);
        let text = text_of(bytes.get(..longest).unwrap_or(bytes));
        for line in text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty()) {
            if let Some(comment) = line.strip_prefix('#') {
                if descriptor.comments.len() < MOST_LINES {
                    descriptor.comments.push(comment.trim().to_owned());
                }
            } else if let Some(extent) = parse_extent(line) {
                descriptor.extents.push(extent);
            } else if let Some((key, value)) = line.split_once('=')
                && descriptor.entries.len() < MOST_LINES
            {
                let value = value.trim().trim_matches('"');
                descriptor.entries.push((key.trim().to_ascii_lowercase(), value.to_owned()));
            }
        }
        descriptor
    }

    /// Whether there is neither a key nor an extent.
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.extents.is_empty()
    }

    /// The value of `key`, given in lower case; where a key stands twice, the first.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.entries.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
    }

    /// Whether a comment contains `text`.
    pub(super) fn has_comment(&self, text: &str) -> bool {
        self.comments.iter().any(|comment| comment.contains(text))
    }

    /// `createType` in VMware's present spelling.
    pub(super) fn create_type(&self) -> Option<String> {
        let written = self.get("createtype")?;
        let known = CREATE_TYPES.iter().find(|(spelling, _)| spelling.eq_ignore_ascii_case(written));
        Some(known.map_or_else(|| written.to_owned(), |(_, name)| (*name).to_owned()))
    }

    /// The content's identity. Not always written with eight digits.
    pub(super) fn content_id(&self) -> Option<u32> {
        hexadecimal(self.get("cid")?)
    }

    /// The identity that the parent's content had; `None` without a parent.
    pub(super) fn parent_content_id(&self) -> Option<u32> {
        hexadecimal(self.get("parentcid")?).filter(|id| *id != NO_PARENT)
    }

    /// The parent's file name.
    pub(super) fn parent_name(&self) -> Option<&str> {
        self.get("parentfilenamehint").filter(|name| !name.is_empty())
    }

    /// Whether this disk holds only the difference to another.
    pub(super) fn has_parent(&self) -> bool {
        self.parent_content_id().is_some() || self.parent_name().is_some()
    }

    /// Bytes of the disk by the extents' lines; `None` where that overflows.
    pub(super) fn size(&self) -> Option<u64> {
        self.extents.iter().try_fold(0_u64, |sum, extent| sum.checked_add(extent.bytes()?))
    }

    /// Whether the data lies on a device of the host.
    pub(super) fn is_device_pointer(&self) -> bool {
        let by_type = self.create_type().is_some_and(|name| {
            matches!(
                name.as_str(),
                "fullDevice"
                    | "partitionedDevice"
                    | "vmfsRaw"
                    | "vmfsRawDeviceMap"
                    | "vmfsPassthroughRawDeviceMap"
            )
        });
        by_type || self.extents.iter().any(ExtentLine::is_device)
    }
}

/// Spellings of `createType` and the one used today. Older programs wrote `2GbMaxExtent…`, and `vmfsRDM` is
/// what people call a raw device mapping.
const CREATE_TYPES: &[(&str, &str)] = &[
    ("custom", "custom"),
    ("monolithicSparse", "monolithicSparse"),
    ("monolithicFlat", "monolithicFlat"),
    ("twoGbMaxExtentSparse", "twoGbMaxExtentSparse"),
    ("2GbMaxExtentSparse", "twoGbMaxExtentSparse"),
    ("twoGbMaxExtentFlat", "twoGbMaxExtentFlat"),
    ("2GbMaxExtentFlat", "twoGbMaxExtentFlat"),
    ("fullDevice", "fullDevice"),
    ("partitionedDevice", "partitionedDevice"),
    ("vmfs", "vmfs"),
    ("vmfsThin", "vmfsThin"),
    ("vmfsEagerZeroedThick", "vmfsEagerZeroedThick"),
    ("vmfsPreallocated", "vmfsPreallocated"),
    ("vmfsSparse", "vmfsSparse"),
    ("seSparse", "seSparse"),
    ("vmfsRaw", "vmfsRaw"),
    ("vmfsRDM", "vmfsRawDeviceMap"),
    ("vmfsRawDeviceMap", "vmfsRawDeviceMap"),
    ("vmfsRDMP", "vmfsPassthroughRawDeviceMap"),
    ("vmfsPassthroughRawDeviceMap", "vmfsPassthroughRawDeviceMap"),
    ("streamOptimized", "streamOptimized"),
];

fn hexadecimal(text: &str) -> Option<u32> {
    u32::from_str_radix(text.trim(), 16).ok()
}

fn parse_extent(line: &str) -> Option<ExtentLine> {
    let (access, rest) = next_word(line)?;
    if !["RW", "RDONLY", "NOACCESS"].iter().any(|known| known.eq_ignore_ascii_case(access)) {
        return None;
    }
    let (sectors, rest) = next_word(rest)?;
    let (kind, rest) = next_word(rest)?;
    // The name may hold spaces and quotation marks; it ends at the last one.
    let rest = rest.trim();
    let (name, rest) = match rest.strip_prefix('"') {
        Some(quoted) => quoted.rsplit_once('"').unwrap_or((quoted, "")),
        None => next_word(rest).unwrap_or_default(),
    };
    Some(ExtentLine {
        sectors: sectors.parse().ok()?,
        kind: kind.to_ascii_uppercase(),
        name: name.to_owned(),
        offset: next_word(rest).and_then(|(word, _)| word.parse().ok()).unwrap_or(0),
    })
}

/// The first word of `text`, and what follows it.
fn next_word(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    (!word.is_empty()).then_some((word, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_compared_without_case_and_lines_may_end_in_crlf() {
        let text = b"# Disk DescriptorFile\r\nVERSION=1\r\nCid=46077fb\r\nPARENTCID=ffffffff\r\n\
            CREATETYPE=\"MonolithicFlat\"\r\nrw 8 flat \"a b-flat.vmdk\" 2\r\nddb.adapterType = \"ide\"\r\n";
        assert!(is_descriptor(text));
        let descriptor = Descriptor::parse(text);
        assert_eq!(descriptor.content_id(), Some(0x0460_77FB));
        assert_eq!(descriptor.create_type().as_deref(), Some("monolithicFlat"));
        assert_eq!(descriptor.get("ddb.adaptertype"), Some("ide"));
        assert!(!descriptor.has_parent());
        let extent = ExtentLine { sectors: 8, kind: "FLAT".into(), name: "a b-flat.vmdk".into(), offset: 2 };
        assert_eq!(descriptor.extents, [extent]);
    }

    #[test]
    fn first_lines_of_other_writers_are_known() {
        for first in ["#Disk DescriptorFile", "# Description file created by VMDK stream converter", "\n"] {
            let text = format!("{first}\nversion=1\nCID=1\nparentCID=ffffffff\ncreateType=\"vmfs\"\n");
            assert!(is_descriptor(text.as_bytes()), "{first}");
        }
    }

    #[test]
    fn other_texts_with_a_version_are_no_descriptors() {
        for text in ["version=1\nname=x\n", "[disk]\nversion=1\ncreateType=\"vmfs\"\n", "", "\0\0version=1"] {
            assert!(!is_descriptor(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn a_size_that_overflows_is_no_size() {
        let text = format!("RW {} FLAT \"a\"\nRW 1 FLAT \"b\"\n", u64::MAX / 512 + 1);
        assert_eq!(Descriptor::parse(text.as_bytes()).size(), None);
    }

    #[test]
    fn old_and_colloquial_create_types_get_the_present_name() {
        for (written, name) in [
            ("2GbMaxExtentSparse", "twoGbMaxExtentSparse"),
            ("vmfsRDMP", "vmfsPassthroughRawDeviceMap"),
            ("somethingNew", "somethingNew"),
        ] {
            let descriptor = Descriptor::parse(format!("createType=\"{written}\"").as_bytes());
            assert_eq!(descriptor.create_type().as_deref(), Some(name));
        }
    }

    #[test]
    fn devices_of_the_host_are_told_from_files() {
        for line in
            [r#"RW 63 FLAT "/dev/sdb1" 0"#, r#"RW 63 FLAT "\\.\PhysicalDrive0" 0"#, "RW 63 VMFSRDM \"x\""]
        {
            assert!(parse_extent(line).unwrap().is_device(), "{line}");
        }
        assert!(!parse_extent("RW 63 FLAT \"dev.vmdk\" 0").unwrap().is_device());
    }
}
