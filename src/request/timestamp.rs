//! Moments as AWS writes them: ISO 8601 with an offset, or seconds since 1970.

use crate::sentence::{Sentence, sentence};
use serde_json::Value;

/// A moment to the microsecond, which is what the real clients send.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp {
    /// Seconds since 1970-01-01T00:00:00Z.
    pub seconds: i64,
    /// Microseconds past the second, below 1,000,000.
    pub microseconds: u32,
}

/// The first second of the year 10000: four digits of a year end here.
const END: i64 = 253_402_300_800;

/// The first second of the year 1, the first that four digits can say.
const START: i64 = -62_135_596_800;

const EXAMPLE: &str = "write it like 2026-01-31T12:00:00Z or 2026-01-31T13:00:00+01:00";

impl Timestamp {
    /// Reads text, or a number of seconds since 1970.
    ///
    /// # Errors
    /// A clause for a person: the value is neither text nor a number, a number lies outside the years 1970 to 9999, or
    /// [`Self::parse`] does not read the text.
    pub fn from_value(value: &Value) -> Result<Self, Sentence> {
        match value {
            Value::String(text) => Self::parse(text),
            Value::Number(number) => Self::from_epoch(number.as_f64().unwrap_or(f64::NAN)),
            _ => Err(sentence!("it is neither text nor a number; {example}.", example = EXAMPLE)),
        }
    }

    /// Reads ISO 8601, extended (`2026-01-31T12:00:00.5+01:00`) or basic (`20260131T120000Z`), or seconds since 1970.
    ///
    /// # Errors
    /// A clause for a person: the date, the time of day or the offset is missing, malformed or impossible, or a number
    /// lies outside the years 1970 to 9999.
    pub fn parse(text: &str) -> Result<Self, Sentence> {
        let text = text.trim();
        if let Ok(seconds) = text.parse::<f64>()
            // Eight digits are a date in the basic format.
            && text.len() != 8
        {
            return Self::from_epoch(seconds);
        }
        Reader { rest: text.as_bytes() }.timestamp()
    }

    /// As the EC2 Query protocol carries it: UTC, and six digits of a fraction only where there is one.
    pub fn to_utc(self) -> String {
        let (year, month, day) = date_of(self.seconds.div_euclid(86_400));
        let second = self.seconds.rem_euclid(86_400);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        let fraction =
            if self.microseconds > 0 { format!(".{:06}", self.microseconds) } else { String::new() };
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z")
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked first")]
    fn from_epoch(seconds: f64) -> Result<Self, Sentence> {
        #[allow(clippy::cast_precision_loss, reason = "END is far below 2^53")]
        if !(0.0..END as f64).contains(&seconds) {
            return Err(sentence!(
                "a number counts the seconds since 1970 and ends with the year 9999; {example}.",
                example = EXAMPLE
            ));
        }
        let microseconds = (seconds.fract() * 1e6).round() as u32;
        let carried = i64::from(microseconds / 1_000_000);
        Ok(Self { seconds: seconds.trunc() as i64 + carried, microseconds: microseconds % 1_000_000 })
    }
}

/// Takes a timestamp apart from the left.
struct Reader<'a> {
    rest: &'a [u8],
}

