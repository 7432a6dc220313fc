//! The files of an appliance: the members of an archive, or the files that were dropped together.

use super::tar::Archive;
use crate::image::read_at::Window;
use crate::image::{FileSet, NamedSource, Source, base_name};
use std::collections::HashMap;
use std::rc::Rc;

/// How many files of one name, in different folders, are told apart.
const MOST_NAMESAKES: usize = 64;

/// A file of the package.
#[derive(Clone)]
pub(super) struct File {
    /// Its name as it stands in the archive.
    pub name: String,
    /// Where it begins in the archive, in bytes.
    pub offset: u64,
    /// How many bytes it should have; `source` has fewer where the archive is cut.
    pub size: u64,
    /// Whether its holes are left out, so that it cannot be read in place.
    pub is_sparse: bool,
    /// Whether it is put together from several.
    pub is_chunked: bool,
    /// Its bytes.
    pub source: Source,
}

/// The files of an appliance.
pub(super) struct Package {
    /// In the order in which they stand.
    pub files: Vec<File>,
    /// The descriptor's folder, with the slash; references are relative to it.
    pub base: String,
    /// Whether files lie in folders or their names begin with `./`.
    pub has_folders: bool,
    /// Whether these are all the files there are.
    pub is_whole: bool,
    /// The places in `files` of those with a name, without folders and in small letters.
    by_name: HashMap<String, Vec<usize>>,
}

impl Package {
    /// The members of `archive`, which lies in `source`.
    pub(super) fn of_archive(source: &Source, archive: &Archive) -> Self {
        let files = archive.members.iter().filter(|member| member.is_file).map(|member| File {
            name: member.name.clone(),
            offset: member.offset,
            size: member.size,
            is_sparse: member.is_sparse,
            is_chunked: false,
            source: Rc::new(Window::new(source.clone(), member.offset, member.size)),
        });
        let has_folders = archive.members.iter().any(|member| member.name.contains('/'));
        Self::of(files.collect(), has_folders, archive.is_whole)
    }

    /// The files of `set`.
    pub(super) fn of_files(set: &FileSet) -> Self {
        let files = set.files.iter().map(|file| File {
            name: file.name.clone(),
            offset: 0,
            size: file.source.size(),
            is_sparse: false,
            is_chunked: false,
            source: file.source.clone(),
        });
        Self::of(files.collect(), false, true)
    }

    fn of(files: Vec<File>, has_folders: bool, is_whole: bool) -> Self {
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, file) in files.iter().enumerate() {
            let namesakes = by_name.entry(key(&file.name)).or_default();
            if namesakes.len() < MOST_NAMESAKES {
                namesakes.push(at);
            }
        }
        Self { files, base: String::new(), has_folders, is_whole, by_name }
    }

    /// The files as a set, in which a disk of several files finds its extents.
    pub(super) fn set(&self) -> FileSet {
        /// A disk split into pieces of 2 GiB has fewer.
        const MOST: usize = 1024;
        let named = |file: &File| NamedSource { name: file.name.clone(), source: file.source.clone() };
        FileSet { files: self.files.iter().filter(|file| !file.is_sparse).take(MOST).map(named).collect() }
    }

    /// The files that are descriptors by their names, as an archive's are told (DSP0243 §5.1).
    pub(super) fn descriptors(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|file| has_extension(&file.name, "ovf"))
    }

    /// The file that the descriptor calls `reference`: at that place from the descriptor's folder on, or from the
    /// archive's root on, or, where folders were added or lost, by its name alone.
    pub(super) fn find(&self, reference: &str) -> Option<&File> {
        self.files.get(self.place_of(reference)?)
    }

    /// The place in `files` of what [`Self::find`] gives.
    pub(super) fn place_of(&self, reference: &str) -> Option<usize> {
        let wanted = plain(reference);
        let from_base = format!("{}{wanted}", plain(&self.base));
        let namesakes = self.by_name.get(&key(wanted))?;
        let with = |is_meant: &dyn Fn(&str) -> bool| {
            let is_meant = |at: &&usize| self.files.get(**at).is_some_and(|file| is_meant(&file.name));
            namesakes.iter().find(is_meant).copied()
        };
        with(&|name| plain(name) == from_base)
            .or_else(|| with(&|name| plain(name) == wanted))
            .or_else(|| with(&|name| base_name(name) == base_name(wanted)))
            .or_else(|| namesakes.first().copied())
    }
}

fn key(name: &str) -> String {
    base_name(name).to_lowercase()
}

/// A name without `./` before it.
fn plain(name: &str) -> &str {
    let mut name = name;
    while let Some(rest) = name.strip_prefix("./") {
        name = rest.trim_start_matches('/');
    }
    name
}

/// Whether `name` ends in `.extension`. What macOS adds to an archive beside a file (`._name`) is not the file.
pub(super) fn has_extension(name: &str, extension: &str) -> bool {
    let name = base_name(name);
    !name.starts_with("._")
        && name.rsplit_once('.').is_some_and(|(_, found)| found.eq_ignore_ascii_case(extension))
}
