//! RAR archives (RARLAB's "RAR 5.0 archive format"), recognised only.

use super::super::detect::{Probe, Reader};
use super::super::{Format, Image, ImageError, Opened, Opening, Source, raw};

pub(super) static READER: Reader = Reader { format: Format::Rar, recognise, open };

const VERSION_4: &[u8] = b"Rar!\x1a\x07\x00";
const VERSION_5: &[u8] = b"Rar!\x1a\x07\x01\x00";

fn recognise(probe: &Probe) -> bool {
    (probe.head_has(0, VERSION_4) || probe.head_has(0, VERSION_5))
        && !raw::has_partition_table(probe.head, probe.size)
}

fn open(source: &Source, _opening: &Opening) -> Result<Opened, ImageError> {
    let mut image = Image::new(Format::Rar, source.size());
    let mut version = [0];
    source.read_at(6, &mut version)?;
    image.subformat = Some(if version == [1] { "RAR 5" } else { "RAR 4" }.into());
    Ok(Opened { image, disk: None })
}
