//! Where an upload goes, what speaks against it, and how it differs from the form.

use super::super::block::{Block, Offer, Tone};
use super::super::image::ImageFacts;
use super::super::locale::Locale;
use super::super::output::WritingOption;
use super::super::request::{Situation, request};
use super::super::runbook::disks::objects;
use super::means::{self, Read};
use super::preparation::{preparation, wanted};
use super::settings::{Chosen, chosen, options};
use crate::plan::{Action, Plan};
use crate::read::read;
use crate::text::fill;
use crate::text::upload::UploadTexts;
use crate::upload::SINGLE_PUT_LIMIT;
use crate::upload::means::{Means, Place};
use crate::upload::resume::Record;
use crate::upload::settings::{Pace, Route};
use serde::{Deserialize, Serialize};

/// What the page knows of an upload before it begins. What was pasted is a key to the bucket: it enters no draft.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct UploadEntry {
    /// What was pasted: a presigned URL, a ticket, or credentials.
    pub url: String,
    /// The page's own origin, which the bucket's CORS rule must name.
    pub origin: String,
    /// What was kept of uploads of this file that were not finished, as [`Record::to_json`] writes it.
    pub records: Vec<String>,
    /// Which disk of the image is to be uploaded, counted from 1; 0 for the image as a whole.
    #[serde(default)]
    pub piece: u32,
}

/// Where an upload goes, as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Target {
    /// What can be uploaded, where there is a choice: the image as a whole, then each of its disks, with what each
    /// suggests for the requests.
    pub pieces: Vec<Offer>,
    /// What is wrong with what was pasted; empty for nothing.
    pub problem: String,
    /// Whether what was pasted is understood: it is shown no more then.
    pub is_held: bool,
    /// Whether it signs for any object: credentials do, and the newest of them are as good as those of before.
    pub is_for_any_object: bool,
    /// What was pasted and what was begun before, and how it differs from the form.
    pub blocks: Vec<Block>,
    /// How to make a ticket or a URL, and the CORS rule to apply before.
    pub preparation: Vec<Block>,
    /// Why no upload can begin; empty where one can.
    pub obstacle: String,
    /// Where it goes.
    pub destination: Destination,
    /// The key that the file would have by its own name, beside the one in the form; empty where what was pasted is for
    /// one key.
    pub own_key: String,
    /// Where each disk of the machine would go: of its files, or of the appliance's, in their order and by their names.
    /// Empty unless there are several, each has a key of its own, and what was pasted is for no one key.
    pub together: Vec<DiskDestination>,
    /// The settings there are.
    pub settings: Vec<WritingOption>,
    /// What was chosen of how much is sent at a time; `None` where that cannot be.
    pub pace: Option<Pace>,
    /// What was chosen of how credentials reach the bucket.
    pub route: Route,
    /// Whether the person wants to be told of the end.
    pub notify: bool,
}

read!(struct Target { pieces, problem, is_held, is_for_any_object, blocks, preparation, obstacle, destination, own_key, together, settings, pace, route, notify });

/// The object that an upload makes, as far as it is known; what is not is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Destination {
    /// The bucket.
    pub bucket: String,
    /// The key.
    pub key: String,
    /// The Region.
    pub region: String,
    /// The page's own origin.
    pub origin: String,
}

read!(struct Destination { bucket, key, region, origin });

/// Where a disk of the machine would go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DiskDestination {
    /// The name of its file.
    pub name: String,
    /// Where it goes.
    pub destination: Destination,
}

read!(struct DiskDestination { name, destination });

impl Destination {
    /// Whether nothing of the place in S3 is missing.
    pub(super) fn is_complete(&self) -> bool {
        ![&self.bucket, &self.key, &self.region].iter().any(|part| part.is_empty())
    }

    /// The place in S3.
    pub fn place(&self) -> Place<'_> {
        Place { bucket: &self.bucket, key: &self.key, region: &self.region }
    }
}

