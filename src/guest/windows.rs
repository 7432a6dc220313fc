//! A Windows system by its own files: the kernel's version resource, its editions, the hibernation file.

use super::file_tree::FileTree;
use super::{OperatingSystem, pe};
use crate::sentence::Sentence;

const KERNEL: &str = "/Windows/System32/ntoskrnl.exe";

/// A build that Windows was released as: the client's name, the server's name.
struct Release {
    build: u16,
    client: Option<&'static str>,
    server: Option<&'static str>,
}

const fn release(build: u16, client: Option<&'static str>, server: Option<&'static str>) -> Release {
    Release { build, client, server }
}

/// Builds by number. <https://learn.microsoft.com/windows/release-health/>
static RELEASES: &[Release] = &[
    release(2600, Some("Windows XP"), None),
    release(3790, None, Some("Windows Server 2003")),
    release(6002, Some("Windows Vista"), Some("Windows Server 2008")),
    release(6003, Some("Windows Vista"), Some("Windows Server 2008")),
    release(7600, Some("Windows 7"), Some("Windows Server 2008 R2")),
    release(7601, Some("Windows 7"), Some("Windows Server 2008 R2")),
    release(9200, Some("Windows 8"), Some("Windows Server 2012")),
    release(9600, Some("Windows 8.1"), Some("Windows Server 2012 R2")),
    release(10240, Some("Windows 10 1507"), None),
    release(10586, Some("Windows 10 1511"), None),
    release(14393, Some("Windows 10 1607"), Some("Windows Server 2016")),
    release(15063, Some("Windows 10 1703"), None),
    release(16299, Some("Windows 10 1709"), Some("Windows Server 1709")),
    release(17134, Some("Windows 10 1803"), Some("Windows Server 1803")),
    release(17763, Some("Windows 10 1809"), Some("Windows Server 2019")),
    release(18362, Some("Windows 10 1903"), Some("Windows Server 1903")),
    release(18363, Some("Windows 10 1909"), Some("Windows Server 1909")),
    release(19041, Some("Windows 10 2004"), Some("Windows Server 2004")),
    release(19042, Some("Windows 10 20H2"), Some("Windows Server 20H2")),
    release(19043, Some("Windows 10 21H1"), None),
    release(19044, Some("Windows 10 21H2"), None),
    release(19045, Some("Windows 10 22H2"), None),
    release(20348, None, Some("Windows Server 2022")),
    release(22000, Some("Windows 11 21H2"), None),
    release(22621, Some("Windows 11 22H2"), None),
    release(22631, Some("Windows 11 23H2"), None),
    release(25398, None, Some("Windows Server 23H2")),
    release(26100, Some("Windows 11 24H2"), Some("Windows Server 2025")),
    release(26200, Some("Windows 11 25H2"), None),
];

/// The Windows whose system volume `tree` is, and the processor it is for; `None` when there is none.
pub(super) fn system(tree: &dyn FileTree) -> Option<(OperatingSystem, Option<&'static str>)> {
    let start = tree.read_range(KERNEL, 0, pe::HEADERS)?;
    let version = pe::file_version(tree, KERNEL);
    let system = OperatingSystem {
        family: "windows".into(),
        name: Some(version.map_or_else(|| "Windows".into(), |[_, _, build, _]| name(build, is_server(tree)))),
        id: Some("windows".into()),
        version: version.map(|[major, minor, build, _]| format!("{major}.{minor}.{build}")),
        kernels: Vec::new(),
        free_space: tree.free_space(),
    };
    Some((system, pe::architecture(&start)))
}

/// Whether the editions that this installation can be turned into are those of a server; `None` when it keeps no
/// list of them (before Windows 10).
fn is_server(tree: &dyn FileTree) -> Option<bool> {
    let editions = tree.files("/Windows/servicing/Editions");
    (!editions.is_empty()).then(|| editions.iter().any(|name| name.starts_with("Server")))
}

/// Client and server share builds: without a word on which it is, both are named.
fn name(build: u16, server: Option<bool>) -> String {
    let known = RELEASES.iter().find(|release| release.build == build);
    let (client, on_server) = known.map_or((None, None), |release| (release.client, release.server));
    match (client, on_server, server) {
        (Some(client), _, Some(false)) => client.into(),
        (_, Some(on_server), Some(true)) => on_server.into(),
        (Some(client), Some(on_server), None) => format!("{on_server} or {client}"),
        (Some(name), None, None) | (None, Some(name), None) => name.into(),
        (_, _, Some(true)) => "Windows Server".into(),
        _ => "Windows".into(),
    }
}

/// What says that the system did not end its work: the hibernation file's first bytes. Fast start leaves the same.
/// After the system has resumed they read `wake`.
pub(super) fn hibernation(tree: &dyn FileTree) -> Option<Sentence> {
    let mark = tree.read_range("/hiberfil.sys", 0, 4)?;
    mark.eq_ignore_ascii_case(b"hibr").then(|| "hiberfil.sys holds a hibernated system".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_build_that_client_and_server_share_is_told_by_the_editions() {
        assert_eq!(name(17763, Some(true)), "Windows Server 2019");
        assert_eq!(name(17763, Some(false)), "Windows 10 1809");
        assert_eq!(name(17763, None), "Windows Server 2019 or Windows 10 1809");
        assert_eq!(name(20348, None), "Windows Server 2022");
        assert_eq!(name(20348, Some(true)), "Windows Server 2022");
        assert_eq!(name(1, None), "Windows");
    }
}