impl Reader<'_> {
    fn timestamp(&mut self) -> Result<Timestamp, Sentence> {
        let year = self.digits(4, "the year")?;
        self.skip(b"-");
        let month = self.digits(2, "the month")?;
        self.skip(b"-");
        let day = self.digits(2, "the day")?;
        if !(1..=12).contains(&month) || !(1..=days_in(year, month)).contains(&day) || year == 0 {
            return Err(sentence!(
                "there is no {year}-{month}-{day} in the calendar.",
                year = format!("{:04}", year),
                month = format!("{:02}", month),
                day = format!("{:02}", day)
            ));
        }
        if !self.skip(b"Tt ") {
            return Err(sentence!("the time of day is missing; {example}.", example = EXAMPLE));
        }
        let hour = self.digits(2, "the hour")?;
        self.skip(b":");
        let minute = self.digits(2, "the minute")?;
        let second = if self.skip(b":") || self.rest.first().is_some_and(u8::is_ascii_digit) {
            self.digits(2, "the second")?
        } else {
            0
        };
        if hour > 23 || minute > 59 || second > 59 {
            return Err(sentence!(
                "there is no {hour}:{minute}:{second} in a day.",
                hour = format!("{:02}", hour),
                minute = format!("{:02}", minute),
                second = format!("{:02}", second)
            ));
        }
        let microseconds = self.fraction()?;
        let offset = self.offset()?;
        let seconds = days_before(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset;
        if !(START..END).contains(&seconds) {
            return Err(sentence!("in UTC it lies outside the years 1 to 9999."));
        }
        Ok(Timestamp { seconds, microseconds })
    }

    fn digits(&mut self, count: usize, what: &str) -> Result<i64, Sentence> {
        let (digits, rest) = self
            .rest
            .split_at_checked(count)
            .ok_or_else(|| sentence!("{what} is missing; {example}.", what, example = EXAMPLE))?;
        if !digits.iter().all(u8::is_ascii_digit) {
            return Err(sentence!(
                "{what} is not {count} digits; {example}.",
                what,
                count,
                example = EXAMPLE
            ));
        }
        self.rest = rest;
        Ok(digits.iter().fold(0, |number, digit| number * 10 + i64::from(digit - b'0')))
    }

    fn skip(&mut self, any_of: &[u8]) -> bool {
        match self.rest.split_first() {
            Some((first, rest)) if any_of.contains(first) => {
                self.rest = rest;
                true
            }
            _ => false,
        }
    }

    fn fraction(&mut self) -> Result<u32, Sentence> {
        if !self.skip(b".,") {
            return Ok(0);
        }
        let count = self.rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if count == 0 {
            return Err("the fraction of the second has no digits.".into());
        }
        let (digits, rest) = self.rest.split_at(count);
        self.rest = rest;
        Ok(digits
            .iter()
            .chain(b"000000")
            .take(6)
            .fold(0, |number, digit| number * 10 + u32::from(digit - b'0')))
    }

    /// The offset from UTC in seconds.
    fn offset(&mut self) -> Result<i64, Sentence> {
        let missing = || sentence!("it does not say in which time zone; {example}.", example = EXAMPLE);
        let sign = match self.rest.first().ok_or_else(missing)? {
            b'Z' | b'z' if self.rest.len() == 1 => return Ok(0),
            b'+' => 1,
            b'-' => -1,
            _ => {
                return Err(sentence!(
                    "what follows the time is not an offset; {example}.",
                    example = EXAMPLE
                ));
            }
        };
        self.rest = &self.rest[1..];
        let hours = self.digits(2, "the hour of the offset")?;
        self.skip(b":");
        let minutes = if self.rest.is_empty() { 0 } else { self.digits(2, "the minute of the offset")? };
        if hours > 23 || minutes > 59 || !self.rest.is_empty() {
            return Err(sentence!("the offset is not one; {example}.", example = EXAMPLE));
        }
        Ok(sign * (hours * 3600 + minutes * 60))
    }
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01 to a date; years are counted from March, so that the leap day comes last in one.
fn days_before(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let month_from_march = (month + 9) % 12;
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    // 719,468 days lie between 0000-03-01 and 1970-01-01.
    365 * year + leap_days + (153 * month_from_march + 2) / 5 + day - 1 - 719_468
}

/// The date that is `days` after 1970-01-01: the year is guessed from its mean length and then set right.
fn date_of(days: i64) -> (i64, i64, i64) {
    // 400 years have 146,097 days.
    let mut year = 1970 + (days * 400).div_euclid(146_097);
    while days_before(year, 1, 1) > days {
        year -= 1;
    }
    while days_before(year + 1, 1, 1) <= days {
        year += 1;
    }
    let mut month = 12;
    while days_before(year, month, 1) > days {
        month -= 1;
    }
    (year, month, days - days_before(year, month, 1) + 1)
}

#[cfg(test)]
mod tests {
    use super::Timestamp;
    use serde_json::json;

    fn utc(text: &str) -> String {
        Timestamp::parse(text).unwrap().to_utc()
    }

    #[test]
    fn an_offset_is_converted_to_utc() {
        assert_eq!(utc("2026-01-02T04:05:06.789+02:00"), "2026-01-02T02:05:06.789000Z");
        assert_eq!(utc("2026-01-01T00:00:00+0130"), "2025-12-31T22:30:00Z");
    }

    #[test]
    fn the_basic_format_is_read() {
        assert_eq!(utc("20260102T030405Z"), "2026-01-02T03:04:05Z");
    }

    #[test]
    fn seconds_since_1970_are_read_as_number_and_as_text() {
        let moment = Timestamp::from_value(&json!(1_767_323_045.5)).unwrap();
        assert_eq!(moment.to_utc(), "2026-01-02T03:04:05.500000Z");
        assert_eq!(utc("1767323045"), "2026-01-02T03:04:05Z");
    }

    #[test]
    fn leap_years_follow_the_calendar() {
        assert_eq!(utc("2024-02-29T00:00:00Z"), "2024-02-29T00:00:00Z");
        assert!(Timestamp::parse("2100-02-29T00:00:00Z").is_err());
    }

    #[test]
    fn moments_before_1970_and_at_the_end_of_time_are_written() {
        assert_eq!(Timestamp { seconds: -1, microseconds: 0 }.to_utc(), "1969-12-31T23:59:59Z");
        assert_eq!(utc("0001-01-01T00:00:00Z"), "0001-01-01T00:00:00Z");
        assert_eq!(utc("9999-12-31T23:59:59Z"), "9999-12-31T23:59:59Z");
        assert!(Timestamp::parse("0001-01-01T00:00:00+01:00").is_err());
        assert!(Timestamp::parse("9999-12-31T23:59:59-01:00").is_err());
        for seconds in [i64::MIN, i64::MAX] {
            assert!(Timestamp { seconds, microseconds: 0 }.to_utc().ends_with('Z'));
        }
    }

    #[test]
    fn every_day_of_four_centuries_survives_the_way_there_and_back() {
        for day in 0..146_097 {
            let moment = Timestamp { seconds: day * 86_400 + 1, microseconds: 0 };
            assert_eq!(Timestamp::parse(&moment.to_utc()), Ok(moment));
        }
    }

    #[test]
    fn a_time_without_an_offset_is_refused_with_the_way_to_write_it() {
        assert!(Timestamp::parse("2026-01-02T03:04:05").unwrap_err().contains("time zone"));
        assert!(Timestamp::parse("2026-01-02").unwrap_err().contains("time of day"));
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for text in [
            "",
            "yesterday",
            "2026-13-01T00:00:00Z",
            "2026-01-01T25:00:00Z",
            "2026-01-01T00:00:00Zzz",
            "-5",
            "NaN",
            "inf",
            "2026-01-01T00:00:00.Z",
            "é026-01-01T00:00:00Z",
        ] {
            assert!(Timestamp::parse(text).is_err(), "{text} was read");
        }
    }
}
