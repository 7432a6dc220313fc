//! The disk that a delta disk builds on.

use super::descriptor::Descriptor;
use crate::image::read_at::Source;
use crate::image::{Image, ImageError, Opening, Parent, base_name};
use crate::sentence::{Sentence, sentence};
use std::ops::Range;

/// A parent as it was found.
#[derive(Default)]
pub(super) struct ParentDisk {
    /// Its bytes, where it was among the files and fits.
    pub disk: Option<Source>,
    /// The runs that hold data, where they are known.
    pub allocated: Option<Vec<Range<u64>>>,
}

/// Looks among the files for the parent that `descriptor` names, and notes it in `image`. `None` when there is no
/// parent to look for.
///
/// A parent fits when its content has the identity (`CID`) that it had when the child was made: a parent that was
/// written to since gives a disk that never was.
///
/// # Errors
/// Only reads that failed.
pub(super) fn find(
    image: &mut Image,
    descriptor: &Descriptor,
    opening: &Opening,
) -> Result<Option<ParentDisk>, ImageError> {
    if !descriptor.has_parent() {
        return Ok(None);
    }
    let name = descriptor.parent_name().unwrap_or_default();
    let wanted = descriptor.parent_content_id();
    let (found, remark) = match open(name, wanted, opening)? {
        Ok(found) => (found, None),
        Err(remark) => (ParentDisk::default(), remark),
    };
    if let Some(remark) = remark {
        image.fact("parent", remark.to_string());
    }
    image.parent = Some(Parent {
        name: name.to_owned(),
        identity: wanted.map(|id| format!("{id:08x}")),
        present: found.disk.is_some(),
    });
    Ok(Some(found))
}

/// The parent called `name`; the inner error says what is wrong with a file of that name, if there is one.
fn open(
    name: &str,
    wanted: Option<u32>,
    opening: &Opening,
) -> Result<Result<ParentDisk, Option<Sentence>>, ImageError> {
    let is_own = base_name(name).eq_ignore_ascii_case(base_name(opening.name));
    let Some(file) = opening.set.find(name).filter(|_| !name.is_empty() && !is_own) else {
        return Ok(Err(None));
    };
    let said = |what: Sentence| Ok(Err(Some(sentence!("{file} {what}", file = &file.name, what))));
    let Ok(inner) = opening.inner(&file.name) else {
        return said("is not opened: too many disks build on each other".into());
    };
    let Some(kind) = super::Kind::of_source(&file.source)? else {
        return said("is no VMDK".into());
    };
    let parent = super::read(kind, &file.source, &inner)?;
    if let Some(wanted) = wanted
        && parent.content_id != Some(wanted)
    {
        let has = parent.content_id.map_or_else(|| "none".into(), |id| format!("{id:08x}"));
        return said(sentence!(
            "does not fit: its CID is {has}, and {wanted} is asked for",
            has,
            wanted = format!("{:08x}", wanted)
        ));
    }
    if parent.disk.is_none() {
        return said("cannot be read itself".into());
    }
    let allocated = Some(parent.image.allocated).filter(|runs| !runs.is_empty());
    Ok(Ok(ParentDisk { disk: parent.disk, allocated }))
}
