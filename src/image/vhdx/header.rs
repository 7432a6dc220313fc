//! The two headers: the one with a right checksum and the higher sequence number counts (§2.2.2).

use super::layout::{
    DATA_WRITE_GUID, FILE_WRITE_GUID, Guid, HEADER_OFFSETS, HEADER_SIGNATURE, HEADER_SIZE, LOG_GUID,
    LOG_LENGTH, LOG_OFFSET, LOG_VERSION, SEQUENCE_NUMBER, VERSION, checksum_is_good,
};
use crate::image::read_at::{Source, read_up_to};
use crate::image::{Condition, ImageError};

/// What the current header says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    pub offset: u64,
    pub sequence_number: u64,
    pub file_write_guid: Guid,
    /// Changes whenever the guest's data do; a child knows its parent by it.
    pub data_write_guid: Guid,
    /// Zero where there is no log to replay.
    pub log_guid: Guid,
    pub log_version: u16,
    pub version: u16,
    pub log_length: u32,
    pub log_offset: u64,
}

/// The current header, and the condition of the other.
///
/// # Errors
/// Malformed, when neither is good; or reads that failed.
pub(super) fn find(source: &Source, conditions: &mut Vec<Condition>) -> Result<Header, ImageError> {
    let first = read(source, HEADER_OFFSETS[0])?;
    let second = read(source, HEADER_OFFSETS[1])?;
    let bad = |structure, header: &Result<Header, &'static str>, offset| {
        let reason = (*header).as_ref().err()?;
        Some(Condition::BadCopy { structure, offset, reason: (*reason).into() })
    };
    let conditions_found =
        [bad("header 1", &first, HEADER_OFFSETS[0]), bad("header 2", &second, HEADER_OFFSETS[1])];
    let header = match (first, second) {
        (Ok(first), Ok(second)) if first.sequence_number > second.sequence_number => first,
        (Ok(first), Ok(second)) if first.sequence_number == second.sequence_number => {
            // Disk2vhd writes the same header twice; two that differ leave open which one is newer.
            if first != (Header { offset: first.offset, ..second }) {
                let reason = "both headers have the same sequence number, but they differ";
                return Err(ImageError::malformed("header", HEADER_OFFSETS[0], reason));
            }
            first
        }
        (_, Ok(second)) => second,
        (Ok(first), Err(_)) => first,
        (Err(first), Err(second)) => {
            let reason = format!("neither header is good: of the first {first}, of the second {second}");
            return Err(ImageError::malformed("header", HEADER_OFFSETS[0], reason));
        }
    };
    conditions.extend(conditions_found.into_iter().flatten());
    Ok(header)
}

/// The header at `offset`; the inner error says what is wrong with it.
fn read(source: &Source, offset: u64) -> Result<Result<Header, &'static str>, ImageError> {
    let bytes = read_up_to(source.as_ref(), offset, HEADER_SIZE)?;
    if !bytes.starts_with(HEADER_SIGNATURE) || bytes.len() < HEADER_SIZE {
        return Ok(Err("the signature is missing"));
    }
    if !checksum_is_good(&bytes) {
        return Ok(Err("the checksum is wrong"));
    }
    Ok(Ok(Header {
        offset,
        sequence_number: SEQUENCE_NUMBER.get(&bytes)?,
        file_write_guid: FILE_WRITE_GUID.get(&bytes)?,
        data_write_guid: DATA_WRITE_GUID.get(&bytes)?,
        log_guid: LOG_GUID.get(&bytes)?,
        log_version: LOG_VERSION.get(&bytes)?,
        version: VERSION.get(&bytes)?,
        log_length: LOG_LENGTH.get(&bytes)?,
        log_offset: LOG_OFFSET.get(&bytes)?,
    }))
}
