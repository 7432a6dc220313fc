//! Raw deflate (RFC 1951), up to a number of bytes.

use super::inside::Beginning;
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress, inflate_flags};

/// The first `limit` bytes that `input` inflates to, or as many as come before the input ends or is bad.
pub(crate) fn inflate(input: &[u8], limit: usize) -> Beginning {
    let mut bytes = vec![0; limit];
    let mut decompressor = Box::<DecompressorOxide>::default();
    let flags =
        inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF | inflate_flags::TINFL_FLAG_HAS_MORE_INPUT;
    let (status, _, written) = decompress(&mut decompressor, input, &mut bytes, 0, flags);
    bytes.truncate(written);
    Beginning { bytes, ended: status == TINFLStatus::Done }
}
