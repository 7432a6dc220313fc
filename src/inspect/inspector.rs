//! The run itself: opens, examines, judges, and counts what it read.

use super::{DiskInAppliance, DiskUpload, ManifestReport, Report};
use crate::guest::TableKind;
use crate::guest::{self, BootMode, Guest};
use crate::image::cache::{BlockCache, Reads};
use crate::image::read_at::read_up_to;
use crate::image::{
    Attachment, Condition, Depth, Fault, FileSet, Format, Image, ImageError, NamedSource, Opened, Opening,
    ReadError, Source, base_name, detect, raw,
};
use crate::sentence::sentence;
use crate::verdict::advice::advise;
use crate::verdict::{DiskFindings, Subject, judge, verdict};
use std::collections::HashSet;
use std::ops::ControlFlow;
use std::rc::Rc;

/// How many reads the first pass may have made before it leaves an appliance's further disks to the second: the first
/// verdict has 24, and what lies on one disk may take 12.
const READS_BEFORE_FURTHER_DISKS: u64 = 12;

/// How many disks of an appliance are opened at all. AWS takes 21; a hostile archive has thousands.
const OPENED_DISKS: usize = 64;

/// How much of a disk is looked at to tell a blank one, in bytes: one block, which was read already.
const BLANK: usize = 64 * 1024;

/// Inspects a set of files. It keeps what it has read: the second pass reads nothing again that the first has read.
pub struct Inspector {
    set: FileSet,
    caches: Vec<Rc<BlockCache>>,
}

/// Inspects the file called `path` of `set`, with the others at hand as its extents and parents.
///
/// # Errors
/// When a file cannot be read, or `set` has none of that name. A damaged image is a report.
pub fn inspect(set: &FileSet, path: &str, depth: Depth) -> Result<Report, ReadError> {
    let by_path = set.files.iter().position(|file| file.name == path);
    let by_name =
        || set.files.iter().position(|file| base_name(&file.name).eq_ignore_ascii_case(base_name(path)));
    let index = by_path.or_else(by_name).ok_or_else(|| no_such_file(path))?;
    Inspector::new(set.clone()).report(index, depth)
}

fn no_such_file(path: &str) -> ReadError {
    ReadError::Failed { offset: 0, reason: sentence!("there is no file called {path} in the set", path) }
}

impl Inspector {
    /// An inspector of `set`.
    pub fn new(set: FileSet) -> Self {
        let caches: Vec<_> =
            set.files.iter().map(|file| Rc::new(BlockCache::new(file.source.clone()))).collect();
        let through_cache = |(file, cache): (NamedSource, &Rc<BlockCache>)| NamedSource {
            name: file.name,
            source: cache.clone(),
        };
        let files = set.files.into_iter().zip(&caches).map(through_cache).collect();
        Self { set: FileSet { files }, caches }
    }

