//! A disk composed of the extents that a descriptor names: flat and split disks, and those of ESX.

use super::descriptor::{Descriptor, ExtentLine};
use super::disk::SparseDisk;
use super::layout::SECTOR;
use super::parent::{self, ParentDisk};
use super::sparse::{SparseExtent, keep_one_truncation, open_extent};
use super::{Reading, creator::creator, facts};
use crate::image::read_at::{ReadAt, ReadError, Source, Window, check_bounds};
use crate::image::runs::Runs;
use crate::image::{Condition, Depth, Extent, Fault, Image, ImageError, NamedSource, Opening, base_name};
use crate::sentence::{Sentence, sentence};
use std::cell::OnceCell;
use std::rc::Rc;

/// More extents than any disk has: 64 TiB in parts of 2 GiB have 32768.
const MOST_EXTENTS: usize = 32 * 1024;

/// Opens the disk that `descriptor` composes.
///
/// # Errors
/// Only reads that failed.
pub(super) fn open(
    mut image: Image,
    descriptor: &Descriptor,
    opening: &Opening,
) -> Result<Reading, ImageError> {
    image.subformat = descriptor.create_type().or_else(|| inferred_type(descriptor));
    image.creator = creator(descriptor);
    facts::of_descriptor(&mut image, descriptor);
    let content_id = descriptor.content_id();
    image.virtual_size = descriptor.size();
    if let Err(error) = check(descriptor) {
        image.conditions.push(Condition::Damaged(error));
        return Ok(Reading { image, disk: None, content_id });
    }
    let parent = parent::find(&mut image, descriptor, opening)?;
    if descriptor.is_device_pointer() {
        image.conditions.push(Condition::DevicePointer);
    }
    let mut composer = Composer::new(opening, parent.as_ref().and_then(|parent| parent.disk.clone()));
    for line in &descriptor.extents {
        composer.add(&mut image, line)?;
    }
    keep_one_truncation(&mut image.conditions);
    let lacks_files = image.extents.iter().any(|extent| !extent.present);
    if lacks_files && !descriptor.is_device_pointer() {
        image.conditions.push(Condition::ExtentsMissing);
    }
    image.allocated = composer.allocated(parent.as_ref());
    let lacks_parent = parent.is_some_and(|parent| parent.disk.is_none());
    let disk = if lacks_files || lacks_parent { None } else { composer.disk() };
    Ok(Reading { image, disk, content_id })
}

fn check(descriptor: &Descriptor) -> Result<(), ImageError> {
    let error = |reason: Sentence| Err(ImageError::malformed("extent description", 0, reason));
    if descriptor.extents.is_empty() {
        return error("the descriptor names no extent".into());
    }
    if descriptor.extents.len() > MOST_EXTENTS {
        return error(sentence!(
            "{extents} extents are more than a disk has",
            extents = descriptor.extents.len()
        ));
    }
    if descriptor.size().is_none() {
        return error("the extents' sizes add up to more than can be addressed".into());
    }
    Ok(())
}

/// What `createType` would be, by the kind of the extents.
fn inferred_type(descriptor: &Descriptor) -> Option<String> {
    let name = match descriptor.extents.first()?.kind.as_str() {
        "FLAT" => "monolithicFlat",
        "VMFS" => "vmfs",
        "VMFSSPARSE" => "vmfsSparse",
        "SESPARSE" => "seSparse",
        "VMFSRDM" => "vmfsRawDeviceMap",
        _ => return None,
    };
    Some(name.to_owned())
}

/// Puts the extents together.
struct Composer<'a> {
    opening: &'a Opening<'a>,
    parent: Option<Source>,
    parts: Vec<Part>,
    size: u64,
    runs: Runs,
    /// Whether every extent so far has said which of its runs hold data.
    runs_known: bool,
    /// Whether an extent is too damaged to be read.
    broken: bool,
    sparse_files: Vec<String>,
}

/// A part of the disk; without a source it is zeros.
struct Part {
    start: u64,
    size: u64,
    source: Option<Source>,
}

impl<'a> Composer<'a> {
    fn new(opening: &'a Opening<'a>, parent: Option<Source>) -> Self {
        Self {
            opening,
            parent,
            parts: Vec::new(),
            size: 0,
            runs: Runs::default(),
            runs_known: true,
            broken: false,
            sparse_files: Vec::new(),
        }
    }

