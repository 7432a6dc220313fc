//! The backing file of an overlay, found among the files that came together.

use super::super::{Condition, Image, ImageError, Opened, Opening, Parent, base_name, detect, raw};

/// Opens the backing file called `name` and notes it in `image`; `None` where it is not among the files.
///
/// # Errors
/// Only when a file cannot be read: a damaged parent is noted in `image`.
pub(super) fn find(
    image: &mut Image,
    name: &str,
    format: Option<&str>,
    opening: &Opening,
) -> Result<Option<Opened>, ImageError> {
    let found = file_name(name)
        // An image that names itself would be its own parent for ever.
        .filter(|file| !base_name(file).eq_ignore_ascii_case(base_name(opening.name)))
        .and_then(|file| opening.set.find(file));
    image.parent = Some(Parent { name: name.to_owned(), identity: None, present: found.is_some() });
    let Some(file) = found else { return Ok(None) };
    let inner = match opening.inner(&file.name) {
        Ok(inner) => inner,
        Err(error) => {
            image.conditions.push(Condition::Damaged(error));
            return Ok(None);
        }
    };
    // The overlay says what its parent is; a raw parent is not probed, because its guest may write any header.
    let parent = match format {
        Some("raw") => (raw::READER.open)(&file.source, &inner)?,
        _ => detect::open(&file.source, &inner)?,
    };
    image.fact("backing file is", parent.image.format.name());
    if parent.disk.is_none() {
        // What keeps the parent from being read keeps this image from it too.
        image.conditions.extend(parent.image.conditions.iter().cloned());
        if let Some(missing) = parent.image.parent.as_ref().filter(|parent| !parent.present) {
            image.conditions.push(Condition::ExternalData { name: missing.name.clone() });
        }
    }
    Ok(Some(parent))
}

/// The file that a backing name stands for; `None` for QEMU's other ways to name a disk (`json:`, `nbd://` …).
fn file_name(name: &str) -> Option<&str> {
    let name = name.strip_prefix("file:").unwrap_or(name);
    (!name.starts_with("json:") && !name.contains("://")).then_some(name)
}
