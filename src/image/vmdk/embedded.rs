//! A hosted sparse extent as a file of its own: its descriptor lies in it.

use super::creator::creator;
use super::descriptor::{self, Descriptor};
use super::disk::SparseDisk;
use super::hosted::{self, HEADER_SIZE, Header};
use super::layout::SECTOR;
use super::parent;
use super::{Reading, extents, facts};
use crate::image::read_at::{Source, read_up_to};
use crate::image::runs::Runs;
use crate::image::{Condition, Image, ImageError, Opening};
use std::rc::Rc;

/// Opens monolithicSparse and streamOptimized disks, and parts of a split disk on their own.
///
/// # Errors
/// Only reads that failed.
pub(super) fn open(source: &Source, opening: &Opening) -> Result<Reading, ImageError> {
    let head = read_up_to(source.as_ref(), 0, HEADER_SIZE)?;
    let mut image = Image::new(crate::image::Format::Vmdk, source.size());
    let Ok(header) = Header::parse(&head) else {
        let needed = Some(HEADER_SIZE as u64);
        image.conditions.push(Condition::Truncated { structure: "header", needed });
        return Ok(Reading { image, disk: None, content_id: None });
    };
    facts::of_header(&mut image, &header);
    let text = embedded_text(source, &header)?;
    let descriptor = Descriptor::parse(&text);
    if composes_others(&header, &descriptor) {
        return extents::open(image, &descriptor, opening);
    }
    let extent = hosted::open_extent(source, &head, opening.depth)?;
    image.virtual_size = extent.size;
    image.conditions = extent.conditions;
    let content_id = descriptor.content_id();
    // QEMU leaves room for a descriptor in the parts of a split disk, VMware none.
    let has_room = header.descriptor_offset != 0 && header.descriptor_size != 0;
    let is_blank = !text.is_empty() && text.iter().all(|byte| *byte == 0);
    let is_lone = (is_blank || !has_room) && !header.is_stream_optimized();
    if is_lone {
        image.subformat = Some("extent".into());
        image.conditions.push(Condition::LoneExtent);
        return Ok(Reading { image, disk: None, content_id });
    }
    let by_flags = if header.is_stream_optimized() { "streamOptimized" } else { "monolithicSparse" };
    image.subformat = Some(by_flags.into());
    if let Some(claimed) = descriptor.create_type().filter(|claimed| claimed != by_flags) {
        image.fact("subformat", format!("{by_flags} by the header's flags; the descriptor claims {claimed}"));
    }
    image.creator = creator(&descriptor);
    facts::of_descriptor(&mut image, &descriptor);
    let end_is_told = image
        .conditions
        .iter()
        .any(|condition| matches!(condition, Condition::Truncated { .. } | Condition::TrailingBytes { .. }));
    if !end_is_told && !source.size().is_multiple_of(SECTOR) {
        // Every writer ends on a whole sector: some bytes are lost, though none that a grain needs.
        image.conditions.push(Condition::OddSize);
    }
    let mut layout = extent.layout;
    if descriptor.is_empty() && layout.is_some() {
        let offset = header.descriptor_offset.saturating_mul(SECTOR);
        let error = ImageError::malformed("descriptor", offset, "it is empty or cannot be understood");
        image.conditions.push(Condition::Damaged(error));
        layout = None;
    }
    let parent = parent::find(&mut image, &descriptor, opening)?;
    if let (Some(runs), Some(size)) = (extent.allocated, extent.size) {
        let mut all = Runs::default();
        for run in runs {
            all.add(run);
        }
        if extents::add_parent(&mut all, parent.as_ref(), size) {
            image.allocated = all.finish(size);
        }
    }
    let disk = layout.and_then(|layout| {
        let parent = match parent {
            None => None,
            Some(parent) => Some(parent.disk?),
        };
        Some(Rc::new(SparseDisk::new(Rc::clone(source), layout, parent)) as Source)
    });
    Ok(Reading { image, disk, content_id })
}

/// The bytes of the embedded descriptor, or none.
fn embedded_text(source: &Source, header: &Header) -> Result<Vec<u8>, ImageError> {
    if header.descriptor_offset == 0 {
        return Ok(Vec::new());
    }
    let size = header.descriptor_size.saturating_mul(SECTOR).min(descriptor::LONGEST);
    let offset = header.descriptor_offset.saturating_mul(SECTOR);
    Ok(read_up_to(source.as_ref(), offset, usize::try_from(size).unwrap_or(0))?)
}

/// Whether the descriptor names more than the extent that it lies in: some programs put a sparse header before a
/// flat disk, or keep a split disk's descriptor in a part without grains.
fn composes_others(header: &Header, descriptor: &Descriptor) -> bool {
    match descriptor.extents.as_slice() {
        [] => false,
        [only] => only.is_flat() || header.capacity == 0,
        _ => true,
    }
}
