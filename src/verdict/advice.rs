//! Which call to use, and what to ask of it.

use super::name::declared;
use super::system::{WindowsFamily, is_linux, is_windows, windows_family};
use crate::sentence::Sentence;

use super::{Finding, PerCall, Remedy, Severity, Subject, Verdict, verdict};
use crate::guest::{BootMode, GuestCondition};
use crate::image::Format;
use serde::{Deserialize, Serialize};

/// A call that takes an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names are the API's own")]
pub enum Call {
    ImportSnapshot,
    ImportImage,
}

impl Call {
    /// Its name in the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::ImportSnapshot => "ImportSnapshot",
            Self::ImportImage => "ImportImage",
        }
    }
}

/// Which call to use, and what to ask of it. The values are spelled as the API has them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Advice {
    /// The call; `None` where neither takes the image as it is.
    pub call: Option<Call>,
    /// Why, one sentence each.
    pub reasons: Vec<Reason>,
    /// The way out where neither call takes it.
    pub remedy: Option<Remedy>,
    /// `Format`.
    pub format: Option<String>,
    /// `BootMode`: of ImportImage, or of RegisterImage after ImportSnapshot; `None` where it is not known or the disk
    /// starts nothing.
    pub boot_mode: Option<String>,
    /// `Architecture`, where it is known.
    pub architecture: Option<String>,
    /// `LicenseType` of ImportImage: `AWS` or `BYOL`.
    pub license_type: Option<String>,
    /// `Platform` of ImportImage: `Windows` or `Linux`.
    pub platform: Option<String>,
}

/// A reason for an advice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// A stable code, so that another language can say it.
    pub code: String,
    /// One sentence.
    pub message: Sentence,
}

/// The reasons that there are: code and sentence.
const REASONS: &[(&str, &str)] = &[
    ("appliance", "An OVA is a whole machine: only ImportImage takes it."),
    (
        "windows",
        "For Windows, ImportImage installs the drivers and sets the licence; RegisterImage does neither.",
    ),
    ("listed-linux", "AWS lists this Linux for ImportImage, which adds the drivers that it lacks."),
    (
        "debian-loader",
        "ImportImage makes the fallback loader that this Debian lacks; ImportSnapshot does not.",
    ),
    (
        "dual-boot",
        "ImportImage does not support two systems on a disk; ImportSnapshot does not look at them.",
    ),
    ("data-disk", "Nothing starts from this disk: as a snapshot it becomes a volume."),
    ("unknown-system", "It is not known which system is on the disk; ImportSnapshot does not look at it."),
    ("doubtful-system", "ImportImage may fail at what is on the disk; ImportSnapshot does not look at it."),
    ("image-refuses", "ImportImage refuses the image; ImportSnapshot takes the disk as it is."),
    ("snapshot-refuses", "ImportSnapshot refuses the image."),
    ("register", "After ImportSnapshot, RegisterImage makes an image that instances start from."),
    ("neither", "Neither call takes the image as it is."),
    (
        "nothing-known",
        "Nothing that is known here is in the file, so neither call is advised; ImportSnapshot would copy its bytes as they are.",
    ),
];

fn reasons(codes: &[&str]) -> Vec<Reason> {
    let known = |code: &&str| REASONS.iter().find(|(known, _)| known == code);
    let reason =
        |(code, message): &(&str, &'static str)| Reason { code: (*code).into(), message: (*message).into() };
    codes.iter().filter_map(known).map(reason).collect()
}

/// The advice for `subject`, of which the rules have said `findings`.
pub fn advise(subject: &Subject, findings: &[Finding]) -> Advice {
    let (call, codes) = choose(subject, findings, verdict(findings));
    Advice {
        call,
        reasons: reasons(&codes),
        remedy: if call.is_none() { way_out(findings) } else { None },
        format: declared(subject.image.format).map(Into::into),
        boot_mode: boot_mode(subject, call).map(Into::into),
        architecture: architecture(subject),
        license_type: license_type(subject).filter(|_| call == Some(Call::ImportImage)).map(Into::into),
        platform: platform(subject).map(Into::into),
    }
}

fn choose(
    subject: &Subject,
    findings: &[Finding],
    verdict: PerCall<Verdict>,
) -> (Option<Call>, Vec<&'static str>) {
    let image = verdict.import_image != Verdict::Refused;
    let snapshot = verdict.import_snapshot != Verdict::Refused;
    if subject.image.format == Format::Unknown && snapshot {
        return (None, vec!["nothing-known"]);
    }
    match (snapshot, image) {
        (false, false) => (None, vec!["neither"]),
        (false, true) if subject.image.format == Format::Ova => (Some(Call::ImportImage), vec!["appliance"]),
        (false, true) => (Some(Call::ImportImage), vec!["snapshot-refuses"]),
        (true, false) => (Some(Call::ImportSnapshot), with_register(subject, vec!["image-refuses"])),
        (true, true) => between_both(subject, findings),
    }
}

/// Both calls may take it: ImportImage where AWS knows the system, ImportSnapshot for everything else.
fn between_both(subject: &Subject, findings: &[Finding]) -> (Option<Call>, Vec<&'static str>) {
    let doubtful = findings.iter().any(|finding| {
        finding.severity.import_image == Some(Severity::Warning)
            && finding.severity.import_snapshot != Some(Severity::Warning)
    });
    let is_found = |code: &str| findings.iter().any(|finding| finding.code == code);
    if guest_boot_mode(subject) == Some(BootMode::None) {
        (Some(Call::ImportSnapshot), vec!["data-disk"])
    } else if is_found("dual-boot") {
        (Some(Call::ImportSnapshot), with_register(subject, vec!["dual-boot"]))
    } else if is_found("debian-fallback-loader") {
        (Some(Call::ImportImage), vec!["debian-loader"])
    } else if is_windows(subject) {
        (Some(Call::ImportImage), vec!["windows"])
    } else if doubtful {
        (Some(Call::ImportSnapshot), with_register(subject, vec!["doubtful-system"]))
    } else if is_linux(subject) {
        (Some(Call::ImportImage), vec!["listed-linux"])
    } else {
        (Some(Call::ImportSnapshot), with_register(subject, vec!["unknown-system"]))
    }
}

fn with_register<'a>(subject: &Subject, mut codes: Vec<&'a str>) -> Vec<&'a str> {
    let is_data = subject.guest.is_some_and(|guest| guest.partitions.is_empty());
    if !is_data && guest_boot_mode(subject) != Some(BootMode::None) {
        codes.push("register");
    }
    codes
}

