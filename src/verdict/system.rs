//! The operating system and the processor it is for.

use super::Subject;
use super::catalogue::{Rule, Way, each, image_only, snapshot_only};
use super::sources::{LIMITATIONS, REGISTER_API, REQUIREMENTS};
use super::supported::{self, AS_OF, Listing};
use super::template::{Values, shown, when};
use crate::guest::OperatingSystem;
use crate::sentence::Sentence;
use crate::verdict::Severity;

pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "arm64",
        title: "The system is for 64-bit ARM, which ImportImage does not take",
        severity: each(Severity::Note, Severity::Blocker),
        message: "The system is for arm64; ImportImage takes only x86.",
        remedy: &[Way::Advice(
            "Import it with ImportSnapshot and register an image with the architecture arm64 from the snapshot.",
        )],
        source: REQUIREMENTS,
        aws_error: Some("Parameter architecture=arm64 has an invalid format"),
        check: |subject| when(architecture(subject) == Some("arm64")),
    },
    Rule {
        // "Imported Linux VMs must use 64-bit images. Migrating 32-bit Linux images isn't supported."
        code: "i386-linux",
        title: "The system is a Linux for 32-bit x86, which ImportImage does not take",
        severity: each(Severity::Note, Severity::Blocker),
        message: "The system is a Linux for i386; ImportImage takes only 64-bit ones.",
        remedy: &[Way::Advice("Use ImportSnapshot and register an image from the snapshot.")],
        source: LIMITATIONS,
        aws_error: None,
        check: |subject| when(architecture(subject) == Some("i386") && is_linux(subject)),
    },
    Rule {
        code: "i386",
        title: "The system is for 32-bit x86, and no Linux",
        severity: each(Severity::Note, Severity::Warning),
        message: "The system is for i386, whose import AWS withdraws in 2026 (as of {as_of}).",
        remedy: &[Way::Advice(
            "Import a 64-bit system, or use ImportSnapshot and register an image from the snapshot.",
        )],
        source: REQUIREMENTS,
        aws_error: None,
        check: |subject| {
            if architecture(subject) == Some("i386") && !is_linux(subject) { dated() } else { Vec::new() }
        },
    },
    Rule {
        code: "other-architecture",
        title: "The system is for a processor that EC2 does not have",
        severity: each(Severity::Warning, Severity::Blocker),
        message: "The system is for {architecture}; EC2 has x86 and arm64 machines.",
        remedy: &[Way::Advice("The disk can become a snapshot, but no machine of EC2 starts from it.")],
        source: REQUIREMENTS,
        aws_error: None,
        check: other_architecture,
    },
    Rule {
        code: "system-withdrawn",
        title: "AWS is withdrawing the import of this operating system",
        severity: image_only(Severity::Warning),
        message: "{system} is past its end of life, and AWS withdraws it from ImportImage in 2026 (as of {as_of}).",
        remedy: &[Way::Advice(
            "Upgrade it before the export, or use ImportSnapshot and register an image from the snapshot.",
        )],
        source: REQUIREMENTS,
        aws_error: Some("ClientError: Unknown OS / Missing OS files."),
        check: |subject| listed_as(subject, Listing::Withdrawn),
    },
    Rule {
        code: "system-not-listed",
        title: "AWS does not list this operating system for ImportImage",
        severity: image_only(Severity::Warning),
        message: "{system} is not among the systems that AWS lists for ImportImage (as of {as_of}).",
        remedy: &[Way::Advice(
            "Use ImportSnapshot, which does not look at the system, and register an image from the snapshot.",
        )],
        source: REQUIREMENTS,
        aws_error: Some("ClientError: Unknown OS / Missing OS files."),
        check: |subject| listed_as(subject, Listing::NotListed),
    },
    Rule {
        code: "kernel-not-listed",
        title: "AWS does not list the kernel for this operating system",
        severity: image_only(Severity::Warning),
        message: "The kernels found ({kernels}) are not among those that AWS lists for {system}: {listed} (as of {as_of}).",
        remedy: &[Way::Advice(
            "Start the machine with a listed kernel and remove the others, or use ImportSnapshot and register an image from the snapshot.",
        )],
        source: REQUIREMENTS,
        aws_error: Some("ClientError: Unsupported kernel version"),
        check: kernel_not_listed,
    },
    Rule {
        code: "newest-kernel-not-listed",
        title: "AWS lists an installed kernel for this operating system, but not the newest",
        severity: image_only(Severity::Warning),
        message: "The newest kernel found ({newest}), which the machine starts unless told otherwise, is not among those that AWS lists for {system}: {listed} (as of {as_of}).",
        remedy: &[Way::Advice(
            "Make a listed kernel the default, or remove the newer ones, before the export; or use ImportSnapshot.",
        )],
        source: REQUIREMENTS,
        aws_error: None,
        check: newest_not_listed,
    },
    Rule {
        code: "windows-client",
        title: "The system is a Windows for desktops",
        severity: image_only(Severity::Note),
        message: "{system} is imported only in US English and only with your own licence (BYOL).",
        remedy: &[Way::Advice("Set LicenseType to BYOL.")],
        source: REQUIREMENTS,
        aws_error: None,
        check: windows_client,
    },
    Rule {
        code: "billing-from-snapshot",
        title: "An image registered from a snapshot may lack the system's billing information",
        severity: snapshot_only(Severity::Warning),
        message: "An image of {system} that is registered from a snapshot may be billed wrongly: RegisterImage takes the billing from the snapshot, which has none.",
        remedy: &[Way::Advice("Use ImportImage for a system that AWS licenses.")],
        source: REGISTER_API,
        aws_error: None,
        check: billing,
    },
    Rule {
        code: "system-found",
        title: "AWS lists the operating system for ImportImage",
        severity: image_only(Severity::Note),
        message: "{system} is among the systems that AWS lists for ImportImage (as of {as_of}).",
        remedy: &[],
        source: REQUIREMENTS,
        aws_error: None,
        check: |subject| listed_as(subject, Listing::Listed),
    },
];