    /// The first verdict on the file that was meant ([`Self::heads`]), from a bounded number of reads.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn first(&self) -> Result<Report, ReadError> {
        self.report(self.principal()?, Depth::First)
    }

    /// Everything that the bytes allow about the file that was meant.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn complete(&self) -> Result<Report, ReadError> {
        self.report(self.principal()?, Depth::Complete)
    }

    /// What [`Self::complete`] says, and whether the files of an appliance have the digests that its manifest says.
    ///
    /// It reads the whole appliance, once and in windows of 4 MiB, which takes minutes. `progress` is told before the
    /// first and after each of them how many bytes are done and how many there are, and may end it: the answer is then
    /// `None`. Where there is nothing to check, `progress` is not called.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn verify(
        &self,
        progress: impl FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<Option<Report>, ReadError> {
        self.verified_report(self.principal()?, progress)
    }

    /// Like [`Self::verify`], of the file at `index` of the set.
    ///
    /// # Errors
    /// When a file cannot be read, or there is none at `index`.
    pub fn verified_report(
        &self,
        index: usize,
        progress: impl FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<Option<Report>, ReadError> {
        let file = self.file(index)?;
        let mut opened = self.open(file, Depth::Complete)?;
        let manifest = opened.image.appliance.as_mut().and_then(|appliance| appliance.manifest.as_mut());
        if let Some(manifest) = manifest.filter(|manifest| manifest.unchecked_bytes() > 0)
            && manifest.check(progress)?.is_break()
        {
            return Ok(None);
        }
        self.report_of(file, opened, Depth::Complete).map(Some)
    }

    /// The first of the heads that is composed of other files here, else the first.
    fn principal(&self) -> Result<usize, ReadError> {
        if self.set.files.len() == 1 {
            return Ok(0);
        }
        let parts = self.parts()?;
        let heads = heads_of(&parts);
        let composed = heads.iter().find(|index| parts.get(**index).is_some_and(|parts| !parts.is_empty()));
        Ok(composed.or_else(|| heads.first()).copied().unwrap_or(0))
    }

    /// The files that are no part of another one here, in the order of the set: of a descriptor and its extents, the
    /// descriptor; of a disk and its parent, the disk. Where each is a part of another, the first.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn heads(&self) -> Result<Vec<usize>, ReadError> {
        if self.set.files.len() == 1 {
            return Ok(vec![0]);
        }
        Ok(heads_of(&self.parts()?))
    }

    /// Of each file, the indices of those that it is composed of.
    fn parts(&self) -> Result<Vec<HashSet<usize>>, ReadError> {
        let parts_of = |(index, file): (usize, &NamedSource)| {
            let image = self.open(file, Depth::First)?.image;
            let extents = image.extents.iter().map(|extent| extent.name.as_str());
            let parent = image.parent.iter().map(|parent| parent.name.as_str());
            let named: HashSet<&str> = extents.chain(parent).map(base_name).collect();
            let is_named = |(other, file): (usize, &NamedSource)| {
                let name = base_name(&file.name);
                (other != index && named.iter().any(|named| named.eq_ignore_ascii_case(name)))
                    .then_some(other)
            };
            Ok(self.set.files.iter().enumerate().filter_map(is_named).collect())
        };
        self.set.files.iter().enumerate().map(parts_of).collect()
    }

    /// What the file at `index` of the set is.
    ///
    /// # Errors
    /// When a file cannot be read, or there is none at `index`.
    pub fn report(&self, index: usize, depth: Depth) -> Result<Report, ReadError> {
        let file = self.file(index)?;
        self.report_of(file, self.open(file, depth)?, depth)
    }

    fn file(&self, index: usize) -> Result<&NamedSource, ReadError> {
        self.set.files.get(index).ok_or_else(|| no_such_file(&format!("number {index}")))
    }

    fn report_of(&self, file: &NamedSource, opened: Opened, depth: Depth) -> Result<Report, ReadError> {
        // A machine's disks are looked into one by one below, not also as the archive's own.
        let disk = opened.disk.filter(|_| opened.image.appliance.is_none());
        let mut found = examine(Opened { image: opened.image, disk }, depth)?;
        let members = self.appliance_disks(&found.image, depth)?;
        if found.image.virtual_size.is_none()
            && let [only] = members.as_slice()
        {
            found.image.virtual_size = only.found.image.virtual_size;
        }
        let reports: Vec<DiskInAppliance> =
            members.iter().map(|member| self.disk_report(member, depth)).collect();
        let mut report = self.assemble(&file.name, &found, &reports, depth);
        if let Some(system) = system_disk(&members) {
            describe_machine(&mut report, &found.image, system, &file.name, &reports, members.len() == 1);
        }
        report.disks = reports;
        Ok(report)
    }

    fn open(&self, file: &NamedSource, depth: Depth) -> Result<Opened, ReadError> {
        let opening = Opening { name: base_name(&file.name), set: &self.set, depth, nesting: 0 };
        detect::open(&file.source, &opening).map_err(read_error)
    }

    /// The disks of an appliance, each opened in place.
    fn appliance_disks(&self, image: &Image, depth: Depth) -> Result<Vec<Member>, ReadError> {
        let Some(appliance) = image.appliance.as_deref() else { return Ok(Vec::new()) };
        let mut members = Vec::new();
        for (number, disk) in appliance.disks.iter().enumerate() {
            let is_affordable = number < OPENED_DISKS
                && (depth == Depth::Complete || self.reads().reads < READS_BEFORE_FURTHER_DISKS);
            let found = if is_affordable {
                examine(Opened { image: disk.image.clone(), disk: disk.disk.clone() }, depth)?
            } else {
                Found { image: disk.image.clone(), guest: None }
            };
            members.push(Member {
                file: disk.file.clone(),
                offset: disk.offset,
                size: disk.size,
                upload: DiskUpload::of(disk),
                attachment: disk.attachment.clone(),
                is_boot_disk: disk.is_boot_disk,
                found,
            });
        }
        Ok(members)
    }

    fn disk_report(&self, member: &Member, depth: Depth) -> DiskInAppliance {
        let report = self.assemble(&member.file, &member.found, &[], depth);
        DiskInAppliance {
            offset: member.offset,
            size: member.size,
            upload: member.upload.clone(),
            attachment: member.attachment.clone(),
            is_boot_disk: member.is_boot_disk,
            report,
        }
    }

    fn assemble(&self, path: &str, found: &Found, disks: &[DiskInAppliance], depth: Depth) -> Report {
        let image = &found.image;
        let guest = found.guest.as_ref();
        let disk_findings = disk_findings(disks);
        let subject = Subject { path, image, guest, disks: &disk_findings };
        let findings = judge(&subject);
        let reads = self.reads();
        Report {
            path: path.into(),
            format: image.format,
            subformat: image.subformat.clone(),
            file_size: image.file_size,
            virtual_size: image.virtual_size,
            creator: image.creator.clone(),
            parent: image.parent.as_ref().map(|parent| parent.name.clone()),
            partition_table: guest.map(|guest| guest.table),
            extents: image.extents.clone(),
            partitions: guest.map(|guest| guest.partitions.clone()).unwrap_or_default(),
            whole_disk: guest.and_then(|guest| guest.whole_disk.clone()),
            volume_groups: guest.map(|guest| guest.volume_groups.clone()).unwrap_or_default(),
            boot_mode: guest.and_then(|guest| guest.boot_mode),
            architecture: guest.and_then(|guest| guest.architecture.clone()),
            os: guest.and_then(|guest| guest.os.clone()),
            disks: Vec::new(),
            manifest: image
                .appliance
                .as_ref()
                .and_then(|appliance| appliance.manifest.as_ref())
                .map(ManifestReport::of),
            verdict: verdict(&findings),
            advice: advise(&subject, &findings),
            findings,
            facts: image.facts.clone(),
            allocated: image.allocated.iter().map(|run| [run.start, run.end]).collect(),
            complete: depth == Depth::Complete,
            bytes_read: reads.bytes,
            reads: reads.reads,
        }
    }

    /// What was read of all files so far.
    fn reads(&self) -> Reads {
        self.caches.iter().map(|cache| cache.reads()).fold(Reads::default(), |sum, reads| Reads {
            reads: sum.reads.saturating_add(reads.reads),
            bytes: sum.bytes.saturating_add(reads.bytes),
        })
    }
}