    /// Adds the extent of `line` to the disk and to `image`.
    fn add(&mut self, image: &mut Image, line: &ExtentLine) -> Result<(), ImageError> {
        let size = line.bytes().unwrap_or(0);
        let is_zero = line.kind == "ZERO";
        let file = if line.is_device() || is_zero { None } else { find_file(self.opening, &line.name) };
        let expected_file_size = line.is_flat().then(|| flat_end(line)).filter(|_| !line.is_device());
        image.extents.push(Extent {
            name: line.name.clone(),
            kind: line.kind.clone(),
            size,
            expected_file_size,
            present: is_zero || file.is_some(),
        });
        let source = match file {
            None => {
                self.runs_known &= is_zero;
                None
            }
            Some(file) if line.is_flat() => {
                self.runs_known = false;
                if file.source.size() < flat_end(line) {
                    say_which(image, file);
                    let needed = Some(flat_end(line));
                    image.conditions.push(Condition::Truncated { structure: "flat extent", needed });
                }
                Some(Rc::new(Window::new(Rc::clone(&file.source), line.offset.saturating_mul(SECTOR), size))
                    as Source)
            }
            Some(file) => self.sparse(image, file, size)?,
        };
        self.parts.push(Part { start: self.size, size, source });
        self.size = self.size.saturating_add(size);
        Ok(())
    }

    /// Opens a sparse extent. The first pass opens only the first one, and leaves the others until they are read:
    /// a split disk may have dozens, and each costs reads of its own.
    fn sparse(
        &mut self,
        image: &mut Image,
        file: &NamedSource,
        size: u64,
    ) -> Result<Option<Source>, ImageError> {
        let parent = self
            .parent
            .as_ref()
            .map(|parent| Rc::new(Window::new(Rc::clone(parent), self.size, size)) as Source);
        let name = base_name(&file.name).to_ascii_lowercase();
        if self.sparse_files.contains(&name) {
            if !self.broken {
                let reason = sentence!("{file} stands in two lines", file = &file.name);
                let error = ImageError::malformed("extent description", 0, reason);
                image.conditions.push(Condition::Damaged(error));
            }
            self.broken = true;
            return Ok(None);
        }
        self.sparse_files.push(name);
        if self.opening.depth == Depth::First && self.sparse_files.len() > 1 {
            self.runs_known = false;
            return Ok(Some(Rc::new(LazyExtent::new(Rc::clone(&file.source), size, parent))));
        }
        let mut extent = match open_extent(&file.source, self.opening.depth) {
            Ok(extent) => extent,
            Err(error) if error.fault == Fault::Read => return Err(error),
            Err(error) => SparseExtent::default().damaged(error),
        };
        if let Some(held) = extent.size.filter(|held| *held < size) {
            let reason =
                sentence!("it holds {held} bytes of the disk, and the descriptor says {size}", held, size);
            extent = extent.damaged(ImageError::malformed("capacity", 12, reason));
        }
        if !extent.conditions.is_empty() {
            say_which(image, file);
        }
        image.conditions.append(&mut extent.conditions);
        match extent.allocated {
            Some(runs) => {
                for run in runs {
                    let shift = |at: u64| self.size.saturating_add(at.min(size));
                    self.runs.add(shift(run.start)..shift(run.end));
                }
            }
            None => self.runs_known = false,
        }
        let Some(layout) = extent.layout else {
            self.broken = true;
            return Ok(None);
        };
        Ok(Some(Rc::new(SparseDisk::new(Rc::clone(&file.source), layout, parent))))
    }

    /// The runs that hold data, the parent's included; empty where they are not all known.
    fn allocated(&mut self, parent: Option<&ParentDisk>) -> Vec<std::ops::Range<u64>> {
        let mut runs = std::mem::take(&mut self.runs);
        let known = self.runs_known && add_parent(&mut runs, parent, self.size);
        if known { runs.finish(self.size) } else { Vec::new() }
    }

    fn disk(self) -> Option<Source> {
        (!self.broken).then(|| Rc::new(ComposedDisk { parts: self.parts, size: self.size }) as Source)
    }
}

/// Adds the parent's runs to those of its child of `size` bytes; whether they are known.
pub(super) fn add_parent(runs: &mut Runs, parent: Option<&ParentDisk>, size: u64) -> bool {
    let Some(parent) = parent else { return true };
    let Some(allocated) = &parent.allocated else { return false };
    for run in allocated {
        runs.add(run.start.min(size)..run.end.min(size));
    }
    true
}

