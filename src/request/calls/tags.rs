//! `TagSpecifications`, for the one kind of resource that each call can tag.

use crate::request::rules::tags;
use crate::request::shape::{Group, Member, Shape, Text};
use crate::request::validate::Fault;

/// The tags of a list.
const TAGS: Member = Member {
    group: Group::Main,
    ..Member::new("Tags", "Tag", Shape::List(&Shape::Structure(&TAG)), "The tags, at most 50.")
};

const TAG: [Member; 2] = [
    Member {
        required: true,
        example: "Name",
        ..Member::new(
            "Key",
            "Key",
            Shape::Text(&Text {
                maximum: Some(tags::LONGEST_KEY),
                check: Some(tags::check_key),
                ..Text::FREE
            }),
            "The tag's key: 1 to 127 Unicode characters, not beginning with aws:, upper and lower case told apart.",
        )
    },
    Member {
        example: "web-1",
        group: Group::Main,
        ..Member::new(
            "Value",
            "Value",
            Shape::Text(&Text { maximum: Some(tags::LONGEST_VALUE), ..Text::FREE }),
            "The tag's value: up to 256 Unicode characters, upper and lower case told apart; it may be empty or left out.",
        )
    },
];

/// `ResourceType`, with the one value that the call takes.
const fn resource_type(text: &'static Text, example: &'static str) -> Member {
    Member {
        required: true,
        example,
        ..Member::new("ResourceType", "ResourceType", Shape::Text(text), "What the tags are for.")
    }
}

const fn only(values: &'static [&'static str], check: fn(&str) -> Result<(), Fault>) -> Text {
    Text { values, check: Some(check), ..Text::FREE }
}

/// `TagSpecifications` of a call whose lists have these members.
const fn tag_specifications(list: &'static Shape, help: &'static str) -> Member {
    Member {
        group: Group::Main,
        ..Member::new("TagSpecifications", "TagSpecification", Shape::List(list), help)
    }
}

/// Tags for the task of an ImportSnapshot.
pub(super) const OF_IMPORT_SNAPSHOT_TASK: Member = tag_specifications(
    &Shape::Structure(&[
        resource_type(
            &only(&["import-snapshot-task"], tags::check_import_snapshot_task),
            "import-snapshot-task",
        ),
        TAGS,
    ]),
    "Tags for the import task (ResourceType import-snapshot-task); the snapshot itself is tagged when it is there.",
);

/// Tags for the task of an ImportImage.
pub(super) const OF_IMPORT_IMAGE_TASK: Member = tag_specifications(
    &Shape::Structure(&[
        resource_type(&only(&["import-image-task"], tags::check_import_image_task), "import-image-task"),
        TAGS,
    ]),
    "Tags for the import task (ResourceType import-image-task); the image itself is tagged when it is there.",
);

/// Tags for the snapshot that a copy makes.
pub(super) const OF_SNAPSHOT: Member = tag_specifications(
    &Shape::Structure(&[resource_type(&only(&["snapshot"], tags::check_snapshot), "snapshot"), TAGS]),
    "Tags for the new snapshot (ResourceType snapshot); those of the source are not copied.",
);

/// Tags for the image that is registered.
pub(super) const OF_IMAGE: Member = tag_specifications(
    &Shape::Structure(&[resource_type(&only(&["image"], tags::check_image), "image"), TAGS]),
    "Tags for the image (ResourceType image).",
);