/// What the first two stages say of one disk.
struct Found {
    image: Image,
    guest: Option<Guest>,
}

/// A disk of an appliance and what it is.
struct Member {
    file: String,
    offset: u64,
    size: u64,
    upload: DiskUpload,
    attachment: Option<Attachment>,
    is_boot_disk: bool,
    found: Found,
}

fn heads_of(parts: &[HashSet<usize>]) -> Vec<usize> {
    let is_part = |index: &usize| parts.iter().any(|parts| parts.contains(index));
    let heads: Vec<usize> = (0..parts.len()).filter(|index| !is_part(index)).collect();
    if heads.is_empty() && !parts.is_empty() { vec![0] } else { heads }
}

/// Looks inside the disk, and settles what a file without a header is.
///
/// The image stage calls everything raw that no other format claims. It stays raw when the guest stage finds a
/// partition table (a damaged one too), a file system or a volume, or when it begins with 64 KiB of zeros: that is a
/// blank disk, or one that was only ever written further on. Anything else is unknown.
fn examine(opened: Opened, depth: Depth) -> Result<Found, ReadError> {
    let Opened { mut image, disk } = opened;
    let Some(disk) = disk else { return Ok(Found { image, guest: None }) };
    let guest = match guest::examine(&disk, depth) {
        Ok(guest) => guest,
        Err(error @ ReadError::Failed { .. }) => return Err(error),
        Err(error) => {
            add_damage(&mut image, error);
            return Ok(Found { image, guest: None });
        }
    };
    if let Some(error) = &guest.unread {
        add_damage(&mut image, error.clone());
    }
    // A file of another kind; or a disk that begins like one, which has a file system further on.
    if image.format == Format::Unknown {
        if has_nothing_known(&guest) {
            return Ok(Found { image, guest: None });
        }
        image = raw::describe(&disk).map_err(read_error)?;
    }
    if image.format == Format::Raw && has_nothing_known(&guest) && !is_blank(&disk)? {
        let conditions = std::mem::take(&mut image.conditions);
        image = Image::new(Format::Unknown, image.file_size);
        image.conditions = conditions
            .into_iter()
            .filter(|condition| matches!(condition, Condition::LooksLike { .. }))
            .collect();
        return Ok(Found { image, guest: None });
    }
    Ok(Found { image, guest: Some(guest) })
}