/// What must be mended before anything is converted.
const FIRST_MENDED: &[&str] = &["truncated", "damaged", "damaged-in-part", "text-mode-damage"];

/// The remedy of the first blocker that has one; a command before a sentence.
fn way_out(findings: &[Finding]) -> Option<Remedy> {
    let blockers = || findings.iter().filter(|finding| finding.severity.worst() == Some(Severity::Blocker));
    let remedies = || blockers().filter_map(|finding| finding.remedy.clone());
    let mended_first = blockers().find(|finding| FIRST_MENDED.contains(&finding.code.as_str()));
    mended_first
        .and_then(|finding| finding.remedy.clone())
        .or_else(|| remedies().find(|remedy| matches!(remedy, Remedy::Command(_))))
        .or_else(|| remedies().next())
}

fn guest_boot_mode(subject: &Subject) -> Option<BootMode> {
    super::boot::boot_mode(subject).or_else(|| {
        subject.disks.iter().find_map(|disk| disk.boot_mode.filter(|mode| *mode != BootMode::None))
    })
}

/// uefi-preferred is only for RegisterImage. Of Windows that starts by both, ImportImage would turn the GPT into an MBR.
fn boot_mode(subject: &Subject, call: Option<Call>) -> Option<&'static str> {
    let firmware = subject.image.appliance.as_ref().and_then(|appliance| appliance.firmware.as_deref());
    let has_loader = !subject.guest_conditions().contains(&GuestCondition::NoFallbackLoader);
    match guest_boot_mode(subject) {
        Some(BootMode::Uefi) => Some("uefi"),
        Some(BootMode::LegacyBios) => Some("legacy-bios"),
        Some(BootMode::Both) if !has_loader => Some("legacy-bios"),
        Some(BootMode::Both) if call == Some(Call::ImportSnapshot) => Some("uefi-preferred"),
        Some(BootMode::Both) if is_windows(subject) || firmware == Some("efi") => Some("uefi"),
        Some(BootMode::Both) => Some("legacy-bios"),
        Some(BootMode::None) | None => match firmware {
            Some("efi") => Some("uefi"),
            Some("bios") => Some("legacy-bios"),
            _ => None,
        },
    }
}

fn architecture(subject: &Subject) -> Option<String> {
    let known = |name: &&str| ["x86_64", "arm64", "i386"].contains(name);
    subject.guest.and_then(|guest| guest.architecture.as_deref()).filter(known).map(Into::into)
}

fn license_type(subject: &Subject) -> Option<&'static str> {
    let os = subject.guest.and_then(|guest| guest.os.as_ref())?;
    match windows_family(os) {
        Some(WindowsFamily::Server) => Some("AWS"),
        Some(WindowsFamily::Client) => Some("BYOL"),
        None => (os.family == "linux").then_some("BYOL"),
    }
}

