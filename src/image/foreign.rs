//! Files of other kinds: documents, pictures, programs, text. They hold no disk, and are named so that a person sees at
//! once that it is the wrong file.
//!
//! A guest can write any bytes to the first sector of its disk, so a file with a partition table is never one of these,
//! and a weak mark needs a second structure that agrees. The bytes stay at hand as a disk: where the guest stage finds a
//! file system in them after all, the file is a raw disk.

use super::detect::{Probe, Reader};
use super::layout::{Field, le_u32};
use super::raw::has_partition_table;
use super::{Condition, Format, Image, ImageError, Opened, Opening, Source};
use crate::image::detect::PROBE;
use crate::image::read_at::read_up_to;
use crate::sentence::Sentence;

/// Takes what is known to be no disk.
pub static READER: Reader = Reader { format: Format::Unknown, recognise, open };

/// A kind of file.
struct Kind {
    /// What it is, with its article.
    name: &'static str,
    /// Bytes and their places, which must all be there.
    marks: &'static [(usize, &'static [u8])],
    /// What else must agree, of the first 64 KiB.
    agrees: fn(&[u8]) -> bool,
}

static KINDS: &[Kind] = &[
    Kind { name: "a PDF document", marks: &[(0, b"%PDF-"), (6, b".")], agrees: |_| true },
    Kind { name: "a PNG picture", marks: &[(0, b"\x89PNG\r\n\x1a\n"), (12, b"IHDR")], agrees: |_| true },
    Kind { name: "a JPEG picture", marks: &[(0, b"\xff\xd8\xff"), (6, b"JFIF\0")], agrees: |_| true },
    Kind { name: "a JPEG picture", marks: &[(0, b"\xff\xd8\xff"), (6, b"Exif\0")], agrees: |_| true },
    Kind { name: "a GIF picture", marks: &[(0, b"GIF89a")], agrees: |_| true },
    Kind { name: "a GIF picture", marks: &[(0, b"GIF87a")], agrees: |_| true },
    Kind { name: "an MP4 video", marks: &[(0, b"\0\0"), (4, b"ftyp")], agrees: |_| true },
    Kind { name: "a Matroska video", marks: &[(0, b"\x1a\x45\xdf\xa3")], agrees: names_matroska },
    Kind { name: "a program for Linux (ELF)", marks: &[(0, b"\x7fELF"), (6, b"\x01")], agrees: is_elf },
    Kind { name: "a program for Windows (EXE)", marks: &[(0, b"MZ")], agrees: is_portable_executable },
    Kind {
        name: "an Office document (OLE)",
        marks: &[(0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), (28, b"\xfe\xff")],
        agrees: |_| true,
    },
    Kind { name: OFFICE, marks: &[(0, b"PK\x03\x04"), (30, b"[Content_Types].xml")], agrees: |_| true },
    Kind { name: OFFICE, marks: &[(0, b"PK\x03\x04"), (30, b"_rels/.rels")], agrees: |_| true },
    Kind { name: OFFICE, marks: &[(0, b"PK\x03\x04"), (30, b"mimetypeapplication/")], agrees: |_| true },
    Kind { name: "a Windows image (WIM)", marks: &[(0, b"MSWIM\0\0\0")], agrees: |_| true },
    Kind { name: "a package for Debian", marks: &[(0, b"!<arch>\ndebian-binary")], agrees: |_| true },
    Kind { name: "an RPM package", marks: &[(0, b"\xed\xab\xee\xdb\x03")], agrees: |_| true },
    Kind {
        name: "an SQLite database",
        marks: &[(0, b"SQLite"), (7, b"format"), (14, b"3\0")],
        agrees: |_| true,
    },
    Kind { name: "a web page (HTML)", marks: &[], agrees: |head| is_html(head) && is_text(head) },
    Kind { name: "a text file", marks: &[], agrees: is_text },
];

const OFFICE: &str = "an Office document (ZIP)";

fn recognise(probe: &Probe) -> bool {
    // What a text is, its end says too: a disk may begin with one.
    kind(probe.head, probe.size).is_some_and(|kind| !kind.marks.is_empty() || is_text_to_the_end(probe.tail))
}

fn open(source: &Source, _opening: &Opening) -> Result<Opened, ImageError> {
    let size = source.size();
    let head = read_up_to(source.as_ref(), 0, PROBE)?;
    let mut image = Image::new(Format::Unknown, size);
    if let Some(kind) = kind(&head, size) {
        image.conditions.push(Condition::Foreign { kind: Sentence::from(kind.name) });
    }
    Ok(Opened { image, disk: Some(source.clone()) })
}

fn kind(head: &[u8], size: u64) -> Option<&'static Kind> {
    if has_partition_table(head, size) {
        return None;
    }
    let has = |(offset, bytes): &(usize, &[u8])| head.get(*offset..).is_some_and(|at| at.starts_with(bytes));
    KINDS.iter().find(|kind| kind.marks.iter().all(has) && (kind.agrees)(head))
}

