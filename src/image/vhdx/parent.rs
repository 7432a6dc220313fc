//! The disk that a differencing disk builds on: how the child names it, and whether it is among the files.

use super::super::guid::Guid;
use super::super::read_at::Source;
use super::super::{Condition, Image, ImageError, NamedSource, Opened, Opening, Parent, base_name, parent};
use super::header;
use super::layout::{locator as fields, text};
use super::metadata::Metadata;
use crate::sentence::sentence;
use std::collections::BTreeMap;

/// The keys that hold a path, the one that survives a move first.
const PATHS: &[&str] = &["relative_path", "absolute_win32_path", "volume_path"];
/// The keys that hold the `DataWriteGuid` of the parent: as it is, and as it is while a merge is under way.
const LINKAGES: &[&str] = &["parent_linkage", "parent_linkage2"];
/// How many keys are read. The specification has five.
const MAX_KEYS: usize = 64;

/// Notes in `image` what the parent is called and looks for it in the set. `None` where it is not there or does
/// not fit.
///
/// # Errors
/// Malformed, when there is no parent locator; otherwise only when a file cannot be read.
pub(super) fn find(
    image: &mut Image,
    metadata: &Metadata,
    opening: &Opening,
) -> Result<Option<Opened>, ImageError> {
    let Some(item) = &metadata.parent_locator else {
        image.parent = Some(Parent { name: String::new(), identity: None, present: false });
        let reason = "the disk builds on another, but nothing says on which";
        return Err(ImageError::malformed("parent locator", metadata.offset, reason));
    };
    let kind = fields::TYPE.get(item).map_or(Guid::NIL, Guid);
    if kind != fields::VHDX {
        let name = sentence!("the parent locator type {kind}", kind = format!("{{{kind}}}"));
        image.conditions.push(Condition::UnknownFeature { name });
    }
    let keys = keys(item);
    for (key, value) in &keys {
        image.facts.push(super::Fact { name: key.clone(), value: value.clone() });
    }
    let wanted: Vec<Guid> = LINKAGES
        .iter()
        .filter_map(|key| keys.get(*key).and_then(|value| Guid::parse(value)))
        .filter(|id| *id != Guid::NIL)
        .collect();
    let paths: Vec<&String> =
        PATHS.iter().filter_map(|key| keys.get(*key)).filter(|path| !path.is_empty()).collect();
    let found = candidate(image, &paths, &wanted, opening)?;
    let identity = wanted.first().map(Guid::to_string);
    let unnamed = || identity.as_ref().map(|id| format!("{{{id}}}")).unwrap_or_default();
    image.parent = Some(Parent {
        name: paths.first().map_or_else(unnamed, |path| (*path).clone()),
        identity: identity.clone(),
        present: found.is_some(),
    });
    let Some(file) = found else { return Ok(None) };
    parent::open(image, file, opening, super::open)
}

/// The locator's keys and values. One that lies outside the item is left out: the others may be enough.
fn keys(item: &[u8]) -> BTreeMap<String, String> {
    let count = fields::COUNT.get(item).map_or(0, usize::from).min(MAX_KEYS);
    let entries = item.get(fields::ENTRIES..).unwrap_or_default().chunks_exact(fields::ENTRY_SIZE);
    entries.take(count).filter_map(|entry| pair(item, entry)).collect()
}

fn pair(item: &[u8], entry: &[u8]) -> Option<(String, String)> {
    let part = |offset: u32, length: u16| {
        let bytes = item.get(usize::try_from(offset).ok()?..)?;
        bytes.get(..usize::from(length)).map(text)
    };
    let key = part(fields::KEY_OFFSET.get(entry).ok()?, fields::KEY_LENGTH.get(entry).ok()?)?;
    let value = part(fields::VALUE_OFFSET.get(entry).ok()?, fields::VALUE_LENGTH.get(entry).ok()?)?;
    Some((key, value))
}

/// The file with one of the identities `wanted`: those that have one of the parent's names are asked first.
fn candidate<'a>(
    image: &mut Image,
    paths: &[&String],
    wanted: &[Guid],
    opening: &Opening<'a>,
) -> Result<Option<&'a NamedSource>, ImageError> {
    let is_other = |file: &&NamedSource| !base_name(&file.name).eq_ignore_ascii_case(base_name(opening.name));
    let called_so = paths.iter().filter_map(|path| opening.set.find(path)).filter(is_other);
    let others = opening.set.files.iter().filter(is_other);
    for (file, is_named) in called_so.map(|file| (file, true)).chain(others.map(|file| (file, false))) {
        let id = identity(&file.source)?;
        if id.is_some_and(|id| wanted.contains(&id)) {
            return Ok(Some(file));
        }
        if is_named && !image.facts.iter().any(|fact| fact.name == "parent") {
            let what = id.map_or_else(|| "is no VHDX".to_owned(), |id| format!("has the DataWriteGuid {id}"));
            image.fact("parent", format!("{} does not fit: it {what}, which is not asked for", file.name));
        }
    }
    Ok(None)
}

fn identity(source: &Source) -> Result<Option<Guid>, ImageError> {
    if super::is_vhdx(source)? { header::data_write_id(source) } else { Ok(None) }
}
