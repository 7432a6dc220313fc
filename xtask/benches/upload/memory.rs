//! What `/proc` tells of memory.

use std::path::Path;

/// A line of one of `/proc`'s tables in bytes: `VmRSS:   12345 kB`.
fn bytes(path: &Path, name: &str) -> Option<u64> {
    let table = std::fs::read_to_string(path).ok()?;
    let line = table.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kibibytes| kibibytes << 10)
}

/// What programs may still take, in bytes.
pub(crate) fn available() -> u64 {
    bytes(Path::new("/proc/meminfo"), "MemAvailable:").unwrap_or(0)
}

/// The resident memory of the largest of Chromium's renderers below the process `driver`, in bytes: the page with its
/// workers. The others are spare ones, which hold nothing.
pub(crate) fn of_page(driver: u32) -> u64 {
    let mut largest = 0;
    let mut below = vec![driver.to_string()];
    while let Some(process) = below.pop() {
        let folder = Path::new("/proc").join(&process);
        let command = std::fs::read(folder.join("cmdline")).unwrap_or_default();
        if String::from_utf8_lossy(&command).contains("--type=renderer") {
            largest = largest.max(bytes(&folder.join("status"), "VmRSS:").unwrap_or(0));
        }
        for task in std::fs::read_dir(folder.join("task")).into_iter().flatten().flatten() {
            let children = std::fs::read_to_string(task.path().join("children")).unwrap_or_default();
            below.extend(children.split_whitespace().map(str::to_owned));
        }
    }
    largest
}