/// The element DocType, in the first bytes.
fn names_matroska(head: &[u8]) -> bool {
    const SEARCHED: usize = 64;
    let start = head.get(..SEARCHED).unwrap_or(head);
    [&b"matroska"[..], b"webm"].iter().any(|name| start.windows(name.len()).any(|bytes| bytes == *name))
}

/// Its class and its byte order.
fn is_elf(head: &[u8]) -> bool {
    matches!(head.get(4..6), Some([1 | 2, 1 | 2]))
}

const NEW_HEADER: Field<u32> = le_u32("e_lfanew", 0x3C);

/// The boot sector of an old disk may begin with "MZ" as well; the second header it has not.
fn is_portable_executable(head: &[u8]) -> bool {
    let at = NEW_HEADER.get(head).ok().and_then(|at| usize::try_from(at).ok());
    at.and_then(|at| head.get(at..)).is_some_and(|bytes| bytes.starts_with(b"PE\0\0"))
}

fn is_html(head: &[u8]) -> bool {
    /// Bytes that are compared.
    const TAG: usize = 16;
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let start = text.get(..TAG.min(text.len())).unwrap_or_default().to_ascii_lowercase();
    start.starts_with(b"<!doctype") || start.starts_with(b"<html")
}

/// Whether these bytes, which may end within a character, are text in UTF-8.
fn is_text(bytes: &[u8]) -> bool {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            bytes.get(..error.valid_up_to()).and_then(|valid| std::str::from_utf8(valid).ok()).unwrap_or("")
        }
        Err(_) => return false,
    };
    !text.is_empty() && text.chars().all(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r' | '\x0c'))
}

/// The same of the end, which may begin within a character.
fn is_text_to_the_end(tail: &[u8]) -> bool {
    let is_continued = |byte: &&u8| **byte & 0xC0 == 0x80;
    let cut = tail.iter().take(3).take_while(is_continued).count();
    tail.get(cut..).is_some_and(is_text)
}

#[cfg(test)]
mod tests {
    use super::super::{Depth, FileSet, detect};
    use super::*;
    use std::rc::Rc;

    fn kind_of(bytes: Vec<u8>) -> (Format, Option<String>) {
        let source: Source = Rc::new(bytes);
        let set = FileSet::of("a", source.clone());
        let opening = Opening { name: "a", set: &set, depth: Depth::First, nesting: 0 };
        let image = detect::open(&source, &opening).unwrap().image;
        let kind = image.conditions.iter().find_map(|condition| match condition {
            Condition::Foreign { kind } => Some(kind.to_string()),
            _ => None,
        });
        (image.format, kind)
    }

    fn with(size: usize, marks: &[(usize, &[u8])]) -> Vec<u8> {
        let mut bytes = vec![0xF5; size];
        for (offset, mark) in marks {
            bytes[*offset..*offset + mark.len()].copy_from_slice(mark);
        }
        bytes
    }

    #[test]
    fn each_kind_is_named() {
        for kind in KINDS.iter().filter(|kind| !kind.marks.is_empty()) {
            let mut bytes = with(4096, kind.marks);
            match kind.name {
                "a Matroska video" => bytes[20..24].copy_from_slice(b"webm"),
                "a program for Linux (ELF)" => bytes[4..6].copy_from_slice(&[2, 1]),
                "a program for Windows (EXE)" => {
                    bytes[0x3C..0x40].copy_from_slice(&0x80_u32.to_le_bytes());
                    bytes[0x80..0x84].copy_from_slice(b"PE\0\0");
                }
                _ => {}
            }
            assert_eq!(kind_of(bytes), (Format::Unknown, Some(kind.name.into())));
        }
        let page = "\u{FEFF} <!DOCTYPE html><title>ä</title>".into();
        assert_eq!(kind_of(page).1.as_deref(), Some("a web page (HTML)"));
        assert_eq!(kind_of("Größe\r\n".repeat(30_000).into()).1.as_deref(), Some("a text file"));
    }

    #[test]
    fn a_weak_mark_alone_is_not_enough() {
        let start = "text\n".repeat(20_000);
        let mut begins_as_text = start.into_bytes();
        begins_as_text.resize(begins_as_text.len() + 100_000, 0);
        for bytes in [
            with(4096, &[(0, b"MZ")]),
            with(4096, &[(0, b"\x7fELF")]),
            with(4096, &[(0, b"\xff\xd8\xff")]),
            begins_as_text,
        ] {
            assert_eq!(kind_of(bytes), (Format::Raw, None));
        }
    }

    #[test]
    fn a_disk_may_begin_with_anything() {
        let mut disk = with(1 << 20, &[(0, b"%PDF-1.7\n")]);
        disk[440..512].fill(0);
        disk[446..462].copy_from_slice(&[0x80, 0, 2, 0, 0x83, 0, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0]);
        disk[510..512].copy_from_slice(b"\x55\xaa");
        assert_eq!(kind_of(disk), (Format::Raw, None));
    }
}
