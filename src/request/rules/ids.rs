//! Identifiers of EC2's resources: a prefix, and 8 or 17 hexadecimal digits.

use crate::request::validate::Fault;
use crate::sentence::{Sentence, sentence};

/// A snapshot: `snap-`.
///
/// # Errors
/// The ID is not `snap-` and 8 or 17 hexadecimal digits in small letters.
pub fn check_snapshot(id: &str) -> Result<(), Fault> {
    check(id, "snap-", "A snapshot's ID")
}

/// An image (AMI): `ami-`.
///
/// # Errors
/// The ID is not `ami-` and 8 or 17 hexadecimal digits in small letters.
pub fn check_image(id: &str) -> Result<(), Fault> {
    check(id, "ami-", "An image's ID")
}

/// A kernel image: `aki-`.
///
/// # Errors
/// The ID is not `aki-` and 8 or 17 hexadecimal digits in small letters.
pub fn check_kernel(id: &str) -> Result<(), Fault> {
    check(id, "aki-", "A kernel's ID")
}

/// A RAM disk image: `ari-`.
///
/// # Errors
/// The ID is not `ari-` and 8 or 17 hexadecimal digits in small letters.
pub fn check_ramdisk(id: &str) -> Result<(), Fault> {
    check(id, "ari-", "A RAM disk's ID")
}

/// The task of an ImportSnapshot: `import-snap-`.
///
/// # Errors
/// The ID is not `import-snap-` and 8 or 17 digits and small letters.
pub fn check_snapshot_task(id: &str) -> Result<(), Fault> {
    if id.starts_with("import-ami-") {
        return Err(malformed("This is the task of an ImportImage: ask DescribeImportImageTasks for it."));
    }
    check_task(id, "import-snap-", "The ID of an ImportSnapshot's task")
}

/// The task of an ImportImage: `import-ami-`.
///
/// # Errors
/// The ID is not `import-ami-` and 8 or 17 digits and small letters.
pub fn check_image_task(id: &str) -> Result<(), Fault> {
    if id.starts_with("import-snap-") {
        return Err(malformed(
            "This is the task of an ImportSnapshot: ask DescribeImportSnapshotTasks for it.",
        ));
    }
    check_task(id, "import-ami-", "The ID of an ImportImage's task")
}

/// The task of either import.
///
/// # Errors
/// The ID is not `import-snap-` or `import-ami-` and 8 or 17 digits and small letters.
pub fn check_import_task(id: &str) -> Result<(), Fault> {
    if id.starts_with("import-ami-") {
        check_image_task(id)
    } else if id.starts_with("import-snap-") {
        check_snapshot_task(id)
    } else {
        Err(malformed("The ID of a task begins with import-snap- or import-ami-."))
    }
}

/// The number of an account, twelve digits.
///
/// # Errors
/// The text is not twelve digits; hyphens between them are not taken.
pub fn check_account(account: &str) -> Result<(), Fault> {
    let digits = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
    if digits { Ok(()) } else { Err(malformed("An account is twelve digits, without hyphens.")) }
}

/// The owner of a snapshot: an account, `self` or `amazon`.
///
/// # Errors
/// The text is neither twelve digits nor `self` or `amazon`.
pub fn check_owner(owner: &str) -> Result<(), Fault> {
    match owner {
        "self" | "amazon" => Ok(()),
        account => check_account(account)
            .map_err(|_| malformed("An owner is self, amazon, or an account's twelve digits.")),
    }
}

fn check(id: &str, prefix: &str, what: &'static str) -> Result<(), Fault> {
    if has_digits(id, prefix, |byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
        return Ok(());
    }
    let message = sentence!(
        "{what} is {prefix} and 8 or 17 hexadecimal digits in small letters; check that it was copied whole.",
        what = Sentence::from(what),
        prefix
    );
    Err(malformed(message))
}

/// Tasks of earlier years have eight letters of the whole alphabet.
fn check_task(id: &str, prefix: &str, what: &'static str) -> Result<(), Fault> {
    if has_digits(id, prefix, |byte| matches!(byte, b'0'..=b'9' | b'a'..=b'z')) {
        return Ok(());
    }
    let message = sentence!(
        "{what} is {prefix} and 8 or 17 digits and small letters; check that it was copied whole.",
        what = Sentence::from(what),
        prefix
    );
    Err(malformed(message))
}

fn has_digits(id: &str, prefix: &str, allowed: impl Fn(u8) -> bool) -> bool {
    id.strip_prefix(prefix)
        .is_some_and(|digits| matches!(digits.len(), 8 | 17) && digits.bytes().all(allowed))
}

fn malformed(message: impl Into<Sentence>) -> Fault {
    Fault::error("id-malformed", message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long_ids_are_in_order() {
        assert_eq!(check_snapshot("snap-0123abcd"), Ok(()));
        assert_eq!(check_snapshot("snap-066877671789bd71b"), Ok(()));
        assert_eq!(check_image("ami-0123456789abcdef0"), Ok(()));
        assert_eq!(check_import_task("import-snap-1234567890abcdef0"), Ok(()));
        assert_eq!(check_import_task("import-ami-fgsddbhv"), Ok(()));
    }

    #[test]
    fn ids_of_another_form_are_refused() {
        for id in [
            "",
            "snap-",
            "snap-0123abc",
            "snap-0123abcg",
            "SNAP-0123abcd",
            "vol-0123abcd",
            "snap-0123456789abcdef01",
        ] {
            assert!(check_snapshot(id).is_err(), "{id}");
        }
    }

    #[test]
    fn the_task_of_the_other_import_is_recognised() {
        let fault = check_snapshot_task("import-ami-1234567890abcdef0").unwrap_err();
        assert!(fault.message.contains("DescribeImportImageTasks"));
    }

    #[test]
    fn owners_are_accounts_or_two_words() {
        assert_eq!(check_owner("self"), Ok(()));
        assert_eq!(check_owner("111122223333"), Ok(()));
        assert!(check_owner("1111-2222-3333").is_err() && check_owner("aws-marketplace").is_err());
    }
}