fn os<'a>(subject: &Subject<'a>) -> Option<&'a OperatingSystem> {
    subject.guest.and_then(|guest| guest.os.as_ref())
}

fn architecture<'a>(subject: &Subject<'a>) -> Option<&'a str> {
    subject.guest.and_then(|guest| guest.architecture.as_deref())
}

/// Whether the system is Linux, as its files say.
pub(super) fn is_linux(subject: &Subject) -> bool {
    os(subject).is_some_and(|os| os.family == "linux")
}

/// Whether the system is Windows: its files say so, or the partitions that only its installer makes.
pub(super) fn is_windows(subject: &Subject) -> bool {
    const RESERVED: &str = "E3C9E316-0B5C-4DB8-817D-F92DF00215AE";
    match os(subject) {
        Some(os) => os.family == "windows",
        None => subject.guest.is_some_and(|guest| {
            let reserved = guest.partitions.iter().any(|partition| partition.type_id == RESERVED);
            reserved
                && guest.partitions.iter().any(|partition| partition.filesystem.as_deref() == Some("ntfs"))
        }),
    }
}

/// Which of its two families a Windows belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WindowsFamily {
    /// For desktops: its licence is never AWS's.
    Client,
    /// Windows Server.
    Server,
}

/// The family of a Windows; `None` where its name leaves that open, because both have builds in common
/// ("Windows Server 2019 or Windows 10 1809"), and for every other system.
pub(super) fn windows_family(os: &OperatingSystem) -> Option<WindowsFamily> {
    let name = os.name.as_deref().filter(|_| os.family == "windows")?;
    match (name.contains(SERVER), name.contains(CLIENT_TOO)) {
        (true, true) => None,
        (true, false) => Some(WindowsFamily::Server),
        (false, _) => is_release(name).then_some(WindowsFamily::Client),
    }
}

const SERVER: &str = "Windows Server";
/// How a name goes on that leaves open which of two systems it is.
const CLIENT_TOO: &str = " or Windows";

