//! What the page needs of an inspection, and what the request needs of an image.

use super::block::{Block, Code, Label, Tone};
use super::locale::Locale;
use super::verdict;
use crate::image::Format;
use crate::inspect::{DiskInAppliance, DiskUpload, Machine, Report};
use crate::plan::Action;
use crate::read::read;
use crate::text::fill;
use crate::text::report::ReportTexts;
use crate::verdict::Verdict;
use crate::verdict::advice::{Advice, Call};
use serde::{Deserialize, Serialize};

/// What was found in the files that were picked together, as the page shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct InspectedSet {
    /// The images among them: of a descriptor and its extents, one. Never empty.
    pub images: Vec<Inspected>,
    /// What is to be said of the disks as one machine; empty unless there are several.
    pub machine: Vec<Block>,
    /// The answers in a sentence, for those who hear them.
    pub announcement: String,
    /// What they suggest together for the requests.
    pub proposals: Vec<Action>,
    /// Which of the images are the disks of that machine, in the order in which they are suggested.
    pub disks: Vec<usize>,
}

read!(struct InspectedSet { images, machine, announcement, proposals, disks });

/// A report as the page shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Inspected {
    /// Which of the files it was read from, counted from 0.
    pub file: usize,
    /// The image in short, for the request.
    pub facts: ImageFacts,
    /// The sizes of file and disk, in words.
    pub sizes: String,
    /// The two answers, for a list of several images: those of ImportSnapshot and of ImportImage.
    pub answers: Vec<Label>,
    /// Everything there is to say.
    pub blocks: Vec<Block>,
    /// How many bytes of an appliance its manifest has digests of that were not checked yet.
    pub unchecked: u64,
    /// What the image suggests for the requests about it alone.
    pub proposals: Vec<Action>,
}

read!(struct Inspected { file, facts, sizes, answers, blocks, unchecked, proposals });

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
    /// The disks inside it that can be uploaded without the rest.
    #[serde(default)]
    pub disks: Vec<DiskSlice>,
}

read!(struct ImageFacts { name, file_size, virtual_size, format, import_snapshot, import_image, disks });

/// A disk whose file is a stretch of the image: of an OVA, an archive that is not compressed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiskSlice {
    /// The file's name.
    pub name: String,
    /// Where it begins, in bytes.
    pub offset: u64,
    /// How many bytes it has.
    pub length: u64,
    /// The `Format` to declare, where EC2 has one.
    pub format: Option<String>,
}

read!(struct DiskSlice { name, offset, length, format });

impl ImageFacts {
    /// How `call` would take the image.
    pub fn tone_for(&self, call: &str) -> Tone {
        if call == "ImportImage" { self.import_image } else { self.import_snapshot }
    }

    /// Whether neither call takes the image.
    pub fn is_refused(&self) -> bool {
        self.import_snapshot == Tone::Bad && self.import_image == Tone::Bad
    }
}

impl InspectedSet {
    /// The images that are the disks of one machine, in the order in which they are suggested; none unless there are several.
    pub fn disks_of_the_machine(&self) -> Vec<ImageFacts> {
        let images = self.disks.iter().filter_map(|disk| self.images.get(*disk));
        images.map(|image| image.facts.clone()).collect()
    }

    /// The reports on the images that were picked together, in words. `heads` says which of the files each was read from.
    pub fn of(texts: &ReportTexts, locale: &dyn Locale, heads: &[usize], reports: &[Report]) -> Self {
        let machine = Machine::of(reports);
        let keys = keys(reports);
        let images = heads.iter().zip(reports).zip(&keys);
        let image = |((file, report), key): ((&usize, &Report), &String)| Inspected {
            file: *file,
            ..Inspected::of(texts, locale, report, key)
        };
        Self {
            images: images.map(image).collect(),
            announcement: verdict::announcement(texts, reports, machine.as_ref()),
            proposals: proposals_together(reports, &keys, machine.as_ref()),
            disks: machine.as_ref().map(|machine| machine.disks.clone()).unwrap_or_default(),
            machine: machine
                .map(|machine| verdict::machine(texts, &machine, verdict::are_complete(reports)))
                .unwrap_or_default(),
        }
    }
}

