//! What `/proc` tells of memory.

use std::path::Path;

/// A line of one of `/proc`'s tables in bytes: `RssAnon:   12345 kB`.
fn bytes(path: &Path, name: &str) -> Option<u64> {
    let table = std::fs::read_to_string(path).ok()?;
    let line = table.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kibibytes| kibibytes << 10)
}

/// What programs may still take, in bytes.
pub(crate) fn available() -> u64 {
    bytes(Path::new("/proc/meminfo"), "MemAvailable:").unwrap_or(0)
}

/// The memory of its own that the largest of Chromium's renderers below the process `driver` holds, in bytes: the page
/// with its workers. The others are spare ones, which hold nothing. What it shares with the other processes, the program
/// of the browser and the pipes through which bytes come, is not counted (proc_pid_status(5), `RssAnon`).
pub(crate) fn of_page(driver: u32) -> u64 {
    let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let processes: Vec<(u32, u32)> = entries
        .filter_map(|entry| {
            let process = entry.file_name().to_str()?.parse().ok()?;
            Some((process, parent(&entry.path())?))
        })
        .collect();
    let mut largest = 0;
    let mut below = vec![driver];
    while let Some(process) = below.pop() {
        let folder = Path::new("/proc").join(process.to_string());
        let command = std::fs::read(folder.join("cmdline")).unwrap_or_default();
        if String::from_utf8_lossy(&command).contains("--type=renderer") {
            largest = largest.max(bytes(&folder.join("status"), "RssAnon:").unwrap_or(0));
        }
        below.extend(processes.iter().filter(|(_, parent)| *parent == process).map(|(own, _)| *own));
    }
    largest
}

fn parent(folder: &Path) -> Option<u32> {
    let status = std::fs::read_to_string(folder.join("status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("PPid:"))?.trim().parse().ok()
}
