//! The table of formats, and how one is chosen.

use super::read_at::{ReadError, read_up_to};
use super::{Condition, Fault, Format, Image, ImageError, Opened, Opening, Source};

/// What every reader may look at before it says "mine": the two ends of the file.
pub struct Probe<'a> {
    /// The first 64 KiB, or all of a smaller file.
    pub head: &'a [u8],
    /// The last 64 KiB, or all of a smaller file.
    pub tail: &'a [u8],
    /// The file's size in bytes.
    pub size: u64,
    /// The whole file, for the few formats whose mark lies elsewhere.
    pub source: &'a Source,
}

/// How much of each end a [`Probe`] shows, in bytes.
pub const PROBE: usize = 64 * 1024;

impl Probe<'_> {
    /// Whether `magic` stands at `offset` of the head.
    pub fn head_has(&self, offset: usize, magic: &[u8]) -> bool {
        self.head.get(offset..).is_some_and(|bytes| bytes.starts_with(magic))
    }

    /// Whether `magic` stands `distance` bytes before the end.
    pub fn tail_has(&self, distance: usize, magic: &[u8]) -> bool {
        let start = self.tail.len().checked_sub(distance);
        start.and_then(|start| self.tail.get(start..)).is_some_and(|bytes| bytes.starts_with(magic))
    }
}

/// How one format is recognised and opened.
pub struct Reader {
    /// The format.
    pub format: Format,
    /// Whether the bytes are of this format. A guest can write any bytes to the start of a raw disk, so two
    /// structures that agree are asked for wherever the format has two.
    pub recognise: fn(&Probe) -> bool,
    /// Opens the image. An error that is not a read error becomes [`Condition::Damaged`].
    pub open: fn(&Source, &Opening) -> Result<Opened, ImageError>,
}

/// Every format, in the order in which they are tried: those with two agreeing structures first, raw last.
static READERS: &[&Reader] = &[
    // Before those that are known by their ends: a member of an archive may be the last thing in it.
    &super::ova::READER,
    &super::ova::DESCRIPTOR_READER,
    &super::vmdk::READER,
    &super::vhdx::READER,
    &super::vhd::READER,
    &super::iso::READER,
    &super::qcow2::READER,
    &super::qcow2::v1::READER,
    &super::vdi::READER,
    &super::qed::READER,
    &super::parallels::READER,
    &super::ewf::READER,
    &super::dmg::READER,
    &super::squashfs::READER,
];

/// Every reader: the containers, files of other kinds, the compressed files, and raw last.
fn readers() -> impl Iterator<Item = &'static Reader> {
    let last = [&super::raw::READER];
    // Office documents and programs for Android are ZIP archives: they are looked for first.
    let foreign = [&super::foreign::READER];
    READERS.iter().copied().chain(foreign).chain(super::compressed::READERS.iter().copied()).chain(last)
}

/// Opens `source` as what its bytes say it is.
///
/// # Errors
/// Only [`Fault::Read`]: the file could not be read. A damaged image is an [`Image`] with a condition.
pub fn open(source: &Source, opening: &Opening) -> Result<Opened, ImageError> {
    let size = source.size();
    if size == 0 {
        return Ok(Opened { image: Image::new(Format::Empty, 0), disk: None });
    }
    let head = read_up_to(source.as_ref(), 0, PROBE)?;
    // The end of a file that lies in a compressed one is not at hand.
    let tail = match read_up_to(source.as_ref(), size.saturating_sub(PROBE as u64), PROBE) {
        Err(ReadError::OutOfBounds { .. }) => Vec::new(),
        tail => tail?,
    };
    let probe = Probe { head: &head, tail: &tail, size, source };
    for reader in readers() {
        if (reader.recognise)(&probe) {
            return match (reader.open)(source, opening) {
                Err(error) if error.fault != Fault::Read => {
                    let mut image = Image::new(reader.format, size);
                    image.conditions.push(Condition::Damaged(error));
                    Ok(Opened { image, disk: None })
                }
                result => result,
            };
        }
    }
    Ok(Opened { image: Image::new(Format::Unknown, size), disk: None })
}
