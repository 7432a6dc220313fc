//! Whether the object is there, and is the file.

use super::command::{Command, Left, StopReason};
use super::event::Millis;
use super::retry::MOST_ATTEMPTS;
use super::{Engine, Integrity, Kind, Object, Stage};
use crate::upload::answers::{Completed, Response, completed};
use crate::upload::checksum::{Crc64, Md5Sum, composite_etag};
use crate::upload::failure::{Ending, Failure, classify};
use crate::upload::receipt::{Checks, PartsCheck, Receipt, WholeCheck};

impl Engine {
    pub(super) fn completed(&mut self, response: &Response, now: Millis) {
        match completed(&response.body) {
            Completed::Object { etag, checksum } => {
                let etag = etag.or_else(|| response.etag.clone());
                self.object = Object { etag, checksum, version: response.version.clone() };
                self.go_to(Stage::ReadingBack);
                self.skip_reading_back();
            }
            Completed::Error(code) => {
                let failure = classify(&Ending {
                    status: 500,
                    body: &response.body,
                    sent: 0,
                    online: self.online,
                    file_intact: true,
                    blocked_by_policy: false,
                });
                self.failed(Kind::Complete, failure, &code, response.retry_after, now);
            }
            Completed::Cut => self.again(Kind::Complete, Failure::NetworkLost, None, MOST_ATTEMPTS, now),
        }
    }

    pub(super) fn skip_reading_back(&mut self) {
        if !self.settings.can_read_back {
            self.conclude(None);
        }
    }

    /// S3 does not know the upload: it was completed by a request whose answer was lost, or it is gone.
    pub(super) fn upload_is_gone(&mut self) {
        self.abandon_parts();
        let all_kept = usize::from(self.settings.plan.count()) == self.recorded.len();
        if all_kept {
            self.believe_record();
        }
        self.is_uncertain = true;
        if !self.may_exist && !all_kept {
            self.nothing_there();
        } else if self.settings.can_read_back {
            self.go_to(Stage::ReadingBack);
        } else {
            self.stop(StopReason::Unknown, Left::Object);
        }
    }

    pub(super) fn nothing_there(&mut self) {
        self.stop(self.ending.unwrap_or(StopReason::UploadGone), Left::Nothing);
    }

    /// Compares the object with the file and ends.
    pub(super) fn conclude(&mut self, head: Option<&Response>) {
        let object = Object {
            etag: head.and_then(|head| head.etag.clone()).or_else(|| self.object.etag.clone()),
            checksum: head.and_then(|head| head.checksum).or(self.object.checksum),
            version: head.and_then(|head| head.version.clone()).or_else(|| self.object.version.clone()),
        };
        // All parts are done, so their bytes have been read.
        let Some(whole) = self.parts.whole() else {
            self.stop(StopReason::Unknown, Left::Object);
            return;
        };
        let size = self.settings.plan.file_size();
        let length = head.and_then(|head| head.length);
        let etag = object.etag.as_deref().map(|etag| etag.trim_matches('"'));
        let told = self.object.etag.as_deref().map(|etag| etag.trim_matches('"'));
        let is_other = !self.is_uncertain && told.is_some() && etag.is_some() && told != etag;
        let differs = length.is_some_and(|length| length != size)
            || object.checksum.is_some_and(|checksum| checksum != whole)
            || is_other;
        // Such an ETag shows that the object is made of these parts; only if each was right is the whole.
        let of_these_parts = etag.is_some() && etag == self.expected_etag().as_deref();
        let all_verified = self.parts.iter().all(|(_, part)| part.verified);
        let check = if object.checksum.is_some() {
            WholeCheck::Checksum
        } else if of_these_parts && all_verified {
            WholeCheck::Etag
        } else if self.settings.integrity == Integrity::Signed && !self.is_uncertain {
            WholeCheck::SignedChecksum
        } else if length.is_some() {
            WholeCheck::Size
        } else {
            WholeCheck::NotReadBack
        };
        let is_known = object.checksum.is_some() || of_these_parts;
        match (self.is_uncertain, differs) {
            // What lies under the key is an object of before.
            (true, true) => self.nothing_there(),
            (true, false) if !is_known => self.stop(self.ending.unwrap_or(StopReason::Unknown), Left::Object),
            (false, true) => self.stop(StopReason::ObjectDiffers, Left::Object),
            _ => self.finish(whole, etag.map(str::to_owned), object.version.clone(), check),
        }
    }

    /// The ETag an object of these parts has where ETags are MD5 sums.
    pub(super) fn expected_etag(&self) -> Option<String> {
        let sums = self.parts.iter().map(|(_, part)| part.etag.as_deref().and_then(Md5Sum::from_etag));
        if self.settings.plan.is_single() {
            let part = self.parts.get(1)?;
            return part
                .etag_is_sum()
                .then(|| part.etag.as_deref().map(|etag| etag.trim_matches('"').to_owned()))?;
        }
        Some(composite_etag(sums.collect::<Option<Vec<_>>>()?))
    }

    pub(super) fn finish(
        &mut self,
        crc64nvme: Crc64,
        etag: Option<String>,
        version: Option<String>,
        whole: WholeCheck,
    ) {
        let verified = self.parts.iter().filter(|(_, part)| part.verified).count();
        let count = usize::from(self.settings.plan.count());
        let parts = match self.settings.integrity {
            Integrity::Signed if verified == count => PartsCheck::SignedChecksum,
            Integrity::Compared if verified == count => PartsCheck::Compared,
            _ if verified > 0 => PartsCheck::NotAll,
            _ => PartsCheck::NotAny,
        };
        let settings = &self.settings;
        let receipt = Receipt {
            bucket: settings.bucket.clone(),
            key: settings.key.clone(),
            region: settings.region.clone(),
            file_name: settings.file.name.clone(),
            size: settings.plan.file_size(),
            etag,
            version,
            crc64nvme,
            parts: settings.plan.count(),
            part_size: settings.plan.part_size(),
            retries: self.retries,
            started: self.started.unwrap_or(0),
            ended: self.now,
            checks: Checks { parts, whole },
        };
        self.stage = Stage::Ended;
        self.hold = None;
        self.out.push(Command::Forget);
        self.out.push(Command::Finished(Box::new(receipt)));
    }
}