/// Bytes of the disk that its container cannot give are damage of the container. The image stage may have said so, of
/// the same bytes: it has then looked at more of them.
fn add_damage(image: &mut Image, error: ReadError) {
    let is_said = image.conditions.iter().any(|condition| {
        matches!(condition, Condition::Damaged(_) | Condition::Truncated { .. } | Condition::TextModeDamage)
    });
    if !is_said {
        image.conditions.push(Condition::Damaged(ImageError::from(error)));
    }
}

fn has_nothing_known(guest: &Guest) -> bool {
    guest.table == TableKind::None && guest.whole_disk.is_none() && guest.conditions.is_empty()
}

fn is_blank(disk: &Source) -> Result<bool, ReadError> {
    Ok(read_up_to(disk.as_ref(), 0, BLANK)?.iter().all(|byte| *byte == 0))
}

/// A file that could not be read; every other error is a condition of the image by now.
fn read_error(error: ImageError) -> ReadError {
    debug_assert_eq!(error.fault, Fault::Read);
    ReadError::Failed { offset: error.offset, reason: error.reason }
}

fn disk_findings(disks: &[DiskInAppliance]) -> Vec<DiskFindings<'_>> {
    disks
        .iter()
        .map(|DiskInAppliance { report, .. }| DiskFindings {
            file: &report.path,
            format: report.format,
            findings: &report.findings,
            boot_mode: report.boot_mode,
        })
        .collect()
}

/// The disk that the machine starts from: one with a system, else one that firmware can start, else any; of several,
/// the boot disk by the descriptor, else the first.
fn system_disk(members: &[Member]) -> Option<&Member> {
    let in_order = || {
        let boot = members.iter().filter(|member| member.is_boot_disk);
        boot.chain(members.iter().filter(|member| !member.is_boot_disk))
    };
    let with =
        |is_so: fn(&Guest) -> bool| in_order().find(|member| member.found.guest.as_ref().is_some_and(is_so));
    with(|guest| guest.os.is_some())
        .or_else(|| with(|guest| guest.boot_mode.is_some_and(|mode| mode != BootMode::None)))
        .or_else(|| in_order().next())
}

/// An appliance's machine is what its system disk says.
fn describe_machine(
    report: &mut Report,
    image: &Image,
    system: &Member,
    path: &str,
    disks: &[DiskInAppliance],
    is_only_disk: bool,
) {
    let guest = system.found.guest.as_ref();
    report.boot_mode = guest.and_then(|guest| guest.boot_mode);
    report.architecture = guest.and_then(|guest| guest.architecture.clone());
    report.os = guest.and_then(|guest| guest.os.clone());
    if is_only_disk {
        report.partition_table = guest.map(|guest| guest.table);
        report.partitions = guest.map(|guest| guest.partitions.clone()).unwrap_or_default();
        report.whole_disk = guest.and_then(|guest| guest.whole_disk.clone());
        report.volume_groups = guest.map(|guest| guest.volume_groups.clone()).unwrap_or_default();
    }
    let disks = disk_findings(disks);
    report.advice = advise(&Subject { path, image, guest, disks: &disks }, &report.findings);
}
