//! Symbolic links, followed over readers that take every name literally.

use super::file_tree::{Entry, FileTree, MAX_ENTRIES, MAX_FILE};
use crate::sentence::{Sentence, sentence};
use std::cell::RefCell;

/// Links that one path may lead over, as in Linux.
const MAX_LINKS: usize = 40;

/// Names that may wait to be looked up: a path of Linux has 4096 bytes.
const MAX_NAMES: usize = 4096;

/// A symbolic link's target at most, in bytes (PATH_MAX of Linux).
pub(super) const MAX_TARGET: u64 = 4096;

/// What a path stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    /// A file of so many bytes.
    File(u64),
    /// A folder.
    Folder,
    /// A symbolic link and its target.
    Link(String),
    /// A device, a pipe, a socket.
    Other,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// There is nothing of that name, or it cannot be read for a reason that is no damage.
    Absent,
    /// A clause for a person.
    Damaged(Sentence),
}

/// A file system that looks up paths without following links. Paths begin with a slash.
pub(super) trait LiteralReader {
    /// What `path` stands for.
    fn node(&mut self, path: &str) -> Result<Node, Refusal>;

    /// Fills `buf` with what the file at `path` has from `offset` on, and says how many bytes that were.
    fn read(&mut self, path: &str, offset: u64, buf: &mut [u8]) -> Result<usize, Refusal>;

    /// The names in the folder at `path`.
    fn list(&mut self, path: &str) -> Result<Vec<Entry>, Refusal>;
}

/// The whole tree of a [`LiteralReader`].
pub(super) struct LinkedTree<R> {
    reader: RefCell<R>,
    damage: RefCell<Option<Sentence>>,
}

impl<R: LiteralReader> LinkedTree<R> {
    /// The tree that `reader` reads.
    pub(super) fn new(reader: R) -> Self {
        Self { reader: RefCell::new(reader), damage: RefCell::default() }
    }

    /// The value, unless the refusal is more than "there is no such file".
    fn noting<T>(&self, path: &str, result: Result<T, Refusal>) -> Option<T> {
        result
            .inspect_err(|refusal| {
                if let Refusal::Damaged(reason) = refusal {
                    self.damage
                        .borrow_mut()
                        .get_or_insert_with(|| sentence!("{path}: {reason}", path, reason));
                }
            })
            .ok()
    }

    /// The path to which `path` leads when every link is followed, and what stands there.
    fn follow(&self, path: &str) -> Result<(String, Node), Refusal> {
        let mut waiting: Vec<String> = path.rsplit('/').map(Into::into).collect();
        let mut reached = String::new();
        let mut node = Node::Folder;
        let mut links = 0_usize;
        while let Some(name) = waiting.pop() {
            match name.as_str() {
                "" | "." => {}
                ".." => {
                    reached.truncate(reached.rfind('/').unwrap_or_default());
                    node = Node::Folder;
                }
                name => {
                    let next = format!("{reached}/{name}");
                    node = self.reader.borrow_mut().node(&next)?;
                    let Node::Link(target) = &node else {
                        reached = next;
                        continue;
                    };
                    links = links.saturating_add(1);
                    if target.starts_with('/') {
                        reached.clear();
                    }
                    waiting.extend(target.rsplit('/').map(Into::into));
                    if links > MAX_LINKS || waiting.len() > MAX_NAMES {
                        return Err(Refusal::Absent);
                    }
                    node = Node::Folder;
                }
            }
        }
        Ok((reached, node))
    }
}

impl<R: LiteralReader> FileTree for LinkedTree<R> {
    fn read_range(&self, path: &str, offset: u64, len: usize) -> Option<Vec<u8>> {
        let (at, Node::File(size)) = self.noting(path, self.follow(path))? else { return None };
        let left = usize::try_from(size.saturating_sub(offset)).unwrap_or(usize::MAX);
        let mut bytes = vec![0; left.min(len).min(MAX_FILE)];
        let count = if bytes.is_empty() {
            0
        } else {
            let result = self.reader.borrow_mut().read(&at, offset, &mut bytes);
            self.noting(path, result)?
        };
        bytes.truncate(count);
        Some(bytes)
    }

