//! The simulated S3: what it has, and what it answers.

use crate::upload::answers::Response;
use crate::upload::checksum::{Crc64, Digests, Md5Sum, composite_etag};
use crate::upload::engine::retry::Random;
use crate::upload::engine::{Integrity, Millis};
use crate::upload::exchange::{CompletePart, Request};
use crate::upload::part_plan::PartPlan;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Parts on one page of the simulated ListParts.
const PAGE: usize = 4;

/// What the simulated service is like.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "services differ in each of them")]
pub(super) struct Nature {
    pub(super) integrity: Integrity,
    /// ETags are MD5 sums; not so with SSE-KMS.
    pub(super) etags_are_sums: bool,
    /// The CORS rule exposes ETags.
    pub(super) etags_exposed: bool,
    /// ListParts tells checksums.
    pub(super) lists_checksums: bool,
    /// HEAD tells the checksum.
    pub(super) head_tells_checksum: bool,
    /// A repeated Complete is answered as the first; else NoSuchUpload.
    pub(super) complete_is_idempotent: bool,
    pub(super) can_list: bool,
    pub(super) can_read_back: bool,
    pub(super) can_abort: bool,
    /// A part that is broken off hides the one of its number that is there, from Complete alone: Garage.
    pub(super) hides_parts: bool,
    /// Of a thousand requests, so many fail in one way or another.
    pub(super) faults: u64,
}

/// Sums of a part's bytes; another generation is another content.
pub(super) fn sums(number: u16, generation: u64) -> Digests {
    let mut random = Random(u64::from(number) << 32 | generation);
    let mut md5 = [0; 16];
    md5[..8].copy_from_slice(&random.below(u64::MAX - 1).to_be_bytes());
    md5[8..].copy_from_slice(&random.below(u64::MAX - 1).to_be_bytes());
    Digests { crc64nvme: Crc64(random.below(u64::MAX - 1)), md5: Some(Md5Sum(md5)) }
}

#[derive(Debug, Clone)]
pub(super) struct Stored {
    pub(super) digests: Digests,
    pub(super) etag: String,
}

/// S3 and what it has.
#[derive(Debug)]
pub(super) struct Service {
    pub(super) nature: Nature,
    pub(super) plan: PartPlan,
    pub(super) upload: Option<BTreeMap<u16, Stored>>,
    /// Parts that are hidden by a later one which was broken off.
    pub(super) hidden: BTreeSet<u16>,
    /// Whether the upload was created with a checksum algorithm.
    pub(super) has_checksums: bool,
    pub(super) object: Option<BTreeMap<u16, Stored>>,
    /// A signature of before this one is refused.
    pub(super) authorised: bool,
    /// S3's clock less the computer's, in seconds.
    pub(super) skew: i64,
}

impl Service {
    fn etag(&self, digests: Digests) -> String {
        let sum = digests.md5.expect("the simulation has both");
        let shown = if self.nature.etags_are_sums { sum } else { Md5Sum(sum.0.map(|byte| byte ^ 0x55)) };
        format!("\"{}\"", serde_json::to_value(shown).unwrap().as_str().unwrap())
    }

    pub(super) fn error(status: u16, code: &str) -> Response {
        Response {
            status,
            body: format!("<Error><Code>{code}</Code><Message>m</Message></Error>"),
            ..Response::default()
        }
    }

    /// Answers a request; `content` is what arrived of the file.
    pub(super) fn answer(
        &mut self,
        request: &Request,
        content: Option<Digests>,
        signed_at: i64,
        now: Millis,
    ) -> Response {
        let clock = i64::try_from(now / 1000).unwrap() + self.skew;
        if (clock - signed_at).abs() > 900 {
            return Response { date: Some(clock), ..Self::error(403, "RequestTimeTooSkewed") };
        }
        if !self.authorised {
            return Self::error(400, "ExpiredToken");
        }
        let ok = Response { status: 200, ..Response::default() };
        match request {
            Request::Create { checksums } => {
                self.upload = Some(BTreeMap::new());
                self.has_checksums = *checksums;
                let body =
                    "<InitiateMultipartUploadResult><UploadId>id</UploadId></InitiateMultipartUploadResult>";
                Response { body: body.into(), ..ok }
            }
            Request::Put { checksum, .. } => self.take_part(1, *checksum, content, true),
            Request::Part { number, checksum, .. } => self.take_part(*number, *checksum, content, false),
            Request::List { after, .. } => self.list(*after),
            Request::Complete { parts, checksum, .. } => self.complete(parts, *checksum),
            Request::Abort { .. } => match self.upload.take() {
                Some(_) => Response { status: 204, ..ok },
                None => Self::error(404, "NoSuchUpload"),
            },
            Request::Head => match &self.object {
                None => Response { status: 404, ..ok },
                Some(parts) => {
                    let length = Some(self.plan.file_size());
                    let checksum = self.nature.head_tells_checksum.then(|| self.checksum(parts));
                    let etag = self.nature.etags_exposed.then(|| self.object_etag(parts));
                    Response { etag, length, checksum, ..ok }
                }
            },
        }
    }

