//! The checksums that show that nothing was lost: CRC-64/NVME of each part and of the whole, and the MD5 sums that S3
//! makes its ETags of. <https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html>

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use crc::{CRC_64_NVME, Crc, Table};
use md5::{Digest, Md5};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::sync::LazyLock;

/// Sixteen tables, which is what makes it as fast in wasm as the crates that lean on a processor's own instructions:
/// 1.8 GB/s.
static CRC64: LazyLock<Crc<u64, Table<16>>> = LazyLock::new(|| Crc::<u64, Table<16>>::new(&CRC_64_NVME));

/// The polynomial, its lowest power in the highest bit, as a reflected CRC keeps its remainder.
const POLYNOMIAL: u64 = CRC_64_NVME.poly.reverse_bits();

/// A CRC-64/NVME. As S3 writes it: eight bytes, the highest first, in base64.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Crc64(pub u64);

impl Crc64 {
    /// The checksum of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(CRC64.checksum(bytes))
    }

    /// The checksum of what this is the checksum of, followed by `length` bytes whose checksum is `next`.
    #[must_use]
    pub fn then(self, next: Self, length: u64) -> Self {
        // Eight zero bits a byte, so the remainder is multiplied by x^(8·length).
        Self(multiply(self.0, power_of_x(u128::from(length) * 8)) ^ next.0)
    }

    /// The checksum of a whole made of parts, each with its length in bytes.
    pub fn of_parts(parts: impl IntoIterator<Item = (Self, u64)>) -> Self {
        // Parts are of one size but the last, so that the power is worked out twice and not ten thousand times.
        let mut known = (0, power_of_x(0));
        parts.into_iter().fold(Self::of(&[]), |whole, (part, length)| {
            if known.0 != length {
                known = (length, power_of_x(u128::from(length) * 8));
            }
            Self(multiply(whole.0, known.1) ^ part.0)
        })
    }

    /// As S3 writes it in `x-amz-checksum-crc64nvme`.
    pub fn to_base64(self) -> String {
        STANDARD.encode(self.0.to_be_bytes())
    }

    /// Reads what S3 writes; `None` for anything else.
    pub fn from_base64(text: &str) -> Option<Self> {
        let bytes = STANDARD.decode(text.trim()).ok()?;
        Some(Self(u64::from_be_bytes(bytes.try_into().ok()?)))
    }
}

/// The product of two polynomials modulo [`POLYNOMIAL`], bits reflected: the highest bit is x^0.
fn multiply(left: u64, mut right: u64) -> u64 {
    let mut product = 0;
    for power in (0..64).rev() {
        if left >> power & 1 == 1 {
            product ^= right;
        }
        let carry = right & 1;
        right >>= 1;
        if carry == 1 {
            right ^= POLYNOMIAL;
        }
    }
    product
}

/// x^`exponent` modulo [`POLYNOMIAL`], by squaring.
fn power_of_x(mut exponent: u128) -> u64 {
    let (mut result, mut square) = (1 << 63, 1 << 62);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = multiply(result, square);
        }
        square = multiply(square, square);
        exponent >>= 1;
    }
    result
}

impl fmt::Debug for Crc64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Crc64({})", self.to_base64())
    }
}

impl Serialize for Crc64 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_base64())
    }
}

impl<'de> Deserialize<'de> for Crc64 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::from_base64(&text).ok_or_else(|| serde::de::Error::custom("this is no CRC-64 in base64"))
    }
}

/// What is known of a part's bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digests {
    /// Its CRC-64/NVME.
    pub crc64nvme: Crc64,
    /// Its MD5, where ETags are to be compared.
    pub md5: Option<Md5Sum>,
}

/// An MD5 sum.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Md5Sum(pub [u8; 16]);

impl Md5Sum {
    /// The sum of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Md5::digest(bytes).into())
    }

    /// The sum in an ETag of S3, quoted or not; `None` where the ETag cannot be one.
    ///
    /// An ETag in this form need not be a sum: with SSE-KMS it looks the same and is none.
    pub fn from_etag(etag: &str) -> Option<Self> {
        let digits = etag.trim().trim_matches('"').as_bytes();
        let mut sum = [0; 16];
        if digits.len() != 32 {
            return None;
        }
        for (byte, pair) in sum.iter_mut().zip(digits.chunks_exact(2)) {
            let digit = |digit: u8| char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Some(Self(sum))
    }

    fn to_hex(self) -> String {
        use fmt::Write;
        self.0.iter().fold(String::with_capacity(32), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }
}

impl fmt::Debug for Md5Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Md5Sum({})", self.to_hex())
    }
}

impl Serialize for Md5Sum {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_hex())
    }
}

impl<'de> Deserialize<'de> for Md5Sum {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::from_etag(&text).ok_or_else(|| serde::de::Error::custom("this is no MD5 sum in hexadecimal"))
    }
}

