//! Numbers, sizes and times as the person's language writes them.

/// How a language writes numbers and times; the browser's is `Intl`.
pub trait Locale {
    /// A number with at most `digits` digits after the point.
    fn decimal(&self, value: f64, digits: u32) -> String;

    /// A moment in the person's time zone; `milliseconds` since 1970.
    fn moment(&self, milliseconds: f64) -> String;

    /// The word for bytes.
    fn bytes(&self) -> &'static str {
        "bytes"
    }

    /// A share in hundredths: `42%`.
    fn percent(&self, hundredths: u64) -> String;

    /// A whole number, grouped.
    #[expect(clippy::cast_precision_loss, reason = "what is shown has at most 16 digits anyway")]
    fn number(&self, value: u64) -> String {
        self.decimal(value as f64, 0)
    }

    /// A size in the largest binary unit that keeps it above one: `1.5 GiB`.
    #[expect(clippy::cast_precision_loss, reason = "three digits are shown")]
    fn size(&self, bytes: u64) -> String {
        let units = [self.bytes(), "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
        let mut value = bytes as f64;
        let mut unit = 0;
        while value >= 1024.0 && unit + 1 < units.len() {
            value /= 1024.0;
            unit += 1;
        }
        let digits = u32::from(unit > 0 && value < 100.0);
        format!("{}\u{a0}{}", self.decimal(value, digits), units.get(unit).copied().unwrap_or_default())
    }
}

/// Numbers without grouping and moments as milliseconds: for tests.
#[cfg(test)]
pub(crate) struct Plain;

#[cfg(test)]
impl Locale for Plain {
    fn decimal(&self, value: f64, digits: u32) -> String {
        format!("{value:.*}", digits as usize)
    }

    fn moment(&self, milliseconds: f64) -> String {
        milliseconds.to_string()
    }

    fn percent(&self, hundredths: u64) -> String {
        format!("{hundredths}%")
    }
}