    fn take_part(
        &mut self,
        number: u16,
        signed: Option<Crc64>,
        content: Option<Digests>,
        whole: bool,
    ) -> Response {
        let digests = content.expect("a part brings bytes");
        if signed.is_some() && !whole && !self.has_checksums {
            // Checksum Type mismatch occurred, expected checksum Type: null
            return Self::error(400, "InvalidRequest");
        }
        if signed.is_some_and(|signed| signed != digests.crc64nvme) {
            return Self::error(400, "BadDigest");
        }
        let stored = Stored { digests, etag: self.etag(digests) };
        let etag = self.nature.etags_exposed.then(|| stored.etag.clone());
        if whole {
            self.object = Some(BTreeMap::from([(1, stored)]));
        } else {
            let Some(parts) = &mut self.upload else { return Self::error(404, "NoSuchUpload") };
            parts.insert(number, stored);
            self.hidden.remove(&number);
        }
        Response { status: 200, etag, ..Response::default() }
    }

    fn list(&self, after: u16) -> Response {
        let Some(parts) = &self.upload else { return Self::error(404, "NoSuchUpload") };
        let later: Vec<_> = parts.range(after + 1..).collect();
        let page = &later[..later.len().min(PAGE)];
        let mut body = format!("<ListPartsResult><IsTruncated>{}</IsTruncated>", later.len() > PAGE);
        if let Some((last, _)) = page.last() {
            let _ = write!(body, "<NextPartNumberMarker>{last}</NextPartNumberMarker>");
        }
        for (number, stored) in page {
            let size = self.plan.size_of(**number);
            let _ = write!(
                body,
                "<Part><PartNumber>{number}</PartNumber><ETag>{}</ETag><Size>{size}</Size>",
                stored.etag
            );
            if self.nature.lists_checksums {
                let sum = stored.digests.crc64nvme.to_base64();
                let _ = write!(body, "<ChecksumCRC64NVME>{sum}</ChecksumCRC64NVME>");
            }
            body.push_str("</Part>");
        }
        body.push_str("</ListPartsResult>");
        Response { status: 200, body, ..Response::default() }
    }

    fn complete(&mut self, named: &[CompletePart], checksum: Option<Crc64>) -> Response {
        if let (None, Some(object), true) = (&self.upload, &self.object, self.nature.complete_is_idempotent) {
            return self.completed(&self.object_etag(object));
        }
        let Some(parts) = &self.upload else { return Self::error(404, "NoSuchUpload") };
        let agrees = |part: &CompletePart| {
            let stored = parts.get(&part.number);
            let checksum = stored.map(|stored| stored.digests.crc64nvme).filter(|_| self.has_checksums);
            stored.is_some_and(|stored| stored.etag == part.etag)
                && part.checksum == checksum
                && !self.hidden.contains(&part.number)
        };
        if named.len() != usize::from(self.plan.count()) || !named.iter().all(agrees) {
            return Self::error(400, "InvalidPart");
        }
        if checksum.is_some_and(|checksum| checksum != self.checksum(parts)) {
            return Self::error(400, "BadDigest");
        }
        let parts = self.upload.take().unwrap();
        let etag = self.object_etag(&parts);
        self.object = Some(parts);
        self.completed(&etag)
    }

    fn completed(&self, etag: &str) -> Response {
        let etag = if self.nature.etags_exposed { format!("<ETag>{etag}</ETag>") } else { String::new() };
        let body = format!("  \n<CompleteMultipartUploadResult>{etag}</CompleteMultipartUploadResult>");
        Response { status: 200, body, ..Response::default() }
    }

    fn object_etag(&self, parts: &BTreeMap<u16, Stored>) -> String {
        if self.plan.is_single() {
            return parts[&1].etag.clone();
        }
        format!("\"{}\"", composite_etag(parts.values().filter_map(|part| Md5Sum::from_etag(&part.etag))))
    }

    pub(super) fn checksum(&self, parts: &BTreeMap<u16, Stored>) -> Crc64 {
        let sums = parts.iter().map(|(number, part)| (part.digests.crc64nvme, self.plan.size_of(*number)));
        Crc64::of_parts(sums)
    }
}
