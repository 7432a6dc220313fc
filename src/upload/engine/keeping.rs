//! What is kept of an upload, so that it goes on after a reload, and what is believed of it then.

use super::{Contents, Digests, Engine, Record, Settings, State};

impl Engine {
    /// An upload that was begun before. The file must be the one of the record
    /// ([`difference`](crate::upload::resume::FileIdentity::difference)); the upload, its parts and whether these may bring
    /// checksums are the record's, whatever `settings` says of them.
    pub fn resume(settings: Settings, record: &Record) -> Self {
        let plan = record.plan().unwrap_or(settings.plan);
        let upload_id = Some(record.upload_id.clone());
        let integrity = settings.integrity.in_upload(record.checksums);
        let mut engine = Self::new(Settings { plan, integrity, upload_id, ..settings });
        engine.is_taken_up = true;
        engine.has_checksums = record.checksums;
        engine.recorded = record.done.iter().map(|part| (part.number, part.clone())).collect();
        engine.started = Some(record.started);
        engine.retries = record.retries;
        engine
    }

    pub(super) fn believe_record(&mut self) {
        for (number, done) in std::mem::take(&mut self.recorded) {
            if let Some(part) = self.parts.get_mut(number) {
                part.etag = Some(done.etag);
                part.verified = done.verified;
                part.was_recorded = true;
                part.kept = Some(done.crc64nvme);
                part.digests = done.verified.then_some(Digests { crc64nvme: done.crc64nvme, md5: None });
                self.parts.set(number, if done.verified { State::Done } else { State::Sent });
            }
        }
    }

    /// What is to be kept now.
    pub(super) fn record(&self) -> Option<Record> {
        let done = self.parts.iter().filter_map(|(number, part)| part.to_keep(number));
        // Before S3's list has come, what was kept before is all that is known.
        let done =
            if self.recorded.is_empty() { done.collect() } else { self.recorded.values().cloned().collect() };
        let Settings { bucket, key, region, file, plan, .. } = &self.settings;
        Some(Record::new(Contents {
            bucket,
            key,
            region,
            upload_id: self.upload_id.as_deref()?,
            file,
            plan: *plan,
            checksums: self.has_checksums,
            done,
            started: self.started.unwrap_or(0),
            retries: self.retries,
        }))
    }

    pub(super) fn persist_at_once(&mut self) {
        self.dirty = true;
        self.persisted = None;
    }
}
