//! The disk that a differencing disk builds on: how the child names it, and whether it is among the files.

use super::super::guid::Uuid;
use super::super::read_at::{ReadError, Source, read_vec};
use super::super::{Fault, Image, ImageError, NamedSource, Opened, Opening, Parent, base_name, parent};
use super::footer::Footers;
use super::layout::{dynamic, locator};
use super::table::Header;

/// The longest path that Windows knows, in bytes of UTF-16.
const MAX_PATH: u32 = 64 * 1024;

/// The platform codes under which Windows keeps a path as UTF-16, little-endian.
const PLATFORMS: &[([u8; 4], &str)] =
    &[(*b"W2ru", "parent's relative path"), (*b"W2ku", "parent's absolute path")];

/// Notes in `image` what the parent is called and looks for it in the set. `None` where it is not there or does
/// not fit.
///
/// # Errors
/// Only when a file cannot be read.
pub(super) fn find(
    image: &mut Image,
    source: &Source,
    header: &Header,
    opening: &Opening,
) -> Result<Option<Opened>, ImageError> {
    let wanted = header.parent_id()?;
    let mut names = vec![parent_name(header)?];
    names.retain(|name| !name.is_empty());
    names.extend(paths(image, source, header)?);
    let found = candidate(image, &names, wanted, opening)?;
    let unnamed = || if wanted == Uuid::NIL { String::new() } else { format!("{{{wanted}}}") };
    image.parent = Some(Parent {
        name: names.into_iter().next().unwrap_or_else(unnamed),
        identity: (wanted != Uuid::NIL).then(|| wanted.to_string()),
        present: found.is_some(),
    });
    let Some(file) = found else { return Ok(None) };
    parent::open(image, file, opening, super::open)
}

fn parent_name(header: &Header) -> Result<String, ImageError> {
    let units = header.get(&dynamic::PARENT_NAME)?;
    Ok(text(units.as_chunks().0.iter().map(|unit| u16::from_be_bytes(*unit))))
}

/// UTF-16 up to the first zero.
fn text(units: impl Iterator<Item = u16>) -> String {
    char::decode_utf16(units.take_while(|unit| *unit != 0))
        .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

/// The paths of the parent locators, relative before absolute; each becomes a row of the facts.
fn paths(image: &mut Image, source: &Source, header: &Header) -> Result<Vec<String>, ImageError> {
    let locators = header.get(&dynamic::LOCATORS)?;
    let mut paths = Vec::new();
    for (platform, label) in PLATFORMS {
        for entry in locators.chunks_exact(locator::SIZE) {
            if locator::PLATFORM.get(entry)? != *platform {
                continue;
            }
            let path = read_path(source, entry)?;
            if !path.is_empty() {
                image.fact(label, path.clone());
                paths.push(path);
            }
        }
    }
    Ok(paths)
}

/// The path that a locator leads to; empty where it leads nowhere, because the parent's name may be enough.
fn read_path(source: &Source, entry: &[u8]) -> Result<String, ImageError> {
    let length = locator::DATA_LENGTH.get(entry)?.min(MAX_PATH);
    let length = usize::try_from(length).unwrap_or(0);
    match read_vec(source.as_ref(), locator::DATA_OFFSET.get(entry)?, length) {
        Ok(bytes) => Ok(text(bytes.as_chunks().0.iter().map(|unit| u16::from_le_bytes(*unit)))),
        Err(ReadError::OutOfBounds { .. }) => Ok(String::new()),
        Err(error) => Err(error.into()),
    }
}

/// The file whose unique ID is `wanted`: those that have one of the parent's names are asked first.
fn candidate<'a>(
    image: &mut Image,
    names: &[String],
    wanted: Uuid,
    opening: &Opening<'a>,
) -> Result<Option<&'a NamedSource>, ImageError> {
    let is_other = |file: &&NamedSource| !base_name(&file.name).eq_ignore_ascii_case(base_name(opening.name));
    let called_so = names.iter().filter_map(|name| opening.set.find(name)).filter(is_other);
    let others = opening.set.files.iter().filter(is_other);
    for (file, is_named) in called_so.map(|file| (file, true)).chain(others.map(|file| (file, false))) {
        let id = unique_id(&file.source)?;
        if id == Some(wanted) && wanted != Uuid::NIL {
            return Ok(Some(file));
        }
        if is_named && !image.facts.iter().any(|fact| fact.name == "parent") {
            let what = id.map_or_else(|| "is no VHD".to_owned(), |id| format!("has the unique ID {id}"));
            image.fact("parent", format!("{} does not fit: it {what}, and {wanted} is asked for", file.name));
        }
    }
    Ok(None)
}

/// The unique ID of a VHD; `None` where the file is none.
fn unique_id(source: &Source) -> Result<Option<Uuid>, ImageError> {
    let (head, tail) = match super::ends(source) {
        Err(error) if error.fault != Fault::Read => return Ok(None),
        ends => ends?,
    };
    let footers = Footers::find(&head, &tail, source.size());
    let is_vhd = footers.are_of_a_vhd(&head, source.size());
    Ok(footers.used().filter(|_| is_vhd).map(|footer| footer.unique_id))
}
