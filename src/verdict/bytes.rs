//! How a number of bytes is said to a person.

const UNITS: [(&str, u64); 5] =
    [("PiB", 1 << 50), ("TiB", 1 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)];

/// `bytes` in the largest unit that leaves at least 1, rounded down to one decimal: "1.5 GiB"; below 1 KiB "511 bytes".
pub fn said(bytes: u64) -> String {
    let Some((unit, size)) = UNITS.iter().find(|(_, size)| bytes >= *size) else {
        return format!("{bytes} bytes");
    };
    let tenths = u128::from(bytes) * 10 / u128::from(*size);
    if tenths.is_multiple_of(10) {
        format!("{} {unit}", tenths / 10)
    } else {
        format!("{}.{} {unit}", tenths / 10, tenths % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_said_in_the_largest_unit() {
        let cases: &[(u64, &str)] = &[
            (0, "0 bytes"),
            (511, "511 bytes"),
            (1024, "1 KiB"),
            (1536, "1.5 KiB"),
            ((1 << 40) - 1, "1023.9 GiB"),
            (16 << 40, "16 TiB"),
            (u64::MAX, "16383.9 PiB"),
        ];
        for (bytes, text) in cases {
            assert_eq!(said(*bytes), *text);
        }
    }
}
