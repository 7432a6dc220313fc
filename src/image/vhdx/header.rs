//! The two headers, and which of them is current.

use super::super::guid::Guid;
use super::super::read_at::{ReadError, Source, read_vec};
use super::super::{Condition, Image, ImageError};
use super::layout::{checksum, header as fields};

/// A header whose checksum is right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    /// Where it lies, in bytes.
    pub(super) offset: u64,
    pub(super) sequence_number: u64,
    pub(super) file_write_id: Guid,
    pub(super) data_write_id: Guid,
    pub(super) log_id: Guid,
    pub(super) log_version: u16,
    pub(super) version: u16,
    pub(super) log_offset: u64,
    pub(super) log_length: u64,
}

/// Reads both headers and gives the current one: that with the higher sequence number. A bad copy is noted in
/// `image`.
///
/// # Errors
/// Malformed, when both are bad.
pub(super) fn current(image: &mut Image, source: &Source) -> Result<Header, ImageError> {
    let [first, second] = fields::OFFSETS.map(|offset| read(source, offset));
    match (first?, second?) {
        (Ok(first), Ok(second)) => {
            Ok(if second.sequence_number > first.sequence_number { second } else { first })
        }
        (Ok(header), Err(bad)) => Ok(noting(image, header, "header 2", &bad)),
        (Err(bad), Ok(header)) => Ok(noting(image, header, "header 1", &bad)),
        (Err(bad), Err(_)) => Err(ImageError { field: "both headers", ..bad }),
    }
}

/// The identity of the disk's content, for a child that looks for its parent.
pub(super) fn data_write_id(source: &Source) -> Result<Option<Guid>, ImageError> {
    let mut ignored = Image::new(super::Format::Vhdx, source.size());
    match current(&mut ignored, source) {
        Err(error) if error.fault != super::Fault::Read => Ok(None),
        header => Ok(Some(header?.data_write_id)),
    }
}

fn noting(image: &mut Image, header: Header, structure: &'static str, bad: &ImageError) -> Header {
    let (offset, reason) = (bad.offset, bad.reason.clone());
    image.conditions.push(Condition::BadCopy { structure, offset, reason });
    header
}

/// The header at `offset`; the inner error says what is wrong with it.
fn read(source: &Source, offset: u64) -> Result<Result<Header, ImageError>, ReadError> {
    let bad = |reason: &'static str| Ok(Err(ImageError::malformed("header", offset, reason)));
    let bytes = match read_vec(source.as_ref(), offset, fields::SIZE) {
        Err(ReadError::OutOfBounds { .. }) => return bad("it lies beyond the end of the file"),
        bytes => bytes?,
    };
    if !bytes.starts_with(fields::SIGNATURE) {
        return bad("its signature is missing");
    }
    if fields::CHECKSUM.get(&bytes) != Ok(checksum(&bytes, &fields::CHECKSUM)) {
        return bad("its checksum is wrong");
    }
    Ok(parse(&bytes, offset))
}

fn parse(bytes: &[u8], offset: u64) -> Result<Header, ImageError> {
    Ok(Header {
        offset,
        sequence_number: fields::SEQUENCE_NUMBER.get(bytes)?,
        file_write_id: Guid(fields::FILE_WRITE_GUID.get(bytes)?),
        data_write_id: Guid(fields::DATA_WRITE_GUID.get(bytes)?),
        log_id: Guid(fields::LOG_GUID.get(bytes)?),
        log_version: fields::LOG_VERSION.get(bytes)?,
        version: fields::VERSION.get(bytes)?,
        log_offset: fields::LOG_OFFSET.get(bytes)?,
        log_length: u64::from(fields::LOG_LENGTH.get(bytes)?),
    })
}
