//! What starts the system: the loaders on an EFI system partition, GRUB's configurations, entries of the Boot
//! Loader Specification.

use super::file_tree::FileTree;
use super::{GuestCondition, pe};
use crate::sentence::Sentence;

/// The fallback loaders and their processors (UEFI specification, "Removable Media Boot Behavior"), as far as EC2 has
/// these.
static FALLBACK_LOADERS: &[(&str, &str)] = &[("BOOTX64.EFI", "x86_64"), ("BOOTAA64.EFI", "arm64")];

/// GRUB 2 and GRUB legacy, relative to a boot folder.
static GRUB_CONFIGURATIONS: &[&str] =
    &["/grub/grub.cfg", "/grub2/grub.cfg", "/grub/menu.lst", "/grub/grub.conf"];

static GRUB_ENVIRONMENTS: &[&str] = &["/grub2/grubenv", "/grub/grubenv"];

/// Entries of the Boot Loader Specification that are read at most.
const MAX_ENTRIES: usize = 64;

/// What lies on an EFI system partition.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct EfiPartition {
    /// The processors for which there is a loader that firmware starts without having been told of it.
    pub(super) fallbacks: Vec<&'static str>,
    /// The processor of the fallback loader, or of another.
    pub(super) architecture: Option<&'static str>,
    /// Whether Windows' boot manager is there.
    pub(super) windows: bool,
    /// The folders of other systems' loaders: `debian`, `redhat` …
    pub(super) others: Vec<String>,
}

/// Looks at the loaders in `EFI`.
pub(super) fn efi_partition(tree: &dyn FileTree) -> EfiPartition {
    let mut found = EfiPartition::default();
    let mut architectures = Vec::new();
    for folder in tree.folders("/EFI") {
        let loaders = tree.files(&format!("/EFI/{folder}"));
        if folder.eq_ignore_ascii_case("BOOT") {
            for loader in &loaders {
                let known = FALLBACK_LOADERS.iter().find(|(name, _)| loader.eq_ignore_ascii_case(name));
                if let Some((_, processor)) = known {
                    found.fallbacks.push(processor);
                    let start = tree.read_range(&format!("/EFI/{folder}/{loader}"), 0, pe::HEADERS);
                    architectures.extend(start.and_then(|start| pe::architecture(&start)));
                }
            }
        } else if folder.eq_ignore_ascii_case("Microsoft") {
            found.windows = tree.has_file(&format!("/EFI/{folder}/Boot/bootmgfw.efi"));
        } else if loaders.iter().any(|name| is_linux_loader(name)) {
            found.others.push(folder);
        }
    }
    // A medium for several processors says nothing of the system's.
    architectures.dedup();
    if let [architecture] = architectures[..] {
        found.architecture = Some(architecture);
    }
    found
}

impl EfiPartition {
    /// Whether firmware of machines with the processor `architecture` starts a loader here without having been told of
    /// it; of any processor that EC2 has, where it is not known which one the system is for.
    pub(super) fn has_fallback(&self, architecture: Option<&str>) -> bool {
        match architecture {
            Some(wanted) if FALLBACK_LOADERS.iter().any(|(_, processor)| *processor == wanted) => {
                self.fallbacks.contains(&wanted)
            }
            _ => !self.fallbacks.is_empty(),
        }
    }
}

fn has_extension(name: &str, extension: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, found)| found.eq_ignore_ascii_case(extension))
}

fn is_linux_loader(name: &str) -> bool {
    let start = name.to_ascii_lowercase();
    let known = ["shim", "grub", "systemd-boot", "vmlinuz", "elilo"];
    known.iter().any(|prefix| start.starts_with(prefix)) && has_extension(name, "efi")
}

/// A boot loader's configuration.
pub(super) struct Configuration {
    /// Where it lies.
    pub(super) path: Sentence,
    text: String,
}

/// The configurations of GRUB in a boot folder.
pub(super) fn grub_configurations(tree: &dyn FileTree, folder: &str) -> Vec<Configuration> {
    GRUB_CONFIGURATIONS
        .iter()
        .map(|path| format!("{folder}{path}"))
        .filter_map(|path| {
            Some(Configuration { text: tree.read_text(&path)?, path: Sentence::verbatim(path) })
        })
        .collect()
}

/// Those of an EFI system partition that are whole: distributions put a few lines there which only lead to the one
/// in the boot folder.
pub(super) fn efi_configurations(tree: &dyn FileTree) -> Vec<Configuration> {
    let paths = tree.folders("/EFI").into_iter().map(|folder| format!("/EFI/{folder}/grub.cfg"));
    paths
        .filter_map(|path| {
            Some(Configuration { text: tree.read_text(&path)?, path: Sentence::verbatim(path) })
        })
        .filter(|configuration| !configuration.text.contains("configfile"))
        .collect()
}

/// What is said of several configurations. Equal ones are one that goes by two names.
pub(super) fn several(configurations: Vec<Configuration>) -> Option<GuestCondition> {
    let mut different: Vec<Configuration> = Vec::new();
    for configuration in configurations {
        if !different.iter().any(|known| known.text == configuration.text) {
            different.push(configuration);
        }
    }
    let paths: Vec<Sentence> = different.into_iter().map(|configuration| configuration.path).collect();
    (paths.len() > 1).then_some(GuestCondition::SeveralBootConfigurations { paths })
}

/// Entries of the Boot Loader Specification in a boot folder that GRUB reads, and no word on which is the default.
pub(super) fn no_default_entry(tree: &dyn FileTree, folder: &str) -> Option<GuestCondition> {
    let mut entries = tree.files(&format!("{folder}/loader/entries"));
    entries.retain(|name| has_extension(name, "conf"));
    entries.truncate(MAX_ENTRIES);
    let uses_grub = grub_configurations(tree, folder).iter().any(|found| found.text.contains("blscfg"));
    if entries.is_empty() || !uses_grub {
        return None;
    }
    let names_default =
        GRUB_ENVIRONMENTS.iter().filter_map(|path| tree.read_text(&format!("{folder}{path}"))).any(|text| {
            text.lines().any(|line| line.strip_prefix("saved_entry=").is_some_and(|id| !id.is_empty()))
        });
    (!names_default).then_some(GuestCondition::NoDefaultBootEntry { entries })
}
