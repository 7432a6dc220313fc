//! ImportImage: the disks of a machine become an image (AMI) that EC2 has prepared to run.

use super::client_data::CLIENT_DATA;
use super::disk_container::{DESCRIPTION, URL, USER_BUCKET};
use super::encryption::{ENCRYPTED, KMS_KEY_ID};
use super::tags::OF_IMPORT_IMAGE_TASK;
use super::task::{CLIENT_TOKEN, DRY_RUN, ROLE_NAME};
use crate::request::rules::{boot, client_data, disks, ids, kms, licence, tags, url};
use crate::request::shape::{Call, Group, Member, Shape, Special, Text};
use crate::request::validate::Level;

/// The table of ImportImage.
pub static IMPORT_IMAGE: Call = Call {
    name: "ImportImage",
    cli: "import-image",
    python: "import_image",
    help: "Makes an image (AMI) of a machine's disks in S3 or of a snapshot, and changes the system on them so that it runs on EC2.",
    page: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ImportImage.html",
    members: &[
        Member {
            example: "x86_64",
            group: Group::Main,
            ..Member::new(
                "Architecture",
                "Architecture",
                Shape::Text(&ARCHITECTURE),
                "The machine's architecture: x86_64, or the i386 that is being withdrawn.",
            )
        },
        CLIENT_DATA,
        CLIENT_TOKEN,
        Member {
            example: "web-1 from the branch office",
            group: Group::Main,
            ..Member::new(
                "Description",
                "Description",
                Shape::Text(&Text::FREE),
                "A description of the import task.",
            )
        },
        Member {
            required: true,
            group: Group::Main,
            ..Member::new(
                "DiskContainers",
                "DiskContainer",
                Shape::List(&Shape::Structure(&DISK_CONTAINER)),
                "The machine's disks, at most 21, the one it starts from first; or one OVA, which holds them all.",
            )
        },
        DRY_RUN,
        ENCRYPTED,
        Member {
            example: "xen",
            ..Member::new(
                "Hypervisor",
                "Hypervisor",
                Shape::Text(&Text { values: &["xen"], ..Text::FREE }),
                "The hypervisor to prepare for; xen is the only value, and stands for today's instances too.",
            )
        },
        KMS_KEY_ID,
        Member {
            example: "BYOL",
            group: Group::Main,
            ..Member::new(
                "LicenseType",
                "LicenseType",
                Shape::Text(&Text { values: &["AWS", "BYOL"], ..Text::FREE }),
                "Whose licence the system runs under: AWS, or BYOL for your own. Left out, it is AWS for Windows Server and BYOL for all else. Not together with UsageOperation.",
            )
        },
        Member {
            example: "Linux",
            group: Group::Main,
            ..Member::new(
                "Platform",
                "Platform",
                Shape::Text(&Text { values: &["Windows", "Linux"], ..Text::FREE }),
                "The operating system: Windows or Linux; needed for a UEFI system that is imported from a snapshot.",
            )
        },
        ROLE_NAME,
        Member::new(
            "LicenseSpecifications",
            "LicenseSpecifications",
            Shape::List(&Shape::Structure(&LICENSE_SPECIFICATION)),
            "The License Manager configurations to count the image against.",
        ),
        OF_IMPORT_IMAGE_TASK,
        Member {
            example: "RunInstances:0002",
            since: "2021",
            ..Member::new(
                "UsageOperation",
                "UsageOperation",
                Shape::Text(&Text {
                    check: Some(licence::check_usage_operation),
                    suggestions: licence::usage_operations,
                    ..Text::FREE
                }),
                "The billing code of the licences wanted, such as RunInstances:0002 for Windows Server. Not together with LicenseType.",
            )
        },
        Member {
            example: "uefi",
            since: "2021",
            group: Group::Main,
            ..Member::new(
                "BootMode",
                "BootMode",
                Shape::Text(&BOOT_MODE),
                "How the system starts: legacy-bios or uefi. Left out, EC2 finds out, and may turn a GPT disk of Windows into an MBR disk.",
            )
        },
    ],
    rules: &[
        disks::NUMBER,
        disks::ONE_OVA,
        disks::ONE_SOURCE,
        disks::FORMAT,
        disks::ONE_DISK_A_DEVICE,
        url::IN_THE_REGION,
        url::NOT_EXPIRED,
        boot::PLATFORM_OF_SNAPSHOT,
        licence::ONE_OF_TWO,
        licence::FITS_PLATFORM,
        kms::NEEDS_ENCRYPTED,
        kms::IN_THE_REGION,
        tags::NO_DUPLICATES,
        tags::NOT_TOO_MANY,
        tags::ONE_LIST_A_RESOURCE,
        client_data::ENDS_AFTER_START,
        client_data::SIZE_IN_GIB,
    ],
};

const ARCHITECTURE: Text = Text {
    values: &["x86_64", "i386"],
    special: &[
        Special {
            value: "arm64",
            level: Level::Error,
            code: "arm64-not-on-import",
            message: "ImportImage refuses arm64: import the disk with ImportSnapshot, then register it with RegisterImage as arm64.",
        },
        Special {
            value: "i386",
            level: Level::Warning,
            code: "i386-withdrawn",
            message: "Since 2026 AWS has been withdrawing the import of 32-bit systems: this may be refused.",
        },
    ],
    ..Text::FREE
};

const BOOT_MODE: Text = Text {
    values: &["legacy-bios", "uefi"],
    special: &[Special {
        value: "uefi-preferred",
        level: Level::Error,
        code: "boot-mode-not-on-import",
        message: "An import takes legacy-bios or uefi; uefi-preferred can be set with RegisterImage only.",
    }],
    ..Text::FREE
};

const DISK_CONTAINER: [Member; 6] = [
    DESCRIPTION,
    Member {
        example: "/dev/sda1",
        ..Member::new(
            "DeviceName",
            "DeviceName",
            Shape::Text(&Text::FREE),
            "The device the disk becomes, such as /dev/sda1 for the one the system starts from.",
        )
    },
    Member {
        example: "VMDK",
        group: Group::Main,
        ..Member::new(
            "Format",
            "Format",
            Shape::Text(&Text {
                values: &["OVA", "VHD", "VHDX", "VMDK", "RAW"],
                any_case: true,
                ..Text::FREE
            }),
            "The image's format: OVA, VHD, VHDX, VMDK (stream-optimized) or RAW.",
        )
    },
    Member {
        example: "snap-0123456789abcdef0",
        group: Group::Main,
        ..Member::new(
            "SnapshotId",
            "SnapshotId",
            Shape::Text(&Text { check: Some(ids::check_snapshot), ..Text::FREE }),
            "A snapshot to take the disk from, instead of an image in S3: snap- and 8 or 17 hexadecimal digits.",
        )
    },
    URL,
    USER_BUCKET,
];

const LICENSE_SPECIFICATION: [Member; 1] = [Member {
    example: "arn:aws:license-manager:us-east-1:111122223333:license-configuration:lic-0123456789abcdef0123456789abcdef",
    group: Group::Main,
    ..Member::new(
        "LicenseConfigurationArn",
        "LicenseConfigurationArn",
        Shape::Text(&Text { check: Some(licence::check_configuration), ..Text::FREE }),
        "The ARN of a License Manager configuration.",
    )
}];
