//! The backing file of an overlay, found among the files that came together.

use super::super::{Image, ImageError, Opened, Opening, Parent, base_name, detect, parent, raw};

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
    // The overlay says what its parent is; a raw parent is not probed, because its guest may write any header.
    let open = match format {
        Some("raw") => raw::READER.open,
        _ => detect::open,
    };
    let parent = parent::open(image, file, opening, open)?;
    if let Some(parent) = &parent {
        image.fact("backing file is", parent.image.format.name());
    }
    Ok(parent)
}

/// The file that a backing name stands for; `None` for QEMU's other ways to name a disk (`json:`, `nbd://` …).
fn file_name(name: &str) -> Option<&str> {
    let name = name.strip_prefix("file:").unwrap_or(name);
    (!name.starts_with("json:") && !name.contains("://")).then_some(name)
}
