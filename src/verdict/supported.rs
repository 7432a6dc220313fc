//! The operating systems and kernels that AWS lists for ImportImage: dated data, said to the user with its date.
//!
//! The lists change several times a year. To bring them up to date, read the table on AWS's page
//! (`prerequisites.html` of the VM Import/Export User Guide), change the rows below and [`AS_OF`].

/// When the lists were read.
pub const AS_OF: &str = "4 October 2026";

/// A range of releases of a Linux distribution, and the kernels that AWS lists for them.
pub struct Release {
    /// The `ID` in os-release.
    pub id: &'static str,
    /// The first release, as major and minor version.
    pub first: (u32, u32),
    /// The last release.
    pub last: (u32, u32),
    /// The kernels, by the beginning of their release; empty where AWS names none.
    pub kernels: &'static [&'static str],
}

const fn release(
    id: &'static str,
    first: (u32, u32),
    last: (u32, u32),
    kernels: &'static [&'static str],
) -> Release {
    Release { id, first, last, kernels }
}

/// Stands for "every minor version".
const ANY: u32 = u32::MAX;

/// What AWS lists.
pub static LINUX: &[Release] = &[
    release("amzn", (2, 0), (2, ANY), &["4.14", "4.19", "5.4", "5.10"]),
    release("amzn", (2023, 0), (2023, ANY), &["6.1"]),
    release("centos", (9, 0), (9, ANY), &["5.14.0"]),
    release("debian", (11, 0), (11, ANY), &["5.10.0"]),
    release("debian", (12, 0), (12, ANY), &["6.1.0"]),
    release("fedora", (41, 0), (41, ANY), &["6.11.4"]),
    release("fedora", (42, 0), (42, ANY), &["6.14.0"]),
    release("fedora", (43, 0), (43, ANY), &["6.17.1"]),
    release("ol", (7, 0), (7, 6), &[]),
    release("ol", (8, 0), (8, 9), &["4.18.0", "5.15.0"]),
    release("ol", (9, 0), (9, 5), &["5.14.0", "5.15.0"]),
    release("ol", (9, 6), (9, 7), &["5.14.0", "6.12.0"]),
    release("ol", (10, 0), (10, 1), &["6.12.0"]),
    release("rhel", (7, 0), (7, ANY), &["3.10.0"]),
    release("rhel", (8, 0), (8, 9), &["4.18.0"]),
    release("rhel", (9, 0), (9, 7), &["5.14.0"]),
    release("rhel", (10, 0), (10, 1), &["6.12.0"]),
    release("rocky", (9, 0), (9, 7), &[]),
    release("rocky", (10, 0), (10, 1), &[]),
    release("sles", (12, 0), (12, ANY), &[]),
    release("sles", (15, 0), (15, 5), &[]),
    release("sles", (15, 6), (15, 6), &["6.4"]),
    release("ubuntu", (18, 4), (18, 4), &["4.15.0", "5.4.0"]),
    release("ubuntu", (20, 4), (20, 4), &["5.4.0"]),
    release("ubuntu", (22, 4), (22, 4), &["5.15.0"]),
    release("ubuntu", (23, 4), (23, 4), &["5.15.0"]),
    release("ubuntu", (24, 4), (24, 4), &["6.8.0", "6.11.0"]),
    release("ubuntu", (25, 10), (25, 10), &["6.17.0"]),
    release("ubuntu", (26, 4), (26, 4), &["7.0.0"]),
];

/// What AWS withdraws since 1 February 2026.
pub static LINUX_WITHDRAWN: &[Release] = &[
    release("centos", (5, 0), (8, ANY), &[]),
    release("debian", (6, 0), (7, ANY), &[]),
    release("debian", (10, 0), (10, ANY), &[]),
    release("fedora", (18, 0), (20, ANY), &[]),
    release("fedora", (37, 0), (39, ANY), &[]),
    release("ol", (5, 0), (6, ANY), &[]),
    release("rhel", (5, 0), (6, ANY), &[]),
    release("sles", (11, 0), (11, ANY), &[]),
    release("ubuntu", (12, 4), (15, 4), &[]),
];

