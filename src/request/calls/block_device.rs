//! `BlockDeviceMappings`: which volume an instance gets as which device.

use crate::request::rules::{copy, ids, kms};
use crate::request::shape::{Group, Member, Shape, Text};

/// `BlockDeviceMappings` of RegisterImage.
pub(super) const BLOCK_DEVICE_MAPPINGS: Member = Member {
    group: Group::Main,
    ..Member::new(
        "BlockDeviceMappings",
        "BlockDeviceMapping",
        Shape::List(&Shape::Structure(&MAPPING)),
        "The devices an instance gets: the root device with the imported snapshot, and any others.",
    )
};

/// The largest number of the model's integers.
const ANY: i64 = i32::MAX as i64;

const MAPPING: [Member; 4] = [
    Member {
        group: Group::Main,
        ..Member::new("Ebs", "Ebs", Shape::Structure(&EBS), "The EBS volume behind the device.")
    },
    Member::new(
        "NoDevice",
        "NoDevice",
        Shape::Text(&Text::FREE),
        "Empty text takes the device away that the image would otherwise have.",
    ),
    Member {
        example: "/dev/xvda",
        group: Group::Main,
        ..Member::new(
            "DeviceName",
            "DeviceName",
            Shape::Text(&Text::FREE),
            "The device's name, such as /dev/xvda.",
        )
    },
    Member {
        example: "ephemeral0",
        ..Member::new(
            "VirtualName",
            "VirtualName",
            Shape::Text(&Text::FREE),
            "An instance-store volume, ephemeral0 and so on; NVMe ones are there without it.",
        )
    },
];

const EBS: [Member; 13] = [
    Member {
        group: Group::Main,
        ..Member::new(
            "DeleteOnTermination",
            "DeleteOnTermination",
            Shape::Boolean,
            "Whether the volume is deleted with its instance.",
        )
    },
    Member {
        example: "3000",
        group: Group::Beside("VolumeType"),
        ..Member::new(
            "Iops",
            "Iops",
            Shape::Integer { minimum: 100, maximum: 256_000 },
            "I/O operations a second: 3,000 to 80,000 for gp3, 100 to 64,000 for io1, 100 to 256,000 for io2; not for other types.",
        )
    },
    Member {
        example: "snap-0123456789abcdef0",
        group: Group::Main,
        ..Member::new(
            "SnapshotId",
            "SnapshotId",
            Shape::Text(&Text { check: Some(ids::check_snapshot), ..Text::FREE }),
            "The snapshot the volume is made of: snap- and 8 or 17 hexadecimal digits.",
        )
    },
    Member {
        example: "8",
        group: Group::Main,
        ..Member::new(
            "VolumeSize",
            "VolumeSize",
            Shape::Integer { minimum: 1, maximum: 65_536 },
            "The volume's size in GiB, at least that of its snapshot, which is what it is when left out.",
        )
    },
    Member {
        example: "gp3",
        group: Group::Main,
        ..Member::new(
            "VolumeType",
            "VolumeType",
            Shape::Text(&Text {
                values: &["standard", "io1", "io2", "gp2", "sc1", "st1", "gp3"],
                ..Text::FREE
            }),
            "The kind of volume: gp3 for most purposes.",
        )
    },
    Member {
        example: "alias/my-key",
        group: Group::Beside("Encrypted"),
        ..Member::new(
            "KmsKeyId",
            "KmsKeyId",
            Shape::Text(&Text { check: Some(kms::check), ..Text::FREE }),
            "A key to encrypt with; EC2 takes it when an instance is launched, not when an image is registered.",
        )
    },
    Member {
        example: "125",
        group: Group::Beside("VolumeType"),
        ..Member::new(
            "Throughput",
            "Throughput",
            Shape::Integer { minimum: 125, maximum: 2_000 },
            "The throughput of a gp3 volume: 125 to 2,000 MiB a second.",
        )
    },
    Member {
        example: "arn:aws:outposts:us-west-2:111122223333:outpost/op-0123456789abcdef0",
        ..Member::new(
            "OutpostArn",
            "OutpostArn",
            Shape::Text(&Text { check: Some(copy::check_outpost_arn), ..Text::FREE }),
            "The Outpost the snapshot is stored on.",
        )
    },
    Member {
        example: "us-east-1a",
        ..Member::new(
            "AvailabilityZone",
            "AvailabilityZone",
            Shape::Text(&Text::FREE),
            "The zone of the volume, by its name; not together with AvailabilityZoneId.",
        )
    },
    Member::new(
        "Encrypted",
        "Encrypted",
        Shape::Boolean,
        "Whether an empty volume is encrypted; one made of a snapshot is as the snapshot is, and takes no such setting.",
    ),
    Member {
        example: "100",
        ..Member::new(
            "VolumeInitializationRate",
            "VolumeInitializationRate",
            Shape::Integer { minimum: 1, maximum: ANY },
            "The rate at which the snapshot is loaded into a new volume, in MiB a second, at a price.",
        )
    },
    Member {
        example: "use1-az1",
        ..Member::new(
            "AvailabilityZoneId",
            "AvailabilityZoneId",
            Shape::Text(&Text::FREE),
            "The zone of the volume, by its ID; not together with AvailabilityZone.",
        )
    },
    Member {
        example: "0",
        ..Member::new(
            "EbsCardIndex",
            "EbsCardIndex",
            Shape::Integer { minimum: 0, maximum: ANY },
            "Which EBS card of the instance serves the volume, counted from 0.",
        )
    },
];