/// Whether a Windows is named with its release, not only as "Windows" or "Windows Server".
fn is_release(name: &str) -> bool {
    !matches!(name.trim(), "Windows" | SERVER)
}

/// A system's name and version for a person.
fn said(os: &OperatingSystem) -> String {
    let name = os.name.as_deref().unwrap_or(&os.family);
    match os.version.as_deref().filter(|version| !name.contains(version)) {
        Some(version) => format!("{} {}", shown(name), shown(version)),
        None => shown(name),
    }
}

fn dated() -> Vec<Values> {
    vec![Values::new().with("as_of", Sentence::from(AS_OF))]
}

fn other_architecture(subject: &Subject) -> Vec<Values> {
    match architecture(subject) {
        None | Some("x86_64" | "i386" | "arm64") => Vec::new(),
        Some(other) => vec![Values::new().with("architecture", other)],
    }
}

/// Nothing where the system does not say enough of itself to be looked up.
fn listing(os: &OperatingSystem) -> Option<Listing> {
    match os.family.as_str() {
        "linux" => Some(supported::linux(os.id.as_deref()?, os.version.as_deref().unwrap_or_default())),
        "windows" => os.name.as_deref().filter(|name| is_release(name)).map(supported::windows),
        _ => Some(Listing::NotListed),
    }
}

fn listed_as(subject: &Subject, listed: Listing) -> Vec<Values> {
    match os(subject) {
        Some(os) if listing(os) == Some(listed) => {
            vec![Values::new().with("system", said(os)).with("as_of", Sentence::from(AS_OF))]
        }
        _ => Vec::new(),
    }
}

fn kernel_not_listed(subject: &Subject) -> Vec<Values> {
    let of = |(os, _, values): (&OperatingSystem, _, Values)| values.with("kernels", os.kernels.join(", "));
    kernels(subject).filter(|(_, listed, _)| *listed == Kernels::None).map(of).into_iter().collect()
}

fn newest_not_listed(subject: &Subject) -> Vec<Values> {
    let of = |(os, _, values): (&OperatingSystem, _, Values)| {
        os.kernels.last().map(|newest| values.with("newest", newest))
    };
    kernels(subject).filter(|(_, listed, _)| *listed == Kernels::Older).and_then(of).into_iter().collect()
}

/// Which of a system's kernels AWS lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kernels {
    None,
    Older,
    Newest,
}

/// Which of the kernels AWS lists, newest last, and the values of both rules; `None` where it is not known.
fn kernels<'a>(subject: &Subject<'a>) -> Option<(&'a OperatingSystem, Kernels, Values)> {
    let os = os(subject)?;
    let listed = supported::kernels(os.id.as_deref()?, os.version.as_deref()?)?;
    let is_listed = |kernel: &String| listed.iter().any(|listed| supported::is_kernel(kernel, listed));
    let found = if is_listed(os.kernels.last()?) {
        Kernels::Newest
    } else if os.kernels.iter().any(is_listed) {
        Kernels::Older
    } else {
        Kernels::None
    };
    let values = Values::new()
        .with("listed", listed.join(", "))
        .with("system", said(os))
        .with("as_of", Sentence::from(AS_OF));
    Some((os, found, values))
}

fn windows_client(subject: &Subject) -> Vec<Values> {
    match os(subject) {
        Some(os) if windows_family(os) == Some(WindowsFamily::Client) => {
            vec![Values::new().with("system", said(os))]
        }
        _ => Vec::new(),
    }
}

