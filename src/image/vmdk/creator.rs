//! Which program wrote a VMDK, as far as its descriptor tells.

use super::descriptor::Descriptor;

/// The `toolsVersion` that QEMU writes unless it is told another: the largest 31-bit number.
const QEMU_TOOLS_VERSION: &str = "2147483647";

/// A sign of a program: its name, and whether the descriptor bears the sign.
type Sign = (&'static str, fn(&Descriptor) -> bool);

/// In the order in which they are asked; the surest first.
const SIGNS: &[Sign] = &[
    // VirtualBox keeps its own identifiers beside VMware's.
    ("VirtualBox", |descriptor| descriptor.get("ddb.uuid.image").is_some()),
    // The export's working folder is left in the extent's name: "/mnt/export-ami-….vmdk".
    ("AWS VM Export", |descriptor| {
        let is_export = |name: &str| name.starts_with("/mnt/export-");
        descriptor.extents.iter().any(|extent| is_export(&extent.name))
    }),
    // open-vmdk took the value over, but writes a longContentID too, which QEMU does not.
    ("QEMU", |descriptor| {
        descriptor.get("ddb.toolsversion") == Some(QEMU_TOOLS_VERSION)
            && descriptor.get("ddb.longcontentid").is_none()
    }),
    ("VMware (export by vSphere or ovftool)", |descriptor| {
        descriptor.has_comment("created by VMDK stream converter")
            || (descriptor.get("ddb.longcontentid").is_some()
                && descriptor.extents.iter().any(|extent| extent.name == "generated-stream.vmdk"))
    }),
    ("VMware ESXi", |descriptor| {
        let is_esx = |kind: &str| kind.starts_with("VMFS") || kind == "SESPARSE";
        descriptor.extents.iter().any(|extent| is_esx(&extent.kind))
    }),
    // The disk's NAA identifier begins with VMware's number, and only a hosted product writes hosted extents.
    ("VMware Workstation, Fusion or Player", |descriptor| {
        let is_vmware_uuid = |uuid: &str| uuid.to_ascii_lowercase().starts_with("60 00 c2 9");
        descriptor.get("ddb.toolsinstalltype").is_some()
            && (descriptor.get("ddb.uuid").is_some_and(is_vmware_uuid)
                || descriptor.get("ddb.longcontentid").is_some()
                    && descriptor.get("ddb.toolsversion") != Some(QEMU_TOOLS_VERSION))
    }),
];

/// The program, where the evidence is good.
pub(super) fn creator(descriptor: &Descriptor) -> Option<String> {
    SIGNS.iter().find(|(_, is_borne)| is_borne(descriptor)).map(|(name, _)| (*name).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_writer_is_told_by_its_own_signs() {
        for (text, expected) in [
            ("ddb.uuid.image=\"0\"", Some("VirtualBox")),
            ("RDONLY 8 SPARSE \"/mnt/export-ami-0a.vmdk\"", Some("AWS VM Export")),
            ("ddb.toolsVersion = \"2147483647\"", Some("QEMU")),
            ("ddb.toolsVersion = \"2147483647\"\nddb.longContentID = \"a\"", None),
            (
                "ddb.longContentID = \"a\"\nRDONLY 8 SPARSE \"generated-stream.vmdk\"",
                Some("VMware (export by vSphere or ovftool)"),
            ),
            ("RW 8 VMFS \"a-flat.vmdk\"", Some("VMware ESXi")),
            (
                "ddb.toolsInstallType=\"1\"\nddb.longContentID=\"a\"\nddb.toolsVersion=\"10240\"",
                Some("VMware Workstation, Fusion or Player"),
            ),
            ("ddb.adapterType=\"ide\"", None),
        ] {
            assert_eq!(creator(&Descriptor::parse(text.as_bytes())).as_deref(), expected, "{text}");
        }
    }
}