fn platform(subject: &Subject) -> Option<&'static str> {
    if is_windows(subject) {
        Some("Windows")
    } else if is_linux(subject) {
        Some("Linux")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::builder::{Case, linux, windows};
    use super::*;

    fn advice(case: &Case) -> Advice {
        advise(&case.subject(), &case.findings())
    }

    fn with_os(os: crate::guest::OperatingSystem) -> Case {
        Case::stream_optimized().with_guest(|guest| guest.os = Some(os))
    }

    #[test]
    fn what_aws_knows_goes_by_import_image_and_the_rest_by_import_snapshot() {
        let cases = [
            (with_os(linux("debian", "12", &["6.1.0-18-amd64"])), Call::ImportImage, "listed-linux"),
            (with_os(linux("arch", "rolling", &[])), Call::ImportSnapshot, "doubtful-system"),
            (with_os(windows("Windows Server 2022")), Call::ImportImage, "windows"),
            (Case::stream_optimized(), Call::ImportSnapshot, "unknown-system"),
            (
                Case::stream_optimized().with_guest(|guest| guest.boot_mode = Some(BootMode::None)),
                Call::ImportSnapshot,
                "data-disk",
            ),
            (
                Case::stream_optimized().with_guest(|guest| guest.architecture = Some("arm64".into())),
                Call::ImportSnapshot,
                "image-refuses",
            ),
        ];
        for (case, call, reason) in cases {
            let advice = advice(&case);
            assert_eq!((advice.call, advice.reasons[0].code.as_str()), (Some(call), reason));
        }
    }

    #[test]
    fn the_advice_does_not_contradict_what_was_found() {
        let two = with_os(windows("Windows Server 2022")).with_guest(|guest| {
            let systems = vec!["Windows".into(), "Debian".into()];
            guest.conditions.push(GuestCondition::DualBoot { systems });
        });
        assert_eq!(advice(&two).call, Some(Call::ImportSnapshot));
        assert_eq!(advice(&two).reasons[0].code, "dual-boot");
        let debian = with_os(linux("debian", "12", &[])).with_guest(|guest| {
            guest.boot_mode = Some(BootMode::Uefi);
            guest.conditions.push(GuestCondition::NoFallbackLoader);
        });
        assert_eq!(advice(&debian).call, Some(Call::ImportImage));
        assert_eq!(advice(&debian).reasons[0].code, "debian-loader");
    }

    #[test]
    fn no_boot_mode_is_advised_that_the_disk_has_no_code_for() {
        let case = |mode| {
            with_os(linux("debian", "12", &[])).with_guest(|guest| {
                guest.boot_mode = Some(mode);
                guest.lacks_boot_code = true;
            })
        };
        assert_eq!(advice(&case(BootMode::LegacyBios)).boot_mode, None);
        assert_eq!(advice(&case(BootMode::Both)).boot_mode.as_deref(), Some("uefi"));
    }

    #[test]
    fn every_reason_that_is_given_has_a_sentence() {
        for (code, message) in REASONS {
            assert!(message.ends_with('.') && reasons(&[code]).len() == 1);
        }
    }

    #[test]
    fn where_neither_call_takes_it_the_way_out_is_the_conversion() {
        let advice = advice(&Case::new("a.qcow2", Format::Qcow2));
        assert_eq!((advice.call, advice.format), (None, None));
        let Some(Remedy::Command(command)) = advice.remedy else { panic!("no command") };
        assert_eq!(command[0], "qemu-img");
    }

    #[test]
    fn of_unknown_bytes_no_call_is_advised_though_one_would_take_them() {
        let advice = advice(&Case::new("letter.doc", Format::Unknown));
        assert_eq!((advice.call, advice.reasons[0].code.as_str()), (None, "nothing-known"));
        assert!(matches!(advice.remedy, Some(Remedy::Advice(text)) if text.contains("right file")));
    }

    #[test]
    fn a_cut_image_is_copied_again_before_it_is_converted() {
        let mut case = Case::new("a.qcow2", Format::Qcow2);
        case.image
            .conditions
            .push(crate::image::Condition::Truncated { structure: "clusters", needed: None });
        assert!(
            matches!(advice(&case).remedy, Some(Remedy::Advice(text)) if text.contains("copy or download"))
        );
    }

    #[test]
    fn uefi_preferred_is_never_asked_of_import_image() {
        let both = |os| with_os(os).with_guest(|guest| guest.boot_mode = Some(BootMode::Both));
        assert_eq!(advice(&both(linux("debian", "12", &[]))).boot_mode.as_deref(), Some("legacy-bios"));
        assert_eq!(advice(&both(windows("Windows Server 2022"))).boot_mode.as_deref(), Some("uefi"));
        let unknown = Case::stream_optimized().with_guest(|guest| guest.boot_mode = Some(BootMode::Both));
        assert_eq!(advice(&unknown).boot_mode.as_deref(), Some("uefi-preferred"));
    }

    #[test]
    fn the_licence_is_aws_s_only_for_windows_server() {
        let of = |os| advice(&with_os(os)).license_type;
        assert_eq!(of(windows("Windows Server 2022")).as_deref(), Some("AWS"));
        assert_eq!(of(windows("Windows 11 Pro")).as_deref(), Some("BYOL"));
        assert_eq!(of(linux("debian", "12", &[])).as_deref(), Some("BYOL"));
        assert_eq!(of(windows("Windows Server 2019 or Windows 10 1809")), None);
    }

    #[test]
    fn an_ova_goes_by_import_image_with_the_firmware_of_its_descriptor() {
        let mut case = Case::new("a.ova", Format::Ova);
        case.image.appliance =
            Some(Box::new(crate::image::Appliance { firmware: Some("efi".into()), ..Default::default() }));
        let findings = [];
        let advice = advise(&case.subject(), &findings);
        assert_eq!(advice.boot_mode.as_deref(), Some("uefi"));
    }
}
