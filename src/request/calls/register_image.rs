//! RegisterImage: a snapshot becomes an image (AMI) that instances can be launched from.

use super::block_device::BLOCK_DEVICE_MAPPINGS;
use super::tags::OF_IMAGE;
use super::task::DRY_RUN;
use crate::request::rules::{boot, ids, names, tags, volumes};
use crate::request::shape::{Call, Group, Member, Shape, Text};

/// The table of RegisterImage.
pub static REGISTER_IMAGE: Call = Call {
    name: "RegisterImage",
    cli: "register-image",
    python: "register_image",
    help: "Makes an image (AMI) of a snapshot, without changing what is on it. Windows, RHEL, SUSE and SQL Server may be billed wrongly when registered in this way.",
    page: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RegisterImage.html",
    members: &[
        Member {
            example: "my-bucket/web-1.manifest.xml",
            ..Member::new(
                "ImageLocation",
                "ImageLocation",
                Shape::Text(&Text::FREE),
                "The manifest in S3 of an image on instance store; not for an imported snapshot.",
            )
        },
        Member::new(
            "BillingProducts",
            "BillingProduct",
            Shape::List(&Shape::Text(&Text::FREE)),
            "Billing product codes, which only accounts authorised for them can give.",
        ),
        Member {
            example: "uefi",
            group: Group::Main,
            ..Member::new(
                "BootMode",
                "BootMode",
                Shape::Text(&Text { values: &["legacy-bios", "uefi", "uefi-preferred"], ..Text::FREE }),
                "How the system starts: legacy-bios, uefi, or uefi-preferred for one that can do both.",
            )
        },
        Member {
            example: "v2.0",
            ..Member::new(
                "TpmSupport",
                "TpmSupport",
                Shape::Text(&Text { values: &["v2.0"], ..Text::FREE }),
                "v2.0 gives instances a trusted platform module (NitroTPM); needs UEFI.",
            )
        },
        Member {
            secret: true,
            ..Member::new(
                "UefiData",
                "UefiData",
                Shape::Text(&Text { maximum: Some(64_000), ..Text::FREE }),
                "The store of UEFI variables in base64, at most 64,000 characters, as GetInstanceUefiData gives it; with it Secure Boot can be on.",
            )
        },
        Member {
            example: "v2.0",
            ..Member::new(
                "ImdsSupport",
                "ImdsSupport",
                Shape::Text(&Text { values: &["v2.0"], ..Text::FREE }),
                "v2.0 makes instances demand version 2 of the metadata service; the system must be able to use it.",
            )
        },
        OF_IMAGE,
        DRY_RUN,
        Member {
            required: true,
            example: "web-1 2026-01-31",
            ..Member::new(
                "Name",
                "Name",
                Shape::Text(&Text { check: Some(names::check_image_name), ..Text::FREE }),
                "The image's name: 3 to 128 letters, digits, spaces and ( ) [ ] . / - ' @ _, once in an account and Region.",
            )
        },
        Member {
            example: "web-1, imported",
            group: Group::Main,
            ..Member::new(
                "Description",
                "Description",
                Shape::Text(&Text { maximum: Some(255), ..Text::FREE }),
                "A description of the image, at most 255 characters.",
            )
        },
        Member {
            example: "x86_64",
            group: Group::Main,
            ..Member::new(
                "Architecture",
                "Architecture",
                Shape::Text(&Text {
                    values: &["i386", "x86_64", "arm64", "x86_64_mac", "arm64_mac"],
                    ..Text::FREE
                }),
                "The architecture of the system. Left out, EC2 takes i386.",
            )
        },
        Member {
            example: "aki-0123456789abcdef0",
            ..Member::new(
                "KernelId",
                "KernelId",
                Shape::Text(&Text { check: Some(ids::check_kernel), ..Text::FREE }),
                "The kernel of a paravirtual image; not for hvm.",
            )
        },
        Member {
            example: "ari-0123456789abcdef0",
            ..Member::new(
                "RamdiskId",
                "RamdiskId",
                Shape::Text(&Text { check: Some(ids::check_ramdisk), ..Text::FREE }),
                "The RAM disk of a paravirtual image; not for hvm.",
            )
        },
        Member {
            example: "/dev/xvda",
            group: Group::Main,
            ..Member::new(
                "RootDeviceName",
                "RootDeviceName",
                Shape::Text(&Text::FREE),
                "The device the system starts from, as one of the mappings names it.",
            )
        },
        BLOCK_DEVICE_MAPPINGS,
        Member {
            example: "hvm",
            group: Group::Main,
            ..Member::new(
                "VirtualizationType",
                "VirtualizationType",
                Shape::Text(&Text { values: &["hvm", "paravirtual"], ..Text::FREE }),
                "hvm for every current instance type. Left out, EC2 takes paravirtual.",
            )
        },
        Member {
            example: "simple",
            ..Member::new(
                "SriovNetSupport",
                "SriovNetSupport",
                Shape::Text(&Text { values: &["simple"], ..Text::FREE }),
                "simple turns on the network interface of older instance types (Intel 82599), for ever.",
            )
        },
        Member {
            group: Group::Main,
            ..Member::new(
                "EnaSupport",
                "EnaSupport",
                Shape::Boolean,
                "Whether the system has the driver of the Elastic Network Adapter, which every current instance type needs.",
            )
        },
    ],
    rules: &[
        boot::NO_OLD_DEFAULTS,
        boot::FITS_ARCHITECTURE,
        boot::TPM_NEEDS_UEFI,
        volumes::ROOT_IS_MAPPED,
        volumes::ONE_MAPPING_A_DEVICE,
        volumes::SIZE,
        volumes::SPEED,
        volumes::ENCRYPTION,
        volumes::ONE_ZONE,
        tags::NO_DUPLICATES,
        tags::NOT_TOO_MANY,
        tags::ONE_LIST_A_RESOURCE,
    ],
};
