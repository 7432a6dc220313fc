//! The disk that a differencing disk builds on: how the child names it, and where it is among the files.

use super::footer;
use super::layout::{
    LOCATOR_CODE, LOCATOR_LENGTH, LOCATOR_OFFSET, LOCATOR_SIZE, LOCATORS, PARENT_UNICODE_NAME,
    PARENT_UNIQUE_ID,
};
use crate::image::read_at::{Source, read_vec};
use crate::image::{
    Condition, Format, Image, ImageError, NamedSource, Opened, Opening, Parent, base_name, detect,
};

/// The longest name a locator may hold, in bytes: Windows' longest path in UTF-16.
const MAX_NAME: u32 = 64 * 1024;

/// Looks among the files for the parent, and notes it in `image`. It fits when it has the unique ID that the child
/// was made with.
///
/// # Errors
/// Only reads that failed.
pub(super) fn find(
    image: &mut Image,
    source: &Source,
    header: &[u8],
    opening: &Opening,
) -> Result<Option<Opened>, ImageError> {
    let wanted = PARENT_UNIQUE_ID.get(header)?;
    let name = name(source, header)?;
    let found = file(&name, wanted, opening)?;
    image.parent = Some(Parent {
        name: if name.is_empty() { "(not named)".into() } else { name },
        identity: (wanted != [0; 16]).then(|| super::uuid(wanted)),
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
    if parent.image.format != Format::Vhd || parent.disk.is_none() {
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
    wanted: [u8; 16],
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
        let footer = footer::find(&file.source)?.map(|found| found.footer);
        if wanted != [0; 16] && footer.is_some_and(|footer| footer.unique_id == wanted) {
            return Ok(Some(file));
        }
    }
    Ok(None)
}

/// The parent's name: the header's own, or else the first locator that gives one.
fn name(source: &Source, header: &[u8]) -> Result<String, ImageError> {
    let own = utf16(&PARENT_UNICODE_NAME.get(header)?, u16::from_be_bytes);
    if !own.is_empty() {
        return Ok(own);
    }
    let entries = header.get(LOCATORS).unwrap_or_default().chunks_exact(LOCATOR_SIZE);
    for entry in entries {
        let length = LOCATOR_LENGTH.get(entry)?.min(MAX_NAME);
        let length = usize::try_from(length).unwrap_or(0);
        let read = || read_vec(source.as_ref(), LOCATOR_OFFSET.get(entry).unwrap_or(u64::MAX), length).ok();
        let name = match &LOCATOR_CODE.get(entry)? {
            b"W2ru" | b"W2ku" => read().map(|bytes| utf16(&bytes, u16::from_le_bytes)),
            b"MacX" => read().map(|bytes| String::from_utf8_lossy(&bytes).trim_end_matches('\0').to_owned()),
            _ => None,
        };
        if let Some(name) = name.filter(|name| !name.is_empty()) {
            return Ok(name);
        }
    }
    Ok(String::new())
}

/// UTF-16 text up to its first zero.
fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.as_chunks().0.iter().map(|bytes| unit(*bytes)).take_while(|unit| *unit != 0);
    char::decode_utf16(units).map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}
