//! One compressed cluster at a time. The output is a cluster, so a decompression bomb has no room.

use super::super::compressed::deflate;
use super::header::Compression;
use crate::sentence::{Sentence, sentence};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use std::io::Read;

/// The widest window that zstd may need for a cluster of 2 MiB, in bytes.
const MAX_WINDOW: u64 = 8 * 1024 * 1024;

pub(super) type Codec = Compression;

/// The cluster of `cluster_size` bytes that `compressed` holds, which may be followed by bytes of its neighbours.
///
/// # Errors
/// A clause for a person, when the bytes do not decompress to a whole cluster.
pub(super) fn decompress(codec: Codec, compressed: &[u8], cluster_size: usize) -> Result<Vec<u8>, Sentence> {
    let cluster = match codec {
        Codec::Deflate => deflate::inflate(compressed, cluster_size).bytes,
        Codec::Zstd => unpack_zstd(compressed, cluster_size)?,
    };
    if cluster.len() == cluster_size {
        Ok(cluster)
    } else {
        Err(sentence!(
            "its compressed cluster gives {cluster} of {cluster_size} bytes",
            cluster = cluster.len(),
            cluster_size
        ))
    }
}

fn unpack_zstd(mut compressed: &[u8], cluster_size: usize) -> Result<Vec<u8>, Sentence> {
    let failed = |error: ruzstd::decoding::errors::FrameDecoderError| {
        sentence!("its compressed cluster does not decompress: {error}", error = error.to_string())
    };
    let mut decoder = FrameDecoder::new();
    decoder.set_max_window_size(MAX_WINDOW);
    decoder.init(&mut compressed).map_err(failed)?;
    let mut cluster = vec![0; cluster_size];
    let mut filled = 0_usize;
    // Block by block: a frame that holds more than the cluster is not decoded to its end.
    while let Some(rest) = cluster.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        let read = decoder.read(rest).map_err(Sentence::of_error)?;
        filled = filled.saturating_add(read);
        if read == 0 {
            if decoder.is_finished() {
                break;
            }
            decoder.decode_blocks(&mut compressed, BlockDecodingStrategy::UptoBlocks(1)).map_err(failed)?;
        }
    }
    cluster.truncate(filled);
    Ok(cluster)
}
