//! The capacity of a disk: a number and its unit, "programmatic units" of DSP0004 Annex C such as `byte * 2^30`.

/// The units from before the standard, and what they are worth in bytes.
const OLD_UNITS: &[(&str, u64)] = &[
    ("byte", 1),
    ("bytes", 1),
    ("kilobytes", 1 << 10),
    ("megabytes", 1 << 20),
    ("gigabytes", 1 << 30),
    ("terabytes", 1 << 40),
];

/// A capacity by the descriptor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Capacity {
    /// In bytes.
    pub bytes: u64,
    /// The unit it is given in, in bytes.
    unit: u64,
}

impl Capacity {
    /// `capacity` in `units`; `None` where it is no number, or the unit is unknown, or it is too much.
    pub(super) fn parse(capacity: &str, units: &str) -> Option<Self> {
        let unit = unit(units)?;
        Some(Self { bytes: capacity.trim().parse::<u64>().ok()?.checked_mul(unit)?, unit })
    }

    /// Whether a disk of `actual` bytes is the one that is meant: a writer whose unit does not divide the size
    /// rounds up to the next.
    pub(super) fn is_of(self, actual: u64) -> bool {
        actual == self.bytes || actual.checked_next_multiple_of(self.unit.max(1)) == Some(self.bytes)
    }
}

/// The product of `units`, such as `byte * 2^20` or `byte*1024`.
fn unit(units: &str) -> Option<u64> {
    let mut factors = units.split('*').map(str::trim);
    let name = factors.next().unwrap_or_default().to_ascii_lowercase();
    let base = if name.is_empty() {
        1
    } else {
        OLD_UNITS.iter().find(|(known, _)| *known == name).map(|(_, bytes)| *bytes)?
    };
    factors.try_fold(base, |product, factor| product.checked_mul(power(factor)?))
}

fn power(factor: &str) -> Option<u64> {
    match factor.split_once('^') {
        Some((base, exponent)) => base.trim().parse::<u64>().ok()?.checked_pow(exponent.trim().parse().ok()?),
        None => factor.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::Capacity;

    fn bytes(capacity: &str, units: &str) -> Option<u64> {
        Capacity::parse(capacity, units).map(|capacity| capacity.bytes)
    }

    #[test]
    fn a_disk_is_rounded_up_to_the_unit_and_not_down() {
        let capacity = Capacity::parse("512", "byte * 2^20").unwrap();
        for (actual, is_of) in
            [(512 << 20, true), ((511 << 20) + 512, true), (511 << 20, false), ((512 << 20) + 512, false)]
        {
            assert_eq!(capacity.is_of(actual), is_of, "{actual}");
        }
        assert!(!Capacity::parse("0", "byte * 0").unwrap().is_of(1));
    }

    #[test]
    fn a_capacity_is_a_number_of_units() {
        for (capacity, units, expected) in [
            ("16777216", "byte", Some(16 << 20)),
            ("16", "byte * 2^20", Some(16 << 20)),
            ("16", "byte*2^20", Some(16 << 20)),
            ("2", "byte * 2 ^ 30", Some(2 << 30)),
            ("5", "byte * 10^9", Some(5_000_000_000)),
            ("3", "byte * 1024 * 1024", Some(3 << 20)),
            ("40", "GigaBytes", Some(40 << 30)),
            ("7", "", Some(7)),
            (" 7 ", "byte", Some(7)),
        ] {
            assert_eq!(bytes(capacity, units), expected, "{capacity} {units}");
        }
    }

    #[test]
    fn what_is_no_number_of_bytes_is_none() {
        for (capacity, units) in [
            ("", "byte"),
            ("-1", "byte"),
            ("ten", "byte"),
            ("${disk}", "byte"),
            ("1", "hertz"),
            ("1", "byte * 2^64"),
            ("2", "byte * 2^63"),
            ("1", "byte * 2^99999999999"),
            ("1", "byte * "),
        ] {
            assert_eq!(bytes(capacity, units), None, "{capacity} {units}");
        }
    }
}