/// The ETag of an object made of parts with these MD5 sums, without quotes: the sum of the sums and their number.
/// So it is without encryption and with SSE-S3; with SSE-KMS an ETag is something else.
pub fn composite_etag(sums: impl IntoIterator<Item = Md5Sum>) -> String {
    let mut whole = Md5::new();
    let mut count = 0_usize;
    for sum in sums {
        whole.update(sum.0);
        count += 1;
    }
    format!("{}-{count}", Md5Sum(whole.finalize().into()).to_hex())
}

/// Both sums of a part as its bytes come by; what a worker keeps while it reads a slice.
pub struct Hasher {
    crc: crc::Digest<'static, u64, Table<16>>,
    md5: Option<Md5>,
}

impl Hasher {
    /// A hasher; the MD5 costs three times what the CRC does, so it is made only where ETags will be compared.
    pub fn new(with_md5: bool) -> Self {
        Self { crc: CRC64.digest(), md5: with_md5.then(Md5::new) }
    }

    /// Takes the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.crc.update(bytes);
        if let Some(md5) = &mut self.md5 {
            md5.update(bytes);
        }
    }

    /// What the bytes add up to.
    pub fn finish(self) -> Digests {
        Digests {
            crc64nvme: Crc64(self.crc.finalize()),
            md5: self.md5.map(|md5| Md5Sum(md5.finalize().into())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_check_value_of_the_catalogue_comes_out() {
        // https://reveng.sourceforge.io/crc-catalogue/17plus.htm#crc.cat.crc-64-nvme
        assert_eq!(Crc64::of(b"123456789").0, 0xae8b_1486_0a79_9888);
        assert_eq!(Crc64::of(b"123456789").to_base64(), "rosUhgp5mIg=");
    }

    #[test]
    fn lengths_past_32_bits_combine_by_halves_as_by_parts() {
        let mebibyte = vec![0; 1 << 20];
        let mut hasher = Hasher::new(false);
        (0..4).for_each(|_| hasher.update(&mebibyte));
        let doubled = |crc, power: u64| crc_of_twice(crc, 1 << power);
        let four = (20..22).fold(Crc64::of(&mebibyte), doubled);
        assert_eq!(four, hasher.finish().crc64nvme);
        // 16 TiB: once by doubling, once by parts of 1 TiB.
        let tebibyte = (22..40).fold(four, doubled);
        assert_eq!(Crc64::of_parts([(tebibyte, 1 << 40); 16]), (40..44).fold(tebibyte, doubled));
    }

    fn crc_of_twice(half: Crc64, length: u64) -> Crc64 {
        half.then(half, length)
    }

    #[test]
    fn the_composite_etag_is_the_sum_of_the_sums_and_their_number() {
        // By md5sum, of the parts "a" and "b".
        let sums = [Md5Sum::of(b"a"), Md5Sum::of(b"b")];
        assert_eq!(composite_etag(sums), "96e024ba2074fe77e8e965ba43a704be-2");
        assert_eq!(Md5Sum::of(b"a").to_hex(), "0cc175b9c0f1b6a831c399e269772661");
    }

    #[test]
    fn an_etag_is_read_with_and_without_quotes_and_a_composite_one_is_no_sum() {
        let sum = Md5Sum::of(b"a");
        assert_eq!(Md5Sum::from_etag("\"0CC175b9c0f1b6a831c399e269772661\""), Some(sum));
        assert_eq!(Md5Sum::from_etag("0cc175b9c0f1b6a831c399e269772661-2"), None);
        assert_eq!(Md5Sum::from_etag("+cc175b9c0f1b6a831c399e26977266+"), None);
        assert_eq!(Md5Sum::from_etag("éééééééééééééééé"), None);
    }

    #[test]
    fn what_is_no_checksum_is_not_read_as_one() {
        for text in ["", "AAAA", "rosUhgp5mIg", "rosUhgp5mIgA", "not base64!!"] {
            assert_eq!(Crc64::from_base64(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_checksums_of_parts_combine_to_that_of_the_whole(
            bytes in prop::collection::vec(any::<u8>(), 0..5000), cuts in prop::collection::vec(0_usize..5000, 0..6)
        ) {
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(bytes.len())).collect();
            cuts.extend([0, bytes.len()]);
            cuts.sort_unstable();
            let parts = cuts.windows(2).map(|cut| &bytes[cut[0]..cut[1]]);
            let combined = Crc64::of_parts(parts.map(|part| (Crc64::of(part), part.len() as u64)));
            prop_assert_eq!(combined, Crc64::of(&bytes));
            prop_assert_eq!(Crc64::from_base64(&combined.to_base64()), Some(combined));
        }

        #[test]
        fn a_hasher_fed_in_pieces_says_the_same(bytes in prop::collection::vec(any::<u8>(), 0..3000), piece in 1_usize..700) {
            let mut hasher = Hasher::new(true);
            bytes.chunks(piece).for_each(|piece| hasher.update(piece));
            let expected = Digests { crc64nvme: Crc64::of(&bytes), md5: Some(Md5Sum::of(&bytes)) };
            prop_assert_eq!(hasher.finish(), expected);
        }
    }
}
