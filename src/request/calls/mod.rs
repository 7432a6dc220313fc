//! The calls, one table a file; each in the order of EC2's own model.

mod block_device;
mod cancel_import_task;
mod client_data;
mod copy_snapshot;
mod describe_import_image_tasks;
mod describe_import_snapshot_tasks;
mod describe_snapshots;
mod disk_container;
mod encryption;
mod import_image;
mod import_snapshot;
mod paging;
mod register_image;
mod tags;
mod task;

pub use cancel_import_task::CANCEL_IMPORT_TASK;
pub use copy_snapshot::COPY_SNAPSHOT;
pub use describe_import_image_tasks::DESCRIBE_IMPORT_IMAGE_TASKS;
pub use describe_import_snapshot_tasks::DESCRIBE_IMPORT_SNAPSHOT_TASKS;
pub use describe_snapshots::DESCRIBE_SNAPSHOTS;
pub use import_image::IMPORT_IMAGE;
pub use import_snapshot::IMPORT_SNAPSHOT;
pub use register_image::REGISTER_IMAGE;

use super::shape::Call;

/// Every call: the three main ones, then those the job needs around them.
pub static CALLS: [&Call; 8] = [
    &IMPORT_SNAPSHOT,
    &IMPORT_IMAGE,
    &COPY_SNAPSHOT,
    &REGISTER_IMAGE,
    &DESCRIBE_IMPORT_SNAPSHOT_TASKS,
    &DESCRIBE_IMPORT_IMAGE_TASKS,
    &CANCEL_IMPORT_TASK,
    &DESCRIBE_SNAPSHOTS,
];

/// The call with a name in the API's, the CLI's or Python's spelling: `ImportSnapshot`, `import-snapshot`,
/// `import_snapshot`.
pub fn find(name: &str) -> Option<&'static Call> {
    CALLS.into_iter().find(|call| [call.name, call.cli, call.python].contains(&name))
}

#[cfg(test)]
mod tests {
    use super::{CALLS, IMPORT_IMAGE, find};
    use crate::request::shape::{Member, Shape};

    fn every_member(visit: &mut impl FnMut(&str, &'static Member)) {
        fn walk(path: &str, members: &'static [Member], visit: &mut impl FnMut(&str, &'static Member)) {
            for member in members {
                let path = format!("{path}.{}", member.name);
                visit(&path, member);
                walk(&path, member.shape.members(), visit);
            }
        }
        for call in CALLS {
            walk(call.name, call.members, visit);
        }
    }

    #[test]
    fn a_call_is_found_under_all_three_spellings() {
        for call in CALLS {
            for name in [call.name, call.cli, call.python] {
                assert_eq!(find(name).map(|found| found.name), Some(call.name));
            }
        }
        assert!(find("RunInstances").is_none());
    }

    #[test]
    fn every_member_is_explained_in_whole_sentences() {
        every_member(&mut |path, member| assert!(member.help.ends_with('.'), "{path}: {}", member.help));
    }

    #[test]
    fn every_example_passes_the_check_of_its_member() {
        every_member(&mut |path, member| {
            let (Shape::Text(text) | Shape::List(Shape::Text(text))) = &member.shape else { return };
            // A signed URL cannot be shown whole.
            if member.example.is_empty() || member.example.contains('…') {
                return;
            }
            assert!(text.values.is_empty() || text.values.contains(&member.example), "{path}");
            if let Some(check) = text.check {
                assert_eq!(check(member.example), Ok(()), "{path}");
            }
        });
    }

    #[test]
    fn a_member_is_found_by_its_path() {
        let member = IMPORT_IMAGE.member("DiskContainers[0].UserBucket.S3Key").unwrap();
        assert_eq!(member.name, "S3Key");
        assert_eq!(IMPORT_IMAGE.member("DiskContainers.UserBucket").unwrap().name, "UserBucket");
        assert!(IMPORT_IMAGE.member("DiskContainers.Nothing").is_none());
    }
}