/// What the request says of the object that the chosen image is read from.
struct Entered {
    /// The container's path; `None` where the request has none for this image.
    container: Option<String>,
    bucket: String,
    key: String,
}

/// Where the request has the chosen image. Of the disks of a machine each has a container of its own: the bytes of one never
/// go to the key of another.
fn entered(situation: &Situation, image: Option<&ImageFacts>) -> Entered {
    let plan = &situation.plan;
    let of = |container: &str| Entered {
        container: Some(container.to_owned()),
        bucket: plan.text(&bucket_path(container)),
        key: plan.text(&key_path(container)),
    };
    let disk = situation.disks.iter().position(|disk| situation.image.as_ref() == Some(disk));
    match (plan.call.as_str(), disk, image) {
        ("ImportSnapshot", ..) => of("DiskContainer"),
        ("ImportImage", Some(disk), Some(image)) => {
            let object = objects(situation, &request(plan)).into_iter().nth(disk).flatten();
            let container = object.map(|object| object.container);
            let own = container.as_deref().map(of).filter(|own| !own.key.is_empty());
            own.unwrap_or_else(|| {
                // What has no key of its own goes beside the first disk, by its name.
                let first = of(FIRST_CONTAINER);
                let key = match first.key.as_str() {
                    "" => String::new(),
                    key => prefix(key) + &image.name,
                };
                Entered { container, key, ..first }
            })
        }
        ("ImportImage", ..) => of(FIRST_CONTAINER),
        _ => Entered { container: None, bucket: String::new(), key: String::new() },
    }
}

/// The container that the disk which a system starts from is suggested for.
const FIRST_CONTAINER: &str = "DiskContainers[0]";

/// What there is to say of the upload that `situation` prepares.
pub(in super::super) fn target(texts: &UploadTexts, locale: &dyn Locale, situation: &Situation) -> Target {
    let (plan, entry) = (&situation.plan, &situation.upload);
    let image = situation.image.as_ref().map(|image| piece(image, entry.piece));
    let image = image.as_ref();
    let entered = entered(situation, image);
    let form = Destination {
        bucket: entered.bucket,
        key: entered.key,
        region: plan.region.clone(),
        origin: entry.origin.clone(),
    };
    let size = image.map(|image| image.file_size);
    let chosen = chosen(texts, plan);
    let read = means::read(texts, locale, &entry.url, image, situation.now, form.place(), &chosen.route);
    let records: Vec<Record> = entry.records.iter().filter_map(|record| Record::read(record)).collect();
    let records: Vec<&Record> = records.iter().filter(|record| Some(record.file.size) == size).collect();
    let named = |own: fn(&Read) -> &String, form: &String| {
        let named = read.as_ref().map(own).filter(|text| !text.is_empty());
        named.unwrap_or(form).clone()
    };
    let destination = Destination {
        bucket: named(|read| &read.bucket, &form.bucket),
        key: named(|read| &read.key, &form.key),
        region: named(|read| &read.region, &form.region),
        origin: form.origin,
    };
    let container = entered.container.as_deref();
    let mut blocks = Vec::new();
    let record = begun_here(&records, read.as_ref(), &destination);
    for own in &records {
        blocks.push(begun_before(texts, locale, own, read.as_ref(), &destination));
        if read.as_ref().is_none_or(|read| !read.names_object) {
            let place = [&own.bucket, &own.key, &own.region];
            blocks.extend(take_over(texts, plan, container, place).map(|offer| Block::Offers(vec![offer])));
        }
    }
    if let Some(read) = &read {
        blocks.extend(read.blocks.iter().cloned());
        if read.names_object {
            blocks.extend(differences(texts, plan, container, read));
        }
    }
    if image.is_some_and(ImageFacts::is_refused) {
        blocks.push(Block::toned(Tone::Soft, texts.upload_refused_image));
    }
    let script = image.and_then(|image| wanted(image, &destination, record, &chosen));
    let is_held = is_held(&entry.url, read.as_ref());
    let hands_out_credentials = script.is_some_and(|wanted| wanted.is_too_long_for_a_ticket());
    Target {
        obstacle: obstacle(texts, entry, image, read.as_ref(), &destination, &chosen).into(),
        pieces: situation.image.as_ref().map(|image| pieces(texts, locale, image)).unwrap_or_default(),
        preparation: preparation(texts, image, &destination, record, &chosen),
        own_key: own_key(image, read.as_ref(), &destination),
        together: together(situation, read.as_ref(), &destination),
        is_for_any_object: is_held && Means::of(&entry.url) == Some(Means::Credentials),
        is_held,
        problem: read.map(|read| read.problem).unwrap_or_default(),
        settings: options(texts, plan, Means::of(&entry.url), hands_out_credentials),
        pace: chosen.pace,
        notify: chosen.notify,
        route: chosen.route,
        blocks,
        destination,
    }
}