impl Inspected {
    /// The report in words. `key` is what the file would be called in the bucket.
    fn of(texts: &ReportTexts, locale: &dyn Locale, report: &Report, key: &str) -> Self {
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
            disks: report.disks.iter().filter_map(slice).collect(),
        };
        Self {
            file: 0,
            sizes: sizes(texts, locale, report),
            answers: verdict::answers_in_short(texts, report),
            blocks,
            unchecked: report.manifest.as_ref().map_or(0, |manifest| manifest.unchecked_bytes),
            proposals: proposals_alone(report, &facts, key),
            facts,
        }
    }
}

/// What each file would be called in the bucket: its name, and of several with one name, its number before it.
fn keys(reports: &[Report]) -> Vec<String> {
    let of = |(index, report): (usize, &Report)| {
        let is_taken = reports[..index].iter().any(|other| other.path == report.path);
        if is_taken { format!("{}-{}", index + 1, report.path) } else { report.path.clone() }
    };
    reports.iter().enumerate().map(of).collect()
}

fn slice(disk: &DiskInAppliance) -> Option<DiskSlice> {
    let DiskUpload::Slice { name, offset, length } = &disk.upload else { return None };
    let format = format_to_declare(disk.report.format).map(str::to_owned);
    Some(DiskSlice { name: name.clone(), offset: *offset, length: *length, format })
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

fn propose(call: &str, path: impl Into<String>, value: Option<String>) -> Action {
    Action::Propose { call: call.into(), path: path.into(), value: value.map(serde_json::Value::from) }
}

/// What one image suggests for each call that concerns it alone: entered where the person has entered nothing.
fn proposals_alone(report: &Report, facts: &ImageFacts, key: &str) -> Vec<Action> {
    let advice = &report.advice;
    let format = facts.format.clone().filter(|format| ["VMDK", "VHD", "RAW"].contains(&format.as_str()));
    vec![
        propose("ImportSnapshot", "DiskContainer.Format", format),
        propose("ImportSnapshot", "DiskContainer.UserBucket.S3Key", Some(key.to_owned())),
        propose("RegisterImage", "Architecture", advice.architecture.clone()),
        propose("RegisterImage", "BootMode", advice.boot_mode.clone()),
    ]
}

/// What the images suggest for ImportImage: one is a machine, and so are the disks of several.
fn proposals_together(reports: &[Report], keys: &[String], machine: Option<&Machine>) -> Vec<Action> {
    const CALL: &str = "ImportImage";
    let disks = machine.map_or(vec![0], |machine| machine.disks.clone());
    let mut proposals: Vec<Action> =
        advised_call(reports, machine).into_iter().map(Action::ProposeCall).collect();
    for (index, (report, key)) in
        disks.iter().filter_map(|disk| reports.get(*disk).zip(keys.get(*disk))).enumerate()
    {
        let container = format!("DiskContainers[{index}]");
        let format = format_to_declare(report.format).map(str::to_owned);
        proposals.push(propose(CALL, format!("{container}.Format"), format));
        proposals.push(propose(CALL, format!("{container}.UserBucket.S3Key"), Some(key.clone())));
    }
    proposals.push(Action::ProposeLength {
        call: CALL.into(),
        path: "DiskContainers".into(),
        length: disks.len(),
    });
    // The disk that a system starts from comes first.
    let system = disks.first().and_then(|disk| reports.get(*disk));
    let accepted = match (machine, system) {
        (Some(machine), _) => machine.verdict != Verdict::Refused,
        (None, Some(report)) => report.verdict.import_image != Verdict::Refused,
        (None, None) => false,
    };
    let advice = system.map(|report| &report.advice).filter(|_| accepted);
    let advised = |value: fn(&Advice) -> &Option<String>| advice.and_then(|advice| value(advice).clone());
    proposals.push(propose(CALL, "BootMode", advised(|advice| &advice.boot_mode)));
    proposals.push(propose(CALL, "Platform", advised(|advice| &advice.platform)));
    proposals.push(propose(CALL, "LicenseType", advised(|advice| &advice.license_type)));
    proposals
}

/// The call that takes the machine, where one does, else the one that takes the first image.
fn advised_call(reports: &[Report], machine: Option<&Machine>) -> Option<String> {
    let of_machine = machine.filter(|machine| machine.verdict != Verdict::Refused).map(|_| Call::ImportImage);
    let call = of_machine.or_else(|| reports.first()?.advice.call)?;
    Some(call.name().into())
}
