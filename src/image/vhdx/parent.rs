//! The disk that a differencing disk builds on: how the child names it, and where it is among the files.

use super::header;
use super::layout::{FILE_SIGNATURE, guid_text};
use super::metadata::Metadata;
use crate::image::read_at::read_up_to;
use crate::image::{
    Condition, Format, Image, ImageError, NamedSource, Opened, Opening, Parent, base_name, detect,
};

/// The keys that name the parent's file, in the order in which they are believed.
const PATHS: [&str; 3] = ["relative_path", "absolute_win32_path", "volume_path"];
/// The keys that hold the data write GUID of the parent.
const LINKAGES: [&str; 2] = ["parent_linkage", "parent_linkage2"];

/// Looks among the files for the parent, and notes it in `image`. It fits when its data were not written to since
/// the child was made.
///
/// # Errors
/// Only reads that failed.
pub(super) fn find(
    image: &mut Image,
    metadata: &Metadata,
    opening: &Opening,
) -> Result<Option<Opened>, ImageError> {
    let value = |key: &str| {
        let found = metadata.parent_locator.iter().find(|(name, _)| name.eq_ignore_ascii_case(key));
        found.map(|(_, value)| value.clone()).filter(|value| !value.is_empty())
    };
    let name = PATHS.into_iter().find_map(value);
    let linkages: Vec<String> = LINKAGES.into_iter().filter_map(value).map(|guid| plain(&guid)).collect();
    let found = file(name.as_deref().unwrap_or_default(), &linkages, opening)?;
    image.parent = Some(Parent {
        name: name.unwrap_or_else(|| "(not named)".into()),
        identity: linkages.first().cloned(),
        present: found.is_some(),
    });
    let Some(file) = found else { return Ok(None) };
    let inner = match opening.inner(&file.name) {
        Ok(inner) => inner,
        Err(error) => {
            image.conditions.push(Condition::Damaged(error));
            return Ok(None);
        }
    };
    let parent = detect::open(&file.source, &inner)?;
    if parent.image.format != Format::Vhdx || parent.disk.is_none() {
        image.conditions.extend(parent.image.conditions.iter().cloned());
        if let Some(missing) = parent.image.parent.as_ref().filter(|parent| !parent.present) {
            image.conditions.push(Condition::ExternalData { name: missing.name.clone() });
        }
    }
    Ok(Some(parent))
}

/// The file among those dropped that is the parent: the one of its name first, then any other, for people rename
/// files.
fn file<'a>(
    name: &str,
    linkages: &[String],
    opening: &Opening<'a>,
) -> Result<Option<&'a NamedSource>, ImageError> {
    let others = opening
        .set
        .files
        .iter()
        .filter(|file| !base_name(&file.name).eq_ignore_ascii_case(base_name(opening.name)));
    let (named, renamed): (Vec<_>, Vec<_>) =
        others.partition(|file| base_name(&file.name).eq_ignore_ascii_case(base_name(name)));
    for file in named.into_iter().chain(renamed) {
        let is_vhdx = read_up_to(file.source.as_ref(), 0, FILE_SIGNATURE.len())? == FILE_SIGNATURE;
        if !is_vhdx {
            continue;
        }
        let fits = header::find(&file.source, &mut Vec::new())
            .is_ok_and(|header| linkages.contains(&guid_text(header.data_write_guid)));
        if fits {
            return Ok(Some(file));
        }
    }
    Ok(None)
}

/// A GUID without its braces, in lower case.
fn plain(guid: &str) -> String {
    guid.trim_matches(['{', '}']).to_ascii_lowercase()
}
