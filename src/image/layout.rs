//! Fields of on-disk structures, declared once: name, offset and byte order.
//!
//! A format's module lists the fields of each of its structures as constants, as the specification does, and reads
//! them with [`Field::get`], which cannot go out of bounds:
//!
//! ```
//! use import_planner::image::layout::{Field, le_u64};
//! const CAPACITY: Field<u64> = le_u64("capacity", 12);
//! let header = [0_u8; 512];
//! assert_eq!(CAPACITY.get(&header).unwrap(), 0);
//! assert!(CAPACITY.get(&header[..16]).is_err());
//! ```

use super::error::ImageError;

/// A field of fixed size at a fixed offset of a structure.
#[derive(Clone, Copy)]
pub struct Field<T> {
    /// Its name in the specification.
    pub name: &'static str,
    /// Its offset in the structure, in bytes.
    pub offset: usize,
    read: fn(&[u8]) -> Option<T>,
}

impl<T> Field<T> {
    /// The field's value in `structure`.
    ///
    /// # Errors
    /// Malformed, when `structure` is too short to hold the field.
    pub fn get(&self, structure: &[u8]) -> Result<T, ImageError> {
        structure.get(self.offset..).and_then(self.read).ok_or_else(|| {
            ImageError::malformed(self.name, self.offset as u64, "the structure is too short to hold it")
        })
    }
}

macro_rules! integer_fields {
    ($($function:ident: $type:ty, $convert:ident, $doc:literal;)*) => {$(
        #[doc = $doc]
        pub const fn $function(name: &'static str, offset: usize) -> Field<$type> {
            Field {
                name,
                offset,
                read: |bytes| bytes.first_chunk().map(|bytes| <$type>::$convert(*bytes)),
            }
        }
    )*};
}

integer_fields! {
    u8_at: u8, from_le_bytes, "A byte.";
    le_u16: u16, from_le_bytes, "A little-endian 16-bit integer.";
    le_u32: u32, from_le_bytes, "A little-endian 32-bit integer.";
    le_u64: u64, from_le_bytes, "A little-endian 64-bit integer; it need not be aligned.";
    be_u16: u16, from_be_bytes, "A big-endian 16-bit integer.";
    be_u32: u32, from_be_bytes, "A big-endian 32-bit integer.";
    be_u64: u64, from_be_bytes, "A big-endian 64-bit integer; it need not be aligned.";
}

/// `N` bytes as they stand.
pub const fn bytes_at<const N: usize>(name: &'static str, offset: usize) -> Field<[u8; N]> {
    Field { name, offset, read: |bytes| bytes.first_chunk().copied() }
}
