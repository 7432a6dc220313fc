//! The disk drawn to scale: its partitions, and what of it is allocated.

use super::block::{Block, Map, Table};
use super::locale::Locale;
use crate::guest::Partition;
use crate::inspect::Report;
use crate::text::fill;
use crate::text::report::ReportTexts;

/// The drawing's width in its own units.
const WIDTH: u128 = 10_000;
/// The narrowest a partition is drawn, so that an EFI partition on a large disk can still be seen.
const NARROWEST: u32 = 40;

/// The map and the table of partitions; nothing where there are none.
pub(super) fn disk_map(texts: &ReportTexts, locale: &dyn Locale, report: &Report) -> Vec<Block> {
    if report.partitions.is_empty() {
        return Vec::new();
    }
    let disk = report.virtual_size.unwrap_or(report.file_size).max(1);
    let part = |start: u64, size: u64, narrowest: u32| [at(start, disk), at(size, disk).max(narrowest)];
    let map = Map {
        label: fill(texts.map_label, &[("parts", &spoken(locale, &report.partitions))]),
        caption: if report.allocated.is_empty() { String::new() } else { texts.map_allocated.into() },
        parts: report.partitions.iter().map(|own| part(own.start, own.size, NARROWEST)).collect(),
        allocated: report
            .allocated
            .iter()
            .map(|[start, end]| part(*start, end.saturating_sub(*start), 5))
            .collect(),
    };
    let head = [texts.map_partition, texts.map_type, texts.map_file_system, texts.map_start, texts.map_size];
    let table = Table {
        label: format!("{}: {}", texts.map_partition, report.path),
        head: head.map(str::to_owned).to_vec(),
        rows: report.partitions.iter().map(|partition| row(locale, partition)).collect(),
        swatches: true,
    };
    vec![Block::Map(map), Block::Table(table)]
}

fn row(locale: &dyn Locale, partition: &Partition) -> Vec<String> {
    vec![
        title(partition),
        partition.type_name.clone().unwrap_or_else(|| partition.type_id.clone()),
        content(partition),
        locale.size(partition.start),
        locale.size(partition.size),
    ]
}

fn title(partition: &Partition) -> String {
    match partition.name.as_str() {
        "" => partition.index.to_string(),
        name => format!("{} {name}", partition.index),
    }
}

fn content(partition: &Partition) -> String {
    let label = partition.label.as_deref().filter(|label| !label.is_empty());
    match (partition.filesystem.as_deref(), label) {
        (Some(system), Some(label)) => format!("{system} “{label}”"),
        (Some(system), None) => system.to_owned(),
        (None, _) => "–".into(),
    }
}

fn spoken(locale: &dyn Locale, partitions: &[Partition]) -> String {
    let parts: Vec<String> = partitions
        .iter()
        .map(|partition| {
            format!("{} {}, {}", title(partition), content(partition), locale.size(partition.size))
        })
        .collect();
    parts.join("; ")
}

/// A place on the disk as a place on the drawing; a partition may claim to lie beyond the disk.
fn at(bytes: u64, disk: u64) -> u32 {
    let place = (u128::from(bytes) * WIDTH / u128::from(disk.max(1))).min(WIDTH);
    u32::try_from(place).unwrap_or(u32::MAX)
}
