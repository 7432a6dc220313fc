//! What the page needs of an inspection, and what the request needs of the image.

use super::block::{Block, Code, Tone};
use super::locale::Locale;
use super::verdict;
use crate::image::Format;
use crate::inspect::Report;
use crate::plan::Action;
use crate::read::read;
use crate::text::fill;
use crate::text::report::ReportTexts;
use crate::verdict::Verdict;
use serde::{Deserialize, Serialize};

/// A report as the page shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Inspected {
    /// The image in short, for the request.
    pub facts: ImageFacts,
    /// The sizes of file and disk, in words.
    pub sizes: String,
    /// The two answers in one sentence, for those who hear them.
    pub announcement: String,
    /// Everything there is to say.
    pub blocks: Vec<Block>,
    /// How many bytes of an appliance its manifest has digests of that were not checked yet.
    pub unchecked: u64,
    /// What the image suggests for the requests.
    pub proposals: Vec<Action>,
}

read!(struct Inspected { facts, sizes, announcement, blocks, unchecked, proposals });

/// What the request, its problems and the upload need to know of the image.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageFacts {
    /// The name of the file that the report is about.
    pub name: String,
    /// Its size in bytes.
    pub file_size: u64,
    /// The disk's size in bytes.
    pub virtual_size: Option<u64>,
    /// The `Format` to declare, where EC2 has one.
    pub format: Option<String>,
    /// How ImportSnapshot would take it.
    pub import_snapshot: Tone,
    /// How ImportImage would take it.
    pub import_image: Tone,
}

read!(struct ImageFacts { name, file_size, virtual_size, format, import_snapshot, import_image });

impl ImageFacts {
    /// Whether neither call takes the image.
    pub fn is_refused(&self) -> bool {
        self.import_snapshot == Tone::Bad && self.import_image == Tone::Bad
    }
}

impl Inspected {
    /// The report in words.
    pub fn of(texts: &ReportTexts, locale: &dyn Locale, report: &Report) -> Self {
        let mut blocks = verdict::blocks(texts, locale, report);
        let json = serde_json::to_string_pretty(report).unwrap_or_default();
        let json = Code::new("report-json", texts.json_label, json).as_file("import-report.json");
        blocks.push(Block::details(texts.as_json, false, vec![Block::Code(json)]));
        let facts = ImageFacts {
            name: report.path.clone(),
            file_size: report.file_size,
            virtual_size: report.virtual_size,
            format: format_to_declare(report.format).map(str::to_owned),
            import_snapshot: verdict::tone_of(report.verdict.import_snapshot),
            import_image: verdict::tone_of(report.verdict.import_image),
        };
        Self {
            sizes: sizes(texts, locale, report),
            announcement: verdict::announcement(texts, report),
            blocks,
            unchecked: report.manifest.as_ref().map_or(0, |manifest| manifest.unchecked_bytes),
            proposals: proposals(report, &facts),
            facts,
        }
    }
}

fn sizes(texts: &ReportTexts, locale: &dyn Locale, report: &Report) -> String {
    let file = locale.size(report.file_size);
    match report.virtual_size {
        Some(disk) => fill(texts.file_and_disk_size, &[("file", &file), ("disk", &locale.size(disk))]),
        None => fill(texts.file_size_only, &[("file", &file)]),
    }
}

fn format_to_declare(format: Format) -> Option<&'static str> {
    match format {
        Format::Vmdk => Some("VMDK"),
        Format::Vhd => Some("VHD"),
        Format::Vhdx => Some("VHDX"),
        Format::Raw => Some("RAW"),
        Format::Ova => Some("OVA"),
        _ => None,
    }
}

/// What the image suggests for each call's parameters: entered where the person has entered nothing.
fn proposals(report: &Report, facts: &ImageFacts) -> Vec<Action> {
    let advice = &report.advice;
    let for_snapshot =
        facts.format.clone().filter(|format| ["VMDK", "VHD", "RAW"].contains(&format.as_str()));
    let image_accepted = report.verdict.import_image != Verdict::Refused;
    let for_image = |value: &Option<String>| value.clone().filter(|_| image_accepted);
    [
        ("ImportSnapshot", "DiskContainer.Format", for_snapshot),
        ("ImportSnapshot", "DiskContainer.UserBucket.S3Key", Some(facts.name.clone())),
        ("ImportImage", "DiskContainers[0].Format", facts.format.clone()),
        ("ImportImage", "DiskContainers[0].UserBucket.S3Key", Some(facts.name.clone())),
        ("ImportImage", "BootMode", for_image(&advice.boot_mode)),
        ("ImportImage", "Platform", for_image(&advice.platform)),
        ("ImportImage", "LicenseType", for_image(&advice.license_type)),
        ("RegisterImage", "Architecture", advice.architecture.clone()),
        ("RegisterImage", "BootMode", advice.boot_mode.clone()),
    ]
    .into_iter()
    .map(|(call, path, value)| Action::Propose {
        call: call.into(),
        path: path.into(),
        value: value.map(serde_json::Value::from),
    })
    .collect()
}
