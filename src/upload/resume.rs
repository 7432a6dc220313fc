//! What is kept of an upload, so that it survives a reload or a crash. No secrets: neither URLs nor credentials.

use super::checksum::Crc64;
use super::part_plan::{MIB, PartPlan};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// The version of the record.
const VERSION: u32 = 1;

/// A file, as far as it can be told from another without reading all of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FileIdentity {
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// When it was last changed, in milliseconds since 1970.
    pub modified: i64,
    /// Where it begins in the file that was picked, in bytes: a disk inside an appliance.
    pub offset: u64,
    /// The checksum of its [`samples`], where they have been read.
    pub sample: Option<Crc64>,
}

/// Which stretch of which file it is: `size` bytes from `offset` of a file last changed at `modified`.
pub fn stretch(size: u64, modified: i64, offset: u64) -> String {
    format!("{size}.{modified}.{offset}")
}

/// How a file differs from the one an upload was begun with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Difference {
    /// Another size.
    Size,
    /// It was changed since.
    Modified,
    /// The same size and time, and other bytes.
    Content,
}

impl FileIdentity {
    /// How `other` differs; `None` when it is the same file. A file that was renamed is the same.
    pub fn difference(&self, other: &Self) -> Option<Difference> {
        if self.size != other.size {
            return Some(Difference::Size);
        }
        // Two disks of one appliance may have the same samples.
        if self.offset != other.offset {
            return Some(Difference::Content);
        }
        if self.modified != other.modified {
            return Some(Difference::Modified);
        }
        match (self.sample, other.sample) {
            (Some(ours), Some(theirs)) if ours != theirs => Some(Difference::Content),
            _ => None,
        }
    }
}

/// The parts of a file whose checksum, taken over all of them in this order, tells it from another: the first and last
/// mebibyte, where containers have their tables, and fourteen blocks between. At most 3 MiB.
pub fn samples(size: u64) -> Vec<Range<u64>> {
    const BLOCK: u64 = 64 * 1024;
    const COUNT: u64 = 14;
    if size <= 3 * MIB {
        return std::iter::once(0..size).collect();
    }
    let inner = size - 2 * MIB;
    let between = (0..COUNT).map(|index| {
        let start = MIB + inner / COUNT * index;
        start..start + BLOCK.min(inner / COUNT)
    });
    std::iter::once(0..MIB).chain(between).chain(std::iter::once(size - MIB..size)).collect()
}

/// A part that S3 has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DonePart {
    /// Its number.
    pub number: u16,
    /// Its ETag as S3 gave it.
    pub etag: String,
    /// The checksum of what was sent.
    pub crc64nvme: Crc64,
    /// Whether S3 had told something that agrees with it.
    pub verified: bool,
}

/// An upload that can be taken up again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    version: u32,
    /// The bucket.
    pub bucket: String,
    /// The key.
    pub key: String,
    /// The Region.
    pub region: String,
    /// The multipart upload.
    pub upload_id: String,
    /// The file.
    pub file: FileIdentity,
    /// The size of its parts.
    pub part_size: u64,
    /// Whether the upload was created with a checksum for each part.
    pub checksums: bool,
    /// The parts that S3 has.
    pub done: Vec<DonePart>,
    /// When it was begun, in milliseconds since 1970.
    pub started: u64,
    /// How many requests have been repeated.
    pub retries: u32,
}

/// What a record is made of, but for its version.
pub(super) struct Contents<'a> {
    pub(super) bucket: &'a str,
    pub(super) key: &'a str,
    pub(super) region: &'a str,
    pub(super) upload_id: &'a str,
    pub(super) file: &'a FileIdentity,
    pub(super) plan: PartPlan,
    pub(super) checksums: bool,
    pub(super) done: Vec<DonePart>,
    pub(super) started: u64,
    pub(super) retries: u32,
}

impl Record {
    pub(super) fn new(contents: Contents<'_>) -> Self {
        let Contents { bucket, key, region, upload_id, file, plan, checksums, done, started, retries } =
            contents;
        Self {
            version: VERSION,
            bucket: bucket.to_owned(),
            key: key.to_owned(),
            region: region.to_owned(),
            upload_id: upload_id.to_owned(),
            file: file.clone(),
            part_size: plan.part_size(),
            checksums,
            done,
            started,
            retries,
        }
    }