    fn list(&self, path: &str) -> Vec<Entry> {
        let Some((at, Node::Folder)) = self.noting(path, self.follow(path)) else { return Vec::new() };
        let result = self.reader.borrow_mut().list(&at);
        let mut entries = self.noting(path, result).unwrap_or_default();
        entries.retain(|entry| entry.name != "." && entry.name != "..");
        entries.truncate(MAX_ENTRIES);
        entries
    }

    fn damage(&self) -> Option<Sentence> {
        self.damage.borrow().clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// Paths and what stands there; a file's content is its path.
    struct Map(BTreeMap<&'static str, Node>);

    impl LiteralReader for Map {
        fn node(&mut self, path: &str) -> Result<Node, Refusal> {
            if path == "/bad" {
                return Err(Refusal::Damaged("a checksum is wrong".into()));
            }
            self.0.get(path).cloned().ok_or(Refusal::Absent)
        }

        fn read(&mut self, path: &str, offset: u64, buf: &mut [u8]) -> Result<usize, Refusal> {
            let content = path.as_bytes().get(offset as usize..).unwrap_or_default();
            let count = content.len().min(buf.len());
            buf[..count].copy_from_slice(&content[..count]);
            Ok(count)
        }

        fn list(&mut self, path: &str) -> Result<Vec<Entry>, Refusal> {
            Ok(vec![Entry { name: path.trim_start_matches('/').into(), is_folder: false }])
        }
    }

    fn tree() -> LinkedTree<Map> {
        let link = |target: &str| Node::Link(target.into());
        LinkedTree::new(Map(BTreeMap::from([
            ("/usr", Node::Folder),
            ("/usr/lib", Node::Folder),
            ("/usr/lib/os-release", Node::File(19)),
            ("/lib", link("usr/lib")),
            ("/etc", Node::Folder),
            ("/etc/os-release", link("../usr/lib/os-release")),
            ("/etc/absolute", link("/lib/./os-release")),
            ("/etc/loop", link("loop")),
            ("/etc/root", link("/")),
            ("/etc/above", link("../../../lib")),
            ("/dev", Node::Other),
        ])))
    }

    #[test]
    fn relative_and_absolute_links_lead_to_the_same_file() {
        let tree = tree();
        for path in ["/usr/lib/os-release", "/lib/os-release", "/etc/os-release", "/etc/absolute"] {
            assert_eq!(tree.read_range(path, 0, 100).as_deref(), Some(&b"/usr/lib/os-release"[..]), "{path}");
        }
        assert_eq!(tree.read_range("/etc/absolute", 16, 100).as_deref(), Some(&b"ase"[..]));
        assert_eq!(tree.list("/etc/above")[0].name, "usr/lib");
        assert_eq!(tree.list("/etc/root")[0].name, "");
        assert_eq!(tree.damage(), None);
    }

    #[test]
    fn a_link_to_itself_ends() {
        assert_eq!(tree().read_range("/etc/loop", 0, 1), None);
    }

    #[test]
    fn folders_and_devices_are_no_files_and_files_no_folders() {
        let tree = tree();
        for path in ["/usr", "/dev", "/", "/missing", "/usr/lib/os-release/x"] {
            assert_eq!(tree.read_range(path, 0, 1), None, "{path}");
        }
        assert!(tree.list("/usr/lib/os-release").is_empty());
    }

    #[test]
    fn damage_is_remembered_and_absence_is_not() {
        let tree = tree();
        assert_eq!(tree.read_range("/missing", 0, 1), None);
        assert_eq!(tree.damage(), None);
        assert_eq!(tree.read_range("/bad", 0, 1), None);
        assert_eq!(tree.damage().as_deref(), Some("/bad: a checksum is wrong"));
    }
}