/// Whether it is known what was pasted, whatever speaks against it in this place: a text that was cut off is to be seen.
fn is_held(pasted: &str, read: Option<&Read>) -> bool {
    match Means::of(pasted) {
        Some(Means::Ticket) => serde_json::from_str::<serde::de::IgnoredAny>(pasted).is_ok(),
        // Those that can be read are described.
        _ => read.is_some_and(|read| !read.blocks.is_empty()),
    }
}

/// The file's name under the form's prefix: what was pasted for one key takes no other.
fn own_key(image: Option<&ImageFacts>, read: Option<&Read>, destination: &Destination) -> String {
    match (image, read) {
        (Some(image), Some(read)) if !read.names_object => prefix(&destination.key) + &image.name,
        _ => String::new(),
    }
}

/// What stands before the file's name in the key.
fn prefix(key: &str) -> String {
    key.rsplit_once('/').map(|(prefix, _)| format!("{prefix}/")).unwrap_or_default()
}

/// Where each disk of the machine would go: where the request has it, else by its own name beside the one that is chosen, or
/// beside the first.
fn together(situation: &Situation, read: Option<&Read>, destination: &Destination) -> Vec<DiskDestination> {
    let Some(_) = read.filter(|read| !read.names_object && read.source.is_some()) else { return Vec::new() };
    let slices = situation.image.iter().flat_map(|image| &image.disks).map(|disk| &disk.name);
    let files = situation.disks.iter().map(|disk| &disk.name);
    let names: Vec<&String> = if situation.disks.is_empty() { slices.collect() } else { files.collect() };
    if names.len() < 2 {
        return Vec::new();
    }
    let request = request(&situation.plan);
    let is_machine = request.call.name == "ImportImage" && !situation.disks.is_empty();
    let objects = if is_machine { objects(situation, &request) } else { Vec::new() };
    // Which of two files of one name would be which object is told by the request alone.
    let is_unnamed = |index: usize| objects.get(index).is_none_or(Option::is_none);
    if (1..names.len()).any(|index| names[..index].contains(&names[index]) && is_unnamed(index)) {
        return Vec::new();
    }
    let plan = &situation.plan;
    let (first_bucket, first_key) = if is_machine {
        (plan.text(&bucket_path(FIRST_CONTAINER)), plan.text(&key_path(FIRST_CONTAINER)))
    } else {
        (destination.bucket.clone(), destination.key.clone())
    };
    let place = |(index, name): (usize, &&String)| {
        let is_chosen = situation.disks.get(index).is_some_and(|disk| situation.image.as_ref() == Some(disk));
        if request.call.name == "ImportSnapshot" && is_chosen {
            return DiskDestination { name: (*name).clone(), destination: destination.clone() };
        }
        let object = objects.get(index).and_then(Option::as_ref).filter(|object| !object.key.is_empty());
        let key = object.map_or_else(|| prefix(&first_key) + name, |object| object.key.clone());
        let bucket = object.map(|object| &object.bucket).filter(|bucket| !bucket.is_empty());
        let bucket = bucket.unwrap_or(&first_bucket).clone();
        let destination = Destination { bucket, key, ..destination.clone() };
        DiskDestination { name: (*name).clone(), destination }
    };
    let places: Vec<DiskDestination> = names.iter().enumerate().map(place).collect();
    let is_twice = |at: usize| places[..at].iter().any(|before| before.destination == places[at].destination);
    if (1..places.len()).any(is_twice) { Vec::new() } else { places }
}