/// What AWS lists of Windows, by what its name contains. "2012" is also in "2012 R2".
pub static WINDOWS: &[&str] = &[
    "Server 2008 R2",
    "Server 2012",
    "Server 2016",
    "Server 1709",
    "Server, version 1709",
    "Server 1803",
    "Server, version 1803",
    "Server 2019",
    "Server 2022",
    "Server 2025",
    "Windows 10",
    "Windows 11",
];

/// What AWS withdraws of Windows.
pub static WINDOWS_WITHDRAWN: &[&str] = &["Server 2003", "Server 2008", "Windows 7", "Windows 8"];

/// Whether AWS lists a system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listing {
    /// It does.
    Listed,
    /// It is being withdrawn.
    Withdrawn,
    /// It does not.
    NotListed,
}

/// A distribution's version as major and minor number: "9.4", "24.04", "12"; zero where there is no minor version.
fn numbers(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.split(['.', '-', ' ']);
    let major = parts.next()?.parse().ok()?;
    let minor = parts.next().and_then(|minor| minor.parse().ok()).unwrap_or(0);
    Some((major, minor))
}

fn find<'a>(table: &'a [Release], id: &str, version: &str) -> Option<&'a Release> {
    let version = numbers(version)?;
    table.iter().find(|release| release.id == id && release.first <= version && version <= release.last)
}

/// Whether AWS lists the Linux distribution `id` (of os-release) in `version`.
pub fn linux(id: &str, version: &str) -> Listing {
    if find(LINUX, id, version).is_some() {
        Listing::Listed
    } else if find(LINUX_WITHDRAWN, id, version).is_some() {
        Listing::Withdrawn
    } else {
        Listing::NotListed
    }
}

/// Whether AWS lists the Windows called `name`.
pub fn windows(name: &str) -> Listing {
    let among = |table: &[&str]| table.iter().any(|known| name.contains(known));
    // "Server 2008 R2" is listed, "Server 2008" is not.
    if among(WINDOWS) {
        Listing::Listed
    } else if among(WINDOWS_WITHDRAWN) {
        Listing::Withdrawn
    } else {
        Listing::NotListed
    }
}

/// The kernels that AWS lists for a distribution; `None` where it lists no such distribution or names no kernels.
pub fn kernels(id: &str, version: &str) -> Option<&'static [&'static str]> {
    find(LINUX, id, version).map(|release| release.kernels).filter(|kernels| !kernels.is_empty())
}

/// Whether the kernel `release` ("6.1.0-18-amd64") is of the version `listed` ("6.1"), not merely of one that begins
/// with the same digits ("6.11").
pub fn is_kernel(release: &str, listed: &str) -> bool {
    release.strip_prefix(listed).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert_eq!(linux("rhel", "9.4"), Listing::Listed);
        assert_eq!(linux("rhel", "9.10"), Listing::NotListed);
        assert_eq!(linux("debian", "12"), Listing::Listed);
        assert_eq!(linux("ubuntu", "24.04"), Listing::Listed);
        assert_eq!(linux("ubuntu", "24.10"), Listing::NotListed);
        assert_eq!(linux("centos", "7"), Listing::Withdrawn);
        assert_eq!(linux("arch", "rolling"), Listing::NotListed);
    }

    #[test]
    fn a_kernel_is_of_a_version_only_if_its_numbers_are() {
        assert!(is_kernel("6.1.0-18-amd64", "6.1.0"));
        assert!(is_kernel("6.1.94-99.176.amzn2023.x86_64", "6.1"));
        assert!(!is_kernel("6.11.4-301.fc41.x86_64", "6.1"));
        assert!(!is_kernel("5.14.0-1", "6.1"));
    }

    #[test]
    fn a_name_that_contains_another_is_not_taken_for_it() {
        assert_eq!(windows("Windows Server 2008 R2 Standard"), Listing::Listed);
        assert_eq!(windows("Windows Server 2008 Standard"), Listing::Withdrawn);
        assert_eq!(windows("Windows Server 2022 Datacenter"), Listing::Listed);
        assert_eq!(windows("Windows XP"), Listing::NotListed);
    }

    #[test]
    fn no_release_is_both_listed_and_withdrawn() {
        for listed in LINUX {
            for withdrawn in LINUX_WITHDRAWN.iter().filter(|release| release.id == listed.id) {
                assert!(withdrawn.last < listed.first || listed.last < withdrawn.first, "{}", listed.id);
            }
        }
    }
}
