//! Spans of time in words.

use super::fill;
use super::upload::UploadTexts;

/// A span of time in its two largest units: `1 h 5 min`.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole seconds, not negative")]
pub fn duration(texts: &UploadTexts, seconds: f64) -> String {
    let seconds = seconds.max(0.0).round() as u64;
    let units = [(texts.days, 86_400), (texts.hours, 3600), (texts.minutes, 60), (texts.seconds, 1)];
    let largest = units.iter().position(|(_, length)| seconds >= *length).unwrap_or(units.len() - 1);
    let mut rest = seconds;
    let mut parts = Vec::new();
    for (text, length) in units.iter().skip(largest).take(2) {
        let number = rest / length;
        rest %= length;
        if number > 0 || parts.is_empty() {
            parts.push(fill(text, &[("number", &number.to_string())]));
        }
    }
    parts.join(" ")
}
