//! What the table of facts says of a VMDK.

use super::descriptor::Descriptor;
use super::hosted::Header;
use super::layout::{SECTOR, hosted};
use crate::image::{Condition, Image};

/// The descriptor's keys that are shown: as they are looked up, and as they are written.
const KEYS: &[(&str, &str)] = &[
    ("createtype", "createType"),
    ("cid", "CID"),
    ("parentcid", "parentCID"),
    ("parentfilenamehint", "parentFileNameHint"),
    ("encoding", "encoding"),
    ("changetrackpath", "changeTrackPath"),
    ("ddb.adaptertype", "ddb.adapterType"),
    ("ddb.virtualhwversion", "ddb.virtualHWVersion"),
    ("ddb.toolsversion", "ddb.toolsVersion"),
    ("ddb.thinprovisioned", "ddb.thinProvisioned"),
    ("ddb.geometry.cylinders", "ddb.geometry.cylinders"),
    ("ddb.geometry.heads", "ddb.geometry.heads"),
    ("ddb.geometry.sectors", "ddb.geometry.sectors"),
    ("ddb.logicalsectorsize", "ddb.logicalSectorSize"),
    ("ddb.longcontentid", "ddb.longContentID"),
    ("ddb.uuid", "ddb.uuid"),
    ("ddb.uuid.image", "ddb.uuid.image"),
];

/// The longest value that is shown, in characters.
const LONGEST_VALUE: usize = 200;

/// Adds the descriptor's facts, and the condition that follows from one of them alone.
pub(super) fn of_descriptor(image: &mut Image, descriptor: &Descriptor) {
    for (key, name) in KEYS {
        if let Some(value) = descriptor.get(key) {
            image.fact(name, value.chars().take(LONGEST_VALUE).collect::<String>());
        }
    }
    let sector_size = descriptor.get("ddb.logicalsectorsize").and_then(|value| value.parse().ok());
    if let Some(bytes) = sector_size.filter(|bytes| *bytes != SECTOR) {
        image.conditions.push(Condition::SectorSize { bytes });
    }
}

/// Adds the facts of a hosted sparse extent's header.
pub(super) fn of_header(image: &mut Image, header: &Header) {
    image.fact("version", header.version.to_string());
    image.fact("flags", flags(header.flags));
    let grain_bytes = header.grain_size.saturating_mul(SECTOR);
    image.fact("grainSize", format!("{} sectors ({grain_bytes} bytes)", header.grain_size));
    image.fact("numGTEsPerGT", header.entries_per_table.to_string());
    let at_end = header.directory == hosted::DIRECTORY_AT_END;
    let directory =
        if at_end { "at the end (footer)".into() } else { format!("sector {}", header.directory) };
    image.fact("gdOffset", directory);
    image.fact("overHead", format!("{} sectors", header.overhead));
    let compression = match header.compression {
        0 => "none".into(),
        hosted::COMPRESSION_DEFLATE => "deflate".into(),
        other => format!("unknown ({other})"),
    };
    image.fact("compressAlgorithm", compression);
    image.fact("uncleanShutdown", if header.unclean_shutdown { "yes" } else { "no" });
}

/// The flags as a number, and in words those that are set.
fn flags(flags: u32) -> String {
    const NAMES: &[(u32, &str)] = &[
        (hosted::FLAG_NEWLINE_TEST, "newline test"),
        (hosted::FLAG_REDUNDANT, "redundant grain directory"),
        (hosted::FLAG_ZEROED_GRAINS, "zeroed grains"),
        (hosted::FLAG_COMPRESSED, "compressed"),
        (hosted::FLAG_MARKERS, "markers"),
    ];
    let set: Vec<&str> = NAMES.iter().filter(|(bit, _)| flags & bit != 0).map(|(_, name)| *name).collect();
    if set.is_empty() { format!("{flags:#x}") } else { format!("{flags:#x} ({})", set.join(", ")) }
}
