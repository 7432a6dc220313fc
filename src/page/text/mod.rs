//! Every text the page shows, in one place. A language is a file with one value of [`Texts`]: the compiler names
//! what a translation lacks.
//!
//! Texts with `{names}` are filled by [`fill`].

mod english;

pub use english::ENGLISH;

/// The texts of one language. A field's name says where its text stands.
#[derive(Debug, PartialEq)]
#[allow(missing_docs, reason = "a field's name says where its text stands")]
pub struct Texts {
    /// The language's tag, for `<html lang>`.
    pub language: &'static str,

    pub brand: &'static str,
    pub title: &'static str,
    pub skip_to_content: &'static str,
    pub privacy: &'static str,
    pub journey: &'static str,
    pub not_affiliated: &'static str,
    pub version: &'static str,

    pub step_image: &'static str,
    pub step_verdict: &'static str,
    pub step_import: &'static str,
    pub step_upload: &'static str,
    pub standing_good: &'static str,
    pub standing_warn: &'static str,
    pub standing_bad: &'static str,

    pub copy: &'static str,
    pub copied: &'static str,
    pub copy_refused: &'static str,
    pub download: &'static str,

    pub drop_here: &'static str,
    pub drop_hint: &'static str,
    pub drop_formats: &'static str,
    pub drop_release: &'static str,
    pub choose_file: &'static str,
    pub choose_another: &'static str,
    pub folder_refused: &'static str,
    pub image_reading: &'static str,
    pub image_refining: &'static str,
    pub image_stopped: &'static str,
    pub image_second_stopped: &'static str,
    pub image_second_failed: &'static str,
    pub image_failed: &'static str,
    pub stop: &'static str,
    pub read_again: &'static str,
    pub file_and_disk_size: &'static str,
    pub file_size_only: &'static str,
    pub bytes: &'static str,
    pub other_files: &'static str,

    pub verdict_empty: &'static str,
    pub verdict_accepted: &'static str,
    pub verdict_warnings: &'static str,
    pub verdict_refused: &'static str,
    pub verdict_snapshot: &'static str,
    pub verdict_image: &'static str,
    pub verdict_announced: &'static str,
    pub no_findings: &'static str,
    pub disk_in_appliance: &'static str,
    pub advice: &'static str,
    pub severity_blocker: &'static str,
    pub severity_warning: &'static str,
    pub severity_note: &'static str,
    pub way_out: &'static str,
    pub aws_page: &'static str,
    pub aws_would_say: &'static str,
    pub remedy_command: &'static str,
    pub details: &'static str,
    pub as_json: &'static str,
    pub json_label: &'static str,
    pub reads: &'static str,

    pub fact_format: &'static str,
    pub fact_file_size: &'static str,
    pub fact_virtual_size: &'static str,
    pub fact_creator: &'static str,
    pub fact_parent: &'static str,
    pub fact_table: &'static str,
    pub fact_whole_disk: &'static str,
    pub fact_boot_mode: &'static str,
    pub fact_architecture: &'static str,
    pub fact_system: &'static str,
    pub fact_kernels: &'static str,
    pub table_none: &'static str,
    pub boot_none: &'static str,
    pub boot_both: &'static str,
    pub panic_title: &'static str,
    pub panic_text: &'static str,
    pub reload: &'static str,

    pub map_label: &'static str,
    pub map_allocated: &'static str,
    pub map_partition: &'static str,
    pub map_type: &'static str,
    pub map_file_system: &'static str,
    pub map_start: &'static str,
    pub map_size: &'static str,

    pub import_title: &'static str,
    pub region: &'static str,
    pub region_hint: &'static str,
    pub region_missing: &'static str,
    pub location: &'static str,
    pub location_bucket: &'static str,
    pub location_address: &'static str,
    pub optional: &'static str,
    pub choose: &'static str,
    pub encryption: &'static str,
    pub more_options: &'static str,
    pub tags: &'static str,
    pub tag_key: &'static str,
    pub tag_value: &'static str,
    pub tag_add: &'static str,
    pub tag_remove: &'static str,
    pub clear_all: &'static str,
    pub image_place: &'static str,
    pub image_place_missing: &'static str,
    pub format_differs: &'static str,
    pub image_refused: &'static str,
    pub problems_title: &'static str,
    pub warnings_title: &'static str,

