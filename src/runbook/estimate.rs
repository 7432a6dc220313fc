//! Roughly what a journey costs and how long it takes. Every figure states what it assumes.

use super::Runbook;
use super::step::Step;
use crate::sentence::{Sentence, sentence};
use serde::{Deserialize, Serialize};

/// When the prices were AWS's list prices of us-east-1; other Regions cost up to about twice as much.
pub const AS_OF: &str = "2026-11";

/// US dollars for a GB-month of S3 Standard, the first 50 TB.
const STORAGE_PRICE: f64 = 0.023;
/// US dollars for a GB-month of EBS snapshots, standard tier.
const SNAPSHOT_PRICE: f64 = 0.05;
/// US dollars for a GB from one Region to another: the usual one, and that between far Regions.
const TRANSFER_PRICES: [f64; 2] = [0.02, 0.15];
/// A line of 100 and of 1000 Mbit/s, in bytes a second, of which nine tenths are used.
const LINES: [f64; 2] = [11.25e6, 112.5e6];
/// What an import is assumed to convert, since AWS publishes nothing, in bytes of the disk a second, from slow to fast.
const CONVERSION: [f64; 2] = [20e6, 100e6];
/// What an import takes whatever the size, in seconds, from short to long.
const IMPORT_OVERHEAD: [f64; 2] = [300.0, 1200.0];
/// What a copy between Regions is assumed to make, in bytes a second; 500 MiB/s is EBS's own limit for one copy.
const COPY_SPEED: [f64; 2] = [50e6, 524e6];

/// One figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// What it is for, a few words.
    pub title: Sentence,
    /// US dollars once, from least to most.
    pub dollars_once: Option<[f64; 2]>,
    /// US dollars a month for as long as the thing is kept, from least to most.
    pub dollars_monthly: Option<[f64; 2]>,
    /// Seconds, from least to most.
    pub seconds: Option<[f64; 2]>,
    /// What is assumed, a sentence or two.
    pub assumption: Sentence,
}

/// The estimates for the steps that are on.
pub(super) fn of(runbook: &Runbook, steps: &[Step]) -> Vec<Estimate> {
    let (mut file, mut disk, mut written) = (0.0, 0.0, 0.0);
    for each in &runbook.disks {
        #[expect(clippy::cast_precision_loss, reason = "these are rough figures")]
        let sizes = [each.file.size, each.disk_size.unwrap_or(each.file.size)].map(|bytes| bytes as f64);
        file += sizes[0];
        disk += sizes[1];
        written += sizes[0].min(sizes[1]);
    }
    let copies = u32::try_from(runbook.copies.len()).map_or(0.0, f64::from);
    let gigabytes = |bytes: f64| bytes / 1e9;
    // EBS counts in GiB and stores what was written alone: from what the files hold to the whole disks.
    let stored = [written, disk].map(|bytes| bytes / 1_073_741_824.0 * SNAPSHOT_PRICE);
    let disk_words = Sentence::from(if runbook.disks.iter().all(|each| each.disk_size.is_some()) {
        ""
    } else {
        " A disk whose size is not known is taken to be as large as its file."
    });
    let estimate = |title: &'static str, assumption: Sentence| Estimate {
        title: title.into(),
        dollars_once: None,
        dollars_monthly: None,
        seconds: None,
        assumption,
    };
    let mut estimates = Vec::new();
    if steps.contains(&Step::Upload) || steps.contains(&Step::Presign) {
        estimates.push(Estimate {
            seconds: Some([file / LINES[1], file / LINES[0]]),
            ..estimate(
                "Upload",
                "A line of 1000 down to 100 Mbit/s, nine tenths of it used; data into S3 is free.".into(),
            )
        });
        let monthly = gigabytes(file) * STORAGE_PRICE;
        estimates.push(Estimate {
            dollars_monthly: Some([monthly, monthly]),
            ..estimate(
                "What was uploaded, until it is deleted",
                sentence!(
                    "S3 Standard in us-east-1, {as_of}; other Regions cost up to about twice as much.",
                    as_of = AS_OF
                ),
            )
        });
    }
    if steps.contains(&Step::Import) {
        let seconds = [IMPORT_OVERHEAD[0] + disk / CONVERSION[1], IMPORT_OVERHEAD[1] + disk / CONVERSION[0]];
        estimates.push(Estimate {
            dollars_once: Some([0.0, 0.0]),
            seconds: Some(seconds),
            ..estimate(
                "Import",
                sentence!("AWS charges nothing for the import itself and publishes no speed. Assumed, not measured: 5 to 20 minutes whatever the size, and 20 to 100 MB of the disk a second.{disk_words}", disk_words = &disk_words),
            )
        });
        estimates.push(Estimate {
            dollars_monthly: Some(stored),
            ..estimate(
                "Snapshots",
                sentence!("EBS snapshots, standard tier, in us-east-1, {as_of}: from the bytes of the file to the whole disk, since only written blocks are stored.{disk_words}", as_of = AS_OF, disk_words = &disk_words),
            )
        });
    }
    if steps.contains(&Step::Copy) {
        let bytes = [written, disk];
        estimates.push(Estimate {
            dollars_once: Some([
                copies * gigabytes(bytes[0]) * TRANSFER_PRICES[0],
                copies * gigabytes(bytes[1]) * TRANSFER_PRICES[1],
            ]),
            dollars_monthly: Some(stored.map(|dollars| copies * dollars)),
            seconds: Some([bytes[0] / COPY_SPEED[1], bytes[1] / COPY_SPEED[0]]),
            ..estimate(
                "Copies in other Regions",
                sentence!("0.02 to 0.15 dollars a GB between Regions and the price of a snapshot in each, {as_of}; assumed are 50 to 500 MiB a second, all copies at the same time.{disk_words}", as_of = AS_OF, disk_words = &disk_words),
            )
        });
    }
    estimates
}