/// The image, or the disk in it that is to be uploaded instead.
fn piece(image: &ImageFacts, piece: u32) -> ImageFacts {
    let disk = usize::try_from(piece).ok().and_then(|piece| image.disks.get(piece.checked_sub(1)?));
    match disk {
        Some(disk) => ImageFacts { name: disk.name.clone(), file_size: disk.length, ..image.clone() },
        None => image.clone(),
    }
}

fn pieces(texts: &UploadTexts, locale: &dyn Locale, image: &ImageFacts) -> Vec<Offer> {
    if image.disks.is_empty() {
        return Vec::new();
    }
    let whole = (texts.upload_whole, &image.name, image.file_size, &image.format);
    let disks = image.disks.iter().map(|disk| (texts.upload_disk, &disk.name, disk.length, &disk.format));
    std::iter::once(whole)
        .chain(disks)
        .map(|(text, name, size, format)| {
            let text = fill(text, &[("name", name), ("size", &locale.size(size))]);
            let of = |call: &str, container: &str| {
                let propose = |member: &str, value: Option<String>| Action::Propose {
                    call: call.into(),
                    path: format!("{container}.{member}"),
                    value: value.map(Into::into),
                };
                // ImportSnapshot takes a disk, never an appliance.
                let format = format.clone().filter(|format| call != "ImportSnapshot" || format != "OVA");
                [propose("UserBucket.S3Key", Some(name.clone())), propose("Format", format)]
            };
            let changes = of("ImportSnapshot", "DiskContainer").into_iter();
            Offer { text, changes: changes.chain(of("ImportImage", "DiskContainers[0]")).collect() }
        })
        .collect()
}

/// Why no upload can begin: what has expired or belongs to another service cannot work; the other doubts are the
/// person's to weigh.
fn obstacle(
    texts: &UploadTexts,
    entry: &UploadEntry,
    image: Option<&ImageFacts>,
    read: Option<&Read>,
    destination: &Destination,
    chosen: &Chosen,
) -> &'static str {
    let means = Means::of(&entry.url);
    let has_gap =
        destination.bucket.is_empty() || destination.key.is_empty() || destination.region.is_empty();
    match (image, read) {
        (None, _) => texts.upload_needs_image,
        (_, None) => texts.upload_needs_url,
        (Some(image), _) if means == Some(Means::Url) && image.file_size > SINGLE_PUT_LIMIT => {
            texts.upload_in_parts_only
        }
        (_, Some(read)) if read.is_hopeless => texts.upload_needs_new_url,
        (_, Some(read)) if read.source.is_some() => chosen.problem,
        _ if means == Some(Means::Credentials) && has_gap => texts.upload_needs_place,
        _ => texts.upload_needs_url,
    }
}

/// Of the uploads that were begun before, the one that is meant: what was pasted goes on with it, or it goes where the form
/// says, or the form does not say yet.
fn begun_here<'a>(
    records: &[&'a Record],
    read: Option<&Read>,
    destination: &Destination,
) -> Option<&'a Record> {
    let source = read.and_then(|read| read.source.as_ref());
    let continued = records.iter().find(|record| source.is_some_and(|source| source.continues(record)));
    continued.or_else(|| records.iter().find(|record| !is_elsewhere(record, destination))).copied()
}

