//! GUIDs as they stand in disk images, and as Microsoft writes them down.

use std::fmt::{self, Display};

/// A GUID in the byte order of Microsoft's structures: the first three groups little-endian.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Guid(pub [u8; 16]);

/// Which byte of the structure is written first, second …
const ORDER: [usize; 16] = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

impl Guid {
    /// The GUID of zeros, which stands for none.
    pub const NIL: Self = Self([0; 16]);

    /// The GUID whose digits, as they are written down, are `digits`.
    #[allow(clippy::many_single_char_names, reason = "sixteen bytes change places")]
    pub const fn from_digits(digits: u128) -> Self {
        let [a, b, c, d, e, f, g, h, rest @ ..] = digits.to_be_bytes();
        let [i, j, k, l, m, n, o, p] = rest;
        Self([d, c, b, a, f, e, h, g, i, j, k, l, m, n, o, p])
    }

    /// The GUID that `text` writes down, in braces or without them.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let digits: String = text.trim_start_matches('{').trim_end_matches('}').split('-').collect();
        let is_hexadecimal = digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hexadecimal.then(|| u128::from_str_radix(&digits, 16).ok()).flatten().map(Self::from_digits)
    }
}

impl Display for Guid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_groups(f, ORDER.iter().filter_map(|at| self.0.get(*at)))
    }
}

/// A UUID whose bytes stand in the order in which they are written down (RFC 9562).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Uuid(pub [u8; 16]);

impl Uuid {
    /// The UUID of zeros, which stands for none.
    pub const NIL: Self = Self([0; 16]);
}

impl Display for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_groups(f, self.0.iter())
    }
}

fn write_groups<'a>(f: &mut fmt::Formatter<'_>, bytes: impl Iterator<Item = &'a u8>) -> fmt::Result {
    for (index, byte) in bytes.enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            f.write_str("-")?;
        }
        write!(f, "{byte:02x}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guid_is_written_as_it_was_read() {
        let text = "2dc27766-f623-4200-9d64-115e9bfd4a08";
        let guid = Guid::parse(&format!("{{{text}}}")).unwrap();
        assert_eq!(guid.0[..8], [0x66, 0x77, 0xC2, 0x2D, 0x23, 0xF6, 0x00, 0x42]);
        assert_eq!(guid.to_string(), text);
        assert_eq!(guid, Guid::from_digits(0x2DC2_7766_F623_4200_9D64_115E_9BFD_4A08));
    }

    #[test]
    fn what_is_no_guid_is_not_taken_for_one() {
        for text in ["", "{}", "+dc27766-f623-4200-9d64-115e9bfd4a08", "2dc27766", "zz"] {
            assert_eq!(Guid::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_uuid_keeps_the_order_of_its_bytes() {
        let uuid = Uuid([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
        assert_eq!(uuid.to_string(), "00010203-0405-0607-0809-0a0b0c0d0e0f");
    }
}