    /// Reads what was kept; `None` for what this version cannot use, which then is as if nothing had been kept.
    pub fn read(json: &str) -> Option<Self> {
        let record: Self = serde_json::from_str(json).ok()?;
        let plan = record.plan()?;
        let mut numbers: Vec<u16> = record.done.iter().map(|part| part.number).collect();
        numbers.sort_unstable();
        let distinct = numbers.windows(2).all(|pair| pair[0] != pair[1]);
        let known = numbers.iter().all(|number| (1..=plan.count()).contains(number));
        (record.version == VERSION && distinct && known && !record.upload_id.is_empty()).then_some(record)
    }

    /// What it is kept under: the same stretch may be on its way to several places.
    pub fn id(&self) -> String {
        format!("{}.{}", self.stretch(), self.upload_id)
    }

    /// Which [`stretch`] of which file is uploaded.
    pub fn stretch(&self) -> String {
        stretch(self.file.size, self.file.modified, self.file.offset)
    }

    /// As it is kept.
    pub fn to_json(&self) -> String {
        // Plain structures of text and numbers: this cannot fail.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Its parts; `None` where the record was tampered with.
    pub fn plan(&self) -> Option<PartPlan> {
        PartPlan::with_part_size(self.file.size, self.part_size).ok()
    }

    /// How many bytes S3 has.
    pub fn bytes_done(&self) -> u64 {
        self.plan().map_or(0, |plan| self.done.iter().map(|part| plan.size_of(part.number)).sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> Record {
        let file =
            FileIdentity { name: "a.raw".into(), size: 100 * MIB, modified: 5, offset: 0, sample: None };
        Record::new(Contents {
            bucket: "b",
            key: "k",
            region: "eu-west-1",
            upload_id: "id",
            file: &file,
            plan: PartPlan::for_file(100 * MIB).unwrap(),
            checksums: true,
            done: vec![DonePart { number: 7, etag: "\"e\"".into(), crc64nvme: Crc64(3), verified: true }],
            started: 1,
            retries: 2,
        })
    }

    #[test]
    fn a_record_survives_being_kept() {
        let read = Record::read(&record().to_json()).unwrap();
        assert_eq!(read, record());
        assert_eq!(read.bytes_done(), 4 * MIB);
    }

    #[test]
    fn uploads_of_one_file_to_two_places_are_kept_apart() {
        let other = Record { bucket: "c".into(), upload_id: "other".into(), ..record() };
        assert_eq!((record().id(), other.id()), ("104857600.5.0.id".into(), "104857600.5.0.other".into()));
        assert_eq!(record().stretch(), other.stretch());
    }

    #[test]
    fn a_record_that_cannot_be_is_as_if_there_were_none() {
        let json = record().to_json();
        for (from, to) in [
            ("\"version\":1", "\"version\":2"),
            ("\"number\":7", "\"number\":8"),
            ("\"partSize\":16777216", "\"partSize\":1"),
            ("\"uploadId\":\"id\"", "\"uploadId\":\"\""),
        ] {
            assert!(json.contains(from), "{from}");
            assert_eq!(Record::read(&json.replace(from, to)), None, "{to}");
        }
    }

    #[test]
    fn a_renamed_file_is_the_same_and_a_changed_one_is_not() {
        let file = FileIdentity { name: "a".into(), size: 5, modified: 7, offset: 0, sample: Some(Crc64(1)) };
        assert_eq!(file.difference(&FileIdentity { name: "b".into(), ..file.clone() }), None);
        assert_eq!(file.difference(&FileIdentity { size: 6, ..file.clone() }), Some(Difference::Size));
        assert_eq!(
            file.difference(&FileIdentity { modified: 8, ..file.clone() }),
            Some(Difference::Modified)
        );
        let other = FileIdentity { sample: Some(Crc64(2)), ..file.clone() };
        assert_eq!(file.difference(&other), Some(Difference::Content));
        let beside = FileIdentity { offset: 512, ..file.clone() };
        assert_eq!(file.difference(&beside), Some(Difference::Content));
    }

    #[test]
    fn samples_lie_in_the_file_in_order_and_are_few() {
        for size in [0, 1, 3 * MIB, 3 * MIB + 1, 4 * MIB, 1 << 40] {
            let ranges = samples(size);
            assert!(ranges.windows(2).all(|pair| pair[0].end <= pair[1].start), "{size}");
            assert_eq!((ranges[0].start, ranges.last().unwrap().end), (0, size));
            assert!(ranges.iter().map(|range| range.end - range.start).sum::<u64>() <= 3 * MIB);
        }
    }
}
