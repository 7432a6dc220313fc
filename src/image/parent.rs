//! The disk that a differencing disk builds on, whatever the format.

use super::{Condition, Image, ImageError, NamedSource, Opened, Opening, Source};

/// The disk that a differencing disk builds on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parent {
    /// Its file name or address, as the child names it.
    pub name: String,
    /// Its identity as the child knows it: a CID, a UUID.
    pub identity: Option<String>,
    /// Whether it was among the files and fits.
    pub present: bool,
}

/// Opens `file`, the parent of `image`, by `open`, and notes in `image` what keeps it from being read. `None` where
/// the disks build too deep on each other.
///
/// # Errors
/// Those of `open`.
pub(super) fn open(
    image: &mut Image,
    file: &NamedSource,
    opening: &Opening,
    open: impl FnOnce(&Source, &Opening) -> Result<Opened, ImageError>,
) -> Result<Option<Opened>, ImageError> {
    let inner = match opening.inner(&file.name) {
        Ok(inner) => inner,
        Err(error) => {
            image.conditions.push(Condition::Damaged(error));
            return Ok(None);
        }
    };
    let parent = open(&file.source, &inner)?;
    if parent.disk.is_none() {
        // What keeps the parent from being read keeps the child from it too.
        image.conditions.extend(parent.image.conditions.iter().cloned());
        if let Some(missing) = parent.image.parent.as_ref().filter(|parent| !parent.present) {
            image.conditions.push(Condition::ExternalData { name: missing.name.clone() });
        }
    }
    Ok(Some(parent))
}
