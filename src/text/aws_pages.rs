//! What AWS's pages are about, so that the links to them can be told apart.

use super::Table;

/// What a page is about, by the end of its address. English, as everything is thought of; the languages have it by the
/// English text.
const PAGES: &[(&str, &str)] = &[
    ("/prerequisites.html", "requirements of VM Import"),
    ("/limitations-image-importing.html", "limitations of VM Import"),
    ("/vmimport-troubleshooting.html", "troubleshooting of VM Import"),
    ("/import-modify-vm.html", "what ImportImage changes in a machine"),
    ("/required-permissions.html", "permissions for VM Import"),
    ("/vmimport-import-snapshot.html", "importing a disk as a snapshot"),
    ("/API_SnapshotDiskContainer.html", "disks of ImportSnapshot"),
    ("/API_ImageDiskContainer.html", "disks of ImportImage"),
    ("/API_RegisterImage.html", "RegisterImage"),
    ("/volume_constraints.html", "sizes of EBS volumes"),
    ("/nvme-ebs-volumes.html", "EBS volumes and NVMe"),
    ("/ebs-copy-snapshot.html", "copying a snapshot"),
    ("/enhanced-networking-ena.html", "enhanced networking"),
    ("/ec2-nitro-instances.html", "instances of the Nitro system"),
    ("/errors-overview.html", "error codes of EC2"),
    ("/cli-configure-sso.html", "signing in by the AWS CLI"),
    ("/cli-configure-files.html", "files of the AWS CLI"),
    ("/cli-chap-configure.html", "setting up the AWS CLI"),
    ("/cli-chap-troubleshooting.html", "troubleshooting of the AWS CLI"),
    ("/using-presigned-url.html", "presigned URLs of S3"),
];

/// The text of a link to the page at `address`: `link` with the `{page}` in it named, in the language of `sentences`.
pub fn link_text(link: &str, sentences: &'static [Table], address: &str) -> String {
    let page = super::translated(sentences, about(address).unwrap_or("AWS"));
    super::fill(link, &[("page", page)])
}

fn about(address: &str) -> Option<&'static str> {
    let plain = address.split('#').next()?;
    PAGES.iter().find(|(end, _)| plain.ends_with(end)).map(|(_, about)| *about)
}

#[cfg(test)]
mod tests {
    use super::about;
    use crate::task::failures;
    use crate::verdict::catalogue::CHAPTERS;

    #[test]
    fn every_page_that_is_linked_to_has_a_name() {
        let of_rules = CHAPTERS.iter().flat_map(|chapter| chapter.rules).map(|rule| rule.source);
        let of_failures = failures::failures().map(|failure| failure.page);
        let linked = of_rules.chain(of_failures).filter(|address| !address.is_empty());
        let nameless: Vec<&str> = linked.filter(|address| about(address).is_none()).collect();
        assert_eq!(nameless, Vec::<&str>::new());
    }
}
