//! Moments as EC2's clients send them: UTC, with six digits of a second's fraction when there is one.

/// Microseconds in a second.
const MICROSECONDS: i128 = 1_000_000;
/// Seconds in a day.
const DAY: i128 = 86_400;

/// The canonical form of a moment, or `None` if the text is not one.
///
/// Taken are ISO 8601 with an offset (`2026-01-02T04:05:06.789+02:00`, `…Z`) and seconds since 1970, with or without
/// a fraction. A time without an offset is not taken: the clients would read it in the zone of the machine they run
/// on. Years 1 to 9999, as Python knows them.
pub fn canonical(text: &str) -> Option<String> {
    let text = text.trim();
    let microseconds = if text.contains(['T', 't', ' ']) { from_iso(text)? } else { from_seconds(text)? };
    let seconds = microseconds.div_euclid(MICROSECONDS);
    let fraction = microseconds.rem_euclid(MICROSECONDS);
    let (year, month, day) = date(seconds.div_euclid(DAY))?;
    let second = seconds.rem_euclid(DAY);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    let fraction = if fraction == 0 { String::new() } else { format!(".{fraction:06}") };
    Some(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z"))
}

fn from_seconds(text: &str) -> Option<i128> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    Some(sign * (number(whole, 1..=12)? * MICROSECONDS + fraction_of_a_second(fraction)?))
}

fn from_iso(text: &str) -> Option<i128> {
    let (date, time) = text.split_once(['T', 't', ' '])?;
    let mut date = date.splitn(3, '-');
    let (year, month, day) =
        (number(date.next()?, 4..=4)?, number(date.next()?, 2..=2)?, number(date.next()?, 2..=2)?);
    if !(1..=12).contains(&month) || !(1..=days_in_month(year, month)).contains(&day) {
        return None;
    }
    let (time, offset) = split_offset(time)?;
    let (clock, fraction) = time.split_once(['.', ',']).unwrap_or((time, "0"));
    let mut clock = clock.splitn(3, ':');
    let hour = number(clock.next()?, 2..=2)?;
    let minute = number(clock.next()?, 2..=2)?;
    let second = clock.next().map_or(Some(0), |second| number(second, 2..=2))?;
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let seconds = days(year, month, day) * DAY + hour * 3600 + minute * 60 + second - offset;
    Some(seconds * MICROSECONDS + fraction_of_a_second(fraction)?)
}

/// Splits `03:04:05+02:00` into the time and the offset in seconds.
fn split_offset(time: &str) -> Option<(&str, i128)> {
    if let Some(time) = time.strip_suffix(['Z', 'z']) {
        return Some((time, 0));
    }
    let at = time.rfind(['+', '-'])?;
    let (time, offset) = time.split_at_checked(at)?;
    let sign = if offset.starts_with('-') { -1 } else { 1 };
    let digits = offset.get(1..)?.replace(':', "");
    let hours = number(digits.get(..2)?, 2..=2)?;
    let minutes = match digits.get(2..)? {
        "" => 0,
        minutes => number(minutes, 2..=2)?,
    };
    (hours <= 23 && minutes <= 59).then_some((time, sign * (hours * 3600 + minutes * 60)))
}

/// Digits behind the point, cut to microseconds.
fn fraction_of_a_second(digits: &str) -> Option<i128> {
    number(digits, 1..=32)?;
    let six: String = digits.chars().chain("000000".chars()).take(6).collect();
    six.parse().ok()
}

fn number(digits: &str, length: std::ops::RangeInclusive<usize>) -> Option<i128> {
    (length.contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| digits.parse().ok())
        .flatten()
}

fn is_leap(year: i128) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_in_month(year: i128, month: i128) -> i128 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01 to the first of January of a year of the proleptic Gregorian calendar.
fn days_before_year(year: i128) -> i128 {
    let past = year - 1;
    past * 365 + past.div_euclid(4) - past.div_euclid(100) + past.div_euclid(400) - 719_162
}

fn days(year: i128, month: i128, day: i128) -> i128 {
    days_before_year(year) + (1..month).map(|month| days_in_month(year, month)).sum::<i128>() + day - 1
}

fn date(days: i128) -> Option<(i128, i128, i128)> {
    // 400 years are 146,097 days; the estimate is at most one year off.
    let mut year = days * 400 / 146_097 + 1970;
    while days_before_year(year) > days {
        year -= 1;
    }
    while days_before_year(year + 1) <= days {
        year += 1;
    }
    if !(1..=9999).contains(&year) {
        return None;
    }
    let mut day = days - days_before_year(year);
    for month in 1..=12 {
        let length = days_in_month(year, month);
        if day < length {
            return Some((year, month, day + 1));
        }
        day -= length;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_in_utc_with_six_digits_of_fraction() {
        let cases = [
            ("2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z"),
            ("2026-01-02T04:05:06.789+02:00", "2026-01-02T02:05:06.789000Z"),
            ("2026-01-01T23:30:00-0100", "2026-01-02T00:30:00Z"),
            ("2024-02-29T23:59:59.9999999Z", "2024-02-29T23:59:59.999999Z"),
            ("2026-01-02 03:04Z", "2026-01-02T03:04:00Z"),
            ("1700000000", "2023-11-14T22:13:20Z"),
            ("1700000000.5", "2023-11-14T22:13:20.500000Z"),
            ("-0.5", "1969-12-31T23:59:59.500000Z"),
            ("0", "1970-01-01T00:00:00Z"),
        ];
        for (text, canonical_text) in cases {
            assert_eq!(canonical(text).as_deref(), Some(canonical_text), "{text}");
        }
    }

    #[test]
    fn what_is_no_moment_or_has_no_offset_is_refused() {
        let cases = [
            "",
            "yesterday",
            "2026-01-02",
            "2026-01-02T03:04:05",
            "2025-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-01-02T25:00:00Z",
            "2026-01-02T00:00:00+é",
            "99999999999999999999",
            "0001-01-01T00:00:00+23:00",
        ];
        for text in cases {
            assert_eq!(canonical(text), None, "{text}");
        }
    }
}