/// Where a flat extent ends in its file, in bytes.
fn flat_end(line: &ExtentLine) -> u64 {
    line.offset.saturating_add(line.sectors).saturating_mul(SECTOR)
}

/// Notes which file a condition is about, which the condition itself does not say.
fn say_which(image: &mut Image, file: &NamedSource) {
    const NAME: &str = "damaged extent";
    if !image.facts.iter().any(|fact| fact.name == NAME && fact.value == file.name) {
        image.fact(NAME, file.name.clone());
    }
}

/// The file of the set that a descriptor calls `name`. Where the name was not written in UTF-8, what is left of it
/// decides, if it fits one file only.
fn find_file<'a>(opening: &Opening<'a>, name: &str) -> Option<&'a NamedSource> {
    if name.is_empty() {
        return None;
    }
    if let Some(file) = opening.set.find(name) {
        return Some(file);
    }
    let base = base_name(name).to_lowercase();
    let (before, after) = base.split_once('\u{FFFD}')?;
    let after = after.rsplit('\u{FFFD}').next().unwrap_or(after);
    let fits = |file: &&NamedSource| {
        let name = base_name(&file.name).to_lowercase();
        name.strip_prefix(before).is_some_and(|rest| rest.len() > after.len() && rest.ends_with(after))
    };
    let mut fitting = opening.set.files.iter().filter(fits);
    fitting.next().filter(|_| fitting.next().is_none())
}

/// The extents, one after the other.
struct ComposedDisk {
    /// By `start`, without gaps.
    parts: Vec<Part>,
    size: u64,
}

impl ReadAt for ComposedDisk {
    fn size(&self) -> u64 {
        self.size
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        check_bounds(offset, buf.len(), self.size)?;
        let first = self.parts.partition_point(|part| part.start.saturating_add(part.size) <= offset);
        let mut position = offset;
        let mut rest = buf;
        for part in self.parts.iter().skip(first) {
            if rest.is_empty() {
                break;
            }
            let within = position.saturating_sub(part.start);
            let left = usize::try_from(part.size.saturating_sub(within)).unwrap_or(usize::MAX);
            let (piece, after) = rest.split_at_mut(left.min(rest.len()));
            match &part.source {
                None => piece.fill(0),
                Some(source) => {
                    source.read_at(within, piece).map_err(|error| on_disk(error, part.start, position))?;
                }
            }
            position = position.saturating_add(piece.len() as u64);
            rest = after;
        }
        Ok(())
    }
}

/// An extent's error in terms of the whole disk, of which the extent begins at `start`.
fn on_disk(error: ReadError, start: u64, position: u64) -> ReadError {
    match error {
        ReadError::OutOfBounds { .. } => {
            ReadError::Corrupt { offset: position, reason: "the extent's file ends before it".into() }
        }
        ReadError::Corrupt { offset, reason } => {
            ReadError::Corrupt { offset: start.saturating_add(offset), reason }
        }
        failed @ ReadError::Failed { .. } => failed,
    }
}

/// A sparse extent that is opened when it is first read.
struct LazyExtent {
    source: Source,
    size: u64,
    parent: Option<Source>,
    disk: OnceCell<Result<SparseDisk, ReadError>>,
}

impl LazyExtent {
    fn new(source: Source, size: u64, parent: Option<Source>) -> Self {
        Self { source, size, parent, disk: OnceCell::new() }
    }

    fn open(&self) -> Result<SparseDisk, ReadError> {
        let corrupt = |reason: Sentence| ReadError::Corrupt { offset: 0, reason };
        let extent = open_extent(&self.source, Depth::First).map_err(|error| match error.fault {
            Fault::Read => ReadError::Failed { offset: error.offset, reason: error.reason },
            _ => corrupt(error.sentence()),
        })?;
        match extent.layout {
            Some(layout) if layout.size >= self.size => {
                Ok(SparseDisk::new(Rc::clone(&self.source), layout, self.parent.clone()))
            }
            Some(_) => Err(corrupt("the extent holds less of the disk than the descriptor says".into())),
            None => Err(corrupt("the extent does not open".into())),
        }
    }
}

impl ReadAt for LazyExtent {
    fn size(&self) -> u64 {
        self.size
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<(), ReadError> {
        check_bounds(offset, buf.len(), self.size)?;
        match self.disk.get_or_init(|| self.open()) {
            Ok(disk) => disk.read_at(offset, buf),
            Err(error) => Err(error.clone()),
        }
    }
}