fn billing(subject: &Subject) -> Vec<Values> {
    const LICENSED: &[&str] = &["rhel", "sles", "sles_sap"];
    match os(subject) {
        Some(os)
            if (os.family == "windows" && windows_family(os) != Some(WindowsFamily::Client))
                || os.id.as_deref().is_some_and(|id| LICENSED.contains(&id)) =>
        {
            vec![Values::new().with("system", said(os))]
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Verdict;
    use super::super::builder::{Case, linux, windows};
    use super::*;

    fn with(os: OperatingSystem) -> Case {
        Case::stream_optimized().with_guest(|guest| guest.os = Some(os))
    }

    #[test]
    fn what_aws_does_not_list_is_a_warning_with_the_date_of_the_list() {
        for (os, code) in [
            (linux("arch", "rolling", &[]), "system-not-listed"),
            (linux("centos", "7", &[]), "system-withdrawn"),
            (windows("Windows 7 Professional"), "system-withdrawn"),
        ] {
            let case = with(os);
            assert!(case.finding(code).unwrap().message.contains(AS_OF), "{code}");
            assert_eq!(case.verdict().import_image, Verdict::AcceptedWithWarnings, "{code}");
        }
    }

    #[test]
    fn one_listed_kernel_is_enough_if_it_is_the_newest() {
        let newer = with(linux("debian", "12", &["6.1.0-18-amd64", "6.9.1"]));
        assert!(newer.finding("kernel-not-listed").is_none());
        assert!(newer.finding("newest-kernel-not-listed").unwrap().message.contains("(6.9.1)"));
        let older = with(linux("debian", "12", &["5.10.0-1-amd64", "6.1.0-18-amd64"]));
        assert_eq!(older.codes(), ["system-found"]);
        let finding = with(linux("debian", "12", &["6.9.1"])).finding("kernel-not-listed").unwrap();
        assert!(finding.message.contains("6.9.1") && finding.message.contains("6.1.0"));
    }

    #[test]
    fn a_system_of_which_no_kernels_were_read_is_not_doubted() {
        let case = with(linux("debian", "12", &[]));
        assert_eq!(case.codes(), ["system-found"]);
        assert_eq!(case.verdict().import_image, Verdict::Accepted);
    }

    #[test]
    fn arm64_is_a_snapshot_and_no_import_image() {
        let case = Case::stream_optimized().with_guest(|guest| guest.architecture = Some("arm64".into()));
        assert_eq!(case.verdict().import_snapshot, Verdict::Accepted);
        assert_eq!(case.verdict().import_image, Verdict::Refused);
    }

    #[test]
    fn other_processors_are_named() {
        let riscv = Case::stream_optimized().with_guest(|guest| guest.architecture = Some("riscv64".into()));
        assert!(riscv.finding("other-architecture").unwrap().message.contains("riscv64"));
        let old = Case::stream_optimized().with_guest(|guest| guest.architecture = Some("i386".into()));
        assert_eq!(old.verdict().import_image, Verdict::AcceptedWithWarnings);
        let old_linux = old.with_guest(|guest| guest.os = Some(linux("debian", "12", &[])));
        assert_eq!(old_linux.verdict().import_image, Verdict::Refused);
        assert_eq!(old_linux.verdict().import_snapshot, Verdict::Accepted);
    }

    #[test]
    fn licensed_systems_lose_their_billing_in_a_snapshot() {
        for os in [windows("Windows Server 2022"), linux("rhel", "9.4", &[])] {
            assert!(with(os).finding("billing-from-snapshot").is_some());
        }
        for os in [windows("Windows 11 Pro"), linux("debian", "12", &[])] {
            assert!(with(os).finding("billing-from-snapshot").is_none());
        }
    }

    #[test]
    fn a_build_of_both_families_is_taken_for_neither() {
        let both = windows("Windows Server 2019 or Windows 10 1809");
        assert_eq!(windows_family(&both), None);
        assert_eq!(windows_family(&windows("Windows Server 2022")), Some(WindowsFamily::Server));
        assert_eq!(windows_family(&windows("Windows 11 24H2")), Some(WindowsFamily::Client));
        assert_eq!(windows_family(&windows("Windows")), None);
        let unnamed = with(windows("Windows"));
        assert!(unnamed.finding("system-not-listed").is_none());
    }

    #[test]
    fn a_desktop_windows_is_byol() {
        assert!(with(windows("Windows 10 Pro")).finding("windows-client").is_some());
        assert!(with(windows("Windows Server 2019")).finding("windows-client").is_none());
    }
}