    pub output_title: &'static str,
    pub output_cli: &'static str,
    pub output_json: &'static str,
    pub output_query: &'static str,
    pub output_hint_cli: &'static str,
    pub output_hint_json: &'static str,
    pub output_hint_query: &'static str,
    pub output_waiting: &'static str,
    pub output_forms: &'static str,
    pub output_beside: &'static str,
    pub output_failed: &'static str,

    pub upload_title: &'static str,
    pub upload_needs_image: &'static str,
    pub upload_url: &'static str,
    pub upload_url_hint: &'static str,
    pub upload_url_script: &'static str,
    pub upload_url_label: &'static str,
    pub upload_host: &'static str,
    pub upload_bucket: &'static str,
    pub upload_key: &'static str,
    pub upload_region: &'static str,
    pub upload_expires: &'static str,
    pub upload_expires_in: &'static str,
    pub upload_expired: &'static str,
    pub seconds: &'static str,
    pub minutes: &'static str,
    pub hours: &'static str,
    pub days: &'static str,
    pub upload_unknown: &'static str,
    pub upload_differs: &'static str,
    pub upload_use_these: &'static str,
    pub upload_too_large: &'static str,
    pub upload_large_command: &'static str,
    pub upload_refused_image: &'static str,
    pub upload_not_url: &'static str,
    pub upload_not_signed: &'static str,
    pub doubt_expired: &'static str,
    pub doubt_headers: &'static str,
    pub doubt_checksum: &'static str,
    pub doubt_service: &'static str,
    pub doubt_part: &'static str,
    pub upload_start: &'static str,
    pub upload_again: &'static str,
    pub upload_cancel: &'static str,
    pub upload_progress: &'static str,
    pub upload_sent: &'static str,
    pub upload_rate: &'static str,
    pub upload_left: &'static str,
    pub upload_done: &'static str,
    pub upload_done_etag: &'static str,
    pub upload_done_no_etag: &'static str,
    pub upload_cancelled: &'static str,
    pub upload_failed: &'static str,
    pub cors_label: &'static str,
    pub cors_command_label: &'static str,
    pub cors_replaces: &'static str,

    pub failure_network: &'static str,
    pub failure_cors: &'static str,
    pub failure_policy: &'static str,
    pub failure_not_sent: &'static str,
    pub failure_file_changed: &'static str,
    pub failure_expired: &'static str,
    pub failure_signature: &'static str,
    pub failure_region: &'static str,
    pub failure_region_unknown: &'static str,
    pub failure_headers: &'static str,
    pub failure_clock: &'static str,
    pub failure_denied: &'static str,
    pub failure_no_bucket: &'static str,
    pub failure_too_large: &'static str,
    pub failure_busy: &'static str,
    pub failure_other: &'static str,

    /// Labels of the API's parameters, by path without indices; a parameter that is not here is shown by its own name.
    pub labels: &'static [(&'static str, &'static str)],
}

impl Texts {
    /// The label of the parameter at `path`.
    pub fn label(&self, path: &str) -> String {
        let plain: String = without_indices(path);
        match self.labels.iter().find(|(known, _)| *known == plain) {
            Some((_, label)) => (*label).to_owned(),
            None => plain.rsplit('.').next().unwrap_or_default().to_owned(),
        }
    }
}

impl Texts {
    /// A span of time in its two largest units: `1 h 5 min`.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole seconds, not negative"
    )]
    pub fn duration(&self, seconds: f64) -> String {
        let seconds = seconds.max(0.0).round() as u64;
        let units = [(self.days, 86_400), (self.hours, 3600), (self.minutes, 60), (self.seconds, 1)];
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
}

fn without_indices(path: &str) -> String {
    let mut plain = String::new();
    let mut inside = false;
    for character in path.chars() {
        match character {
            '[' => inside = true,
            ']' => inside = false,
            _ if inside => {}
            _ => plain.push(character),
        }
    }
    plain
}

/// `text` with each `{name}` replaced by its value.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            filled.push('{');
            rest = after;
            continue;
        };
        // One pass: a value that itself holds braces is not filled again.
        filled.push_str(values.iter().find(|(known, _)| *known == name).map_or(name, |(_, value)| value));
        rest = after;
    }
    filled.push_str(rest);
    filled
}
