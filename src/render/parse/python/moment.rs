//! Moments as Python writes them: `datetime(2015, 1, 1, tzinfo=timezone.utc)`.

use super::Reader;

impl Reader<'_> {
    /// The arguments of `datetime(…)`. boto3 takes a moment without a time zone for the computer's own time, which is not
    /// known here: it is read without an offset, for the validation to mark.
    pub(super) fn moment(&mut self) -> Option<String> {
        const NAMES: [&str; 7] = ["year", "month", "day", "hour", "minute", "second", "microsecond"];
        let mut parts = [0_u32; 7];
        let mut position = 0_usize;
        let mut is_utc = false;
        self.items(')', |reader| {
            let start = reader.at;
            let name = reader.word();
            reader.skip_space();
            let is_keyword = !name.is_empty() && reader.eat('=');
            if !is_keyword {
                reader.at = start;
            }
            reader.skip_space();
            if (is_keyword && name == "tzinfo") || (!is_keyword && position == NAMES.len()) {
                is_utc = reader.time_zone()?;
                return Some(());
            }
            let index = if is_keyword { NAMES.iter().position(|known| *known == name)? } else { position };
            *parts.get_mut(index)? = u32::try_from(reader.number()?.as_u64()?).ok()?;
            position = index.saturating_add(1);
            Some(())
        })?;
        let [year, month, day, hour, minute, second, microsecond] = parts;
        let is_moment = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=31).contains(&day)
            && hour < 24
            && minute < 60
            && second < 60
            && microsecond < 1_000_000;
        let fraction = if microsecond > 0 { format!(".{microsecond:06}") } else { String::new() };
        let zone = if is_utc { "Z" } else { "" };
        is_moment.then(|| {
            format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}{zone}")
        })
    }

    /// Whether a time zone is UTC, or none at all; `None` for any other.
    fn time_zone(&mut self) -> Option<bool> {
        let name = self.dotted();
        match name.rsplit('.').next()? {
            "None" => Some(false),
            "utc" | "UTC" => Some(true),
            "tzutc" => (self.eat('(') && self.eat(')')).then_some(true),
            "ZoneInfo" | "timezone" => {
                let is_open = self.eat('(');
                let zone = self.string()?;
                (is_open && self.eat(')') && matches!(zone.as_str(), "UTC" | "Etc/UTC")).then_some(true)
            }
            _ => None,
        }
    }
}