/// Whether the form names another place than that of `record`.
fn is_elsewhere(record: &Record, destination: &Destination) -> bool {
    let has_gap = destination.bucket.is_empty() || destination.key.is_empty();
    !has_gap && (&record.bucket, &record.key) != (&destination.bucket, &destination.key)
}

/// What was begun before, and whether what was pasted goes on with it.
fn begun_before(
    texts: &UploadTexts,
    locale: &dyn Locale,
    record: &Record,
    read: Option<&Read>,
    destination: &Destination,
) -> Block {
    #[expect(clippy::cast_precision_loss, reason = "a moment in this era")]
    let moment = locale.moment(record.started as f64);
    let values = [
        ("moment", moment),
        ("done", locale.size(record.bytes_done())),
        ("total", locale.size(record.file.size)),
        ("bucket", record.bucket.clone()),
        ("key", record.key.clone()),
    ];
    let lead = fill(texts.upload_begun, &values.each_ref().map(|(name, value)| (*name, value.as_str())));
    match read.and_then(|read| read.source.as_ref()) {
        Some(source) if source.continues(record) => Block::led(Tone::Good, lead, texts.upload_goes_on),
        _ if is_elsewhere(record, destination) => Block::led(Tone::Note, lead, texts.upload_begun_elsewhere),
        Some(_) => Block::led(Tone::Warn, lead, texts.upload_begins_anew),
        None => Block::led(Tone::Note, lead, texts.upload_can_go_on),
    }
}

/// How what was pasted differs from the form, and the offer to take over what it says.
fn differences(texts: &UploadTexts, plan: &Plan, container: Option<&str>, read: &Read) -> Vec<Block> {
    let Some(container) = container else { return Vec::new() };
    let differing: Vec<Block> = [
        (texts.upload_bucket, &read.bucket, plan.text(&bucket_path(container))),
        (texts.upload_key, &read.key, plan.text(&key_path(container))),
        (texts.upload_region, &read.region, plan.region.clone()),
    ]
    .into_iter()
    .filter(|(_, url, form)| !url.is_empty() && url.as_str() != form && !form.is_empty())
    .map(|(field, url, form)| {
        let values = [("url", url.as_str()), ("form", form.as_str()), ("field", field)];
        Block::toned(Tone::Warn, fill(texts.upload_differs, &values))
    })
    .collect();
    let offer = take_over(texts, plan, Some(container), [&read.bucket, &read.key, &read.region]);
    let offer = offer.map(|offer| Block::Offers(vec![offer]));
    differing.into_iter().chain(offer).collect()
}

/// The offer to put bucket, key and Region into the form; `None` where they are there already.
fn take_over(
    texts: &UploadTexts,
    plan: &Plan,
    container: Option<&str>,
    [bucket, key, region]: [&String; 3],
) -> Option<Offer> {
    let container = container?;
    let (bucket_path, key_path) = (bucket_path(container), key_path(container));
    let is_taken = |value: &str, form: &str| value.is_empty() || value == form;
    // A Region that the form does not have is no difference: it goes with the bucket.
    if is_taken(bucket, &plan.text(&bucket_path))
        && is_taken(key, &plan.text(&key_path))
        && (plan.region.is_empty() || is_taken(region, &plan.region))
    {
        return None;
    }
    let set = |path: String, value: &str| {
        (!value.is_empty()).then(|| Action::Set { path, value: Some(value.into()) })
    };
    let changes = [
        Some(Action::Choose { path: container.to_owned(), way: "UserBucket".into() }),
        set(bucket_path, bucket),
        set(key_path, key),
        (!region.is_empty()).then(|| Action::SetRegion(region.clone())),
    ];
    Some(Offer { text: texts.upload_use_these.into(), changes: changes.into_iter().flatten().collect() })
}

fn bucket_path(container: &str) -> String {
    format!("{container}.UserBucket.S3Bucket")
}

fn key_path(container: &str) -> String {
    format!("{container}.UserBucket.S3Key")
}
