//! The disk drawn to scale: its partitions, and what of it is allocated.
//!
//! Drawn with SVG attributes: the page's policy blocks `style`.

use super::text::{Texts, fill};
use crate::browser::locale;
use crate::guest::Partition;
use crate::inspect::Report;
use yew::prelude::*;

/// The map's width in its own units.
const WIDTH: f64 = 1000.0;
/// The narrowest a partition is drawn, so that an EFI partition on a large disk can still be seen.
const NARROWEST: f64 = 4.0;

/// The map and the table of partitions.
pub(super) fn disk_map(texts: &Texts, report: &Report) -> Html {
    let disk = report.virtual_size.unwrap_or(report.file_size).max(1);
    let label = fill(texts.map_label, &[("parts", &spoken(&report.partitions))]);
    html! {
        <figure class="disk-map">
            <svg viewBox="0 0 1000 52" preserveAspectRatio="none" role="img" aria-label={label}>
                <rect class="free" x="0" y="0" width="1000" height="52" />
                for (index, partition) in report.partitions.iter().enumerate() {
                    <rect key={index} class={classes!("part", colour(index))} x={number(at(partition.start, disk))} y="0"
                        width={number(at(partition.size, disk).max(NARROWEST))} height="52" />
                }
                for (index, [start, end]) in report.allocated.iter().copied().enumerate() {
                    <rect key={format!("allocated-{index}")} class="allocated" x={number(at(start, disk))} y="46"
                        width={number(at(end.saturating_sub(start), disk).max(0.5))} height="6" />
                }
            </svg>
            if !report.allocated.is_empty() {
                <figcaption class="small soft">{ texts.map_allocated }</figcaption>
            }
            <div class="table-scroll" tabindex="0" role="region" aria-label={texts.map_partition}>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{ texts.map_partition }</th>
                            <th scope="col">{ texts.map_type }</th>
                            <th scope="col">{ texts.map_file_system }</th>
                            <th scope="col">{ texts.map_start }</th>
                            <th scope="col">{ texts.map_size }</th>
                        </tr>
                    </thead>
                    <tbody>
                        for (index, partition) in report.partitions.iter().enumerate() {
                            <tr key={index}>
                                <td>
                                    <span class="row">
                                        <svg class="swatch" viewBox="0 0 1 1" aria-hidden="true"><rect class={colour(index)} width="1" height="1" /></svg>
                                        { title(partition) }
                                    </span>
                                </td>
                                <td>{ partition.type_name.clone().unwrap_or_else(|| partition.type_id.clone()) }</td>
                                <td>{ content(partition) }</td>
                                <td class="number">{ locale::size(partition.start) }</td>
                                <td class="number">{ locale::size(partition.size) }</td>
                            </tr>
                        }
                    </tbody>
                </table>
            </div>
        </figure>
    }
}

fn colour(index: usize) -> String {
    format!("part-{}", index % 4)
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

fn spoken(partitions: &[Partition]) -> String {
    let parts: Vec<String> = partitions
        .iter()
        .map(|partition| {
            format!("{} {}, {}", title(partition), content(partition), locale::size(partition.size))
        })
        .collect();
    parts.join("; ")
}

#[expect(clippy::cast_precision_loss, reason = "a place on a drawing")]
fn at(bytes: u64, disk: u64) -> f64 {
    (bytes as f64 / disk as f64 * WIDTH).min(WIDTH)
}

fn number(value: f64) -> String {
    format!("{value:.2}")
}
