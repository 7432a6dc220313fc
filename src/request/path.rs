//! Paths into a request: `TagSpecifications[0].Tags[1].Key`.

use std::fmt;

/// The longest list a path may reach into: a mistyped index must not fill the memory with empty items.
pub const LARGEST_INDEX: usize = 999;

/// One step into a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Into a structure's member.
    Member(String),
    /// Into a list's item, counted from 0.
    Item(usize),
}

/// A path that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadPath(String);

impl fmt::Display for BadPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "`{}` is no path into a request: write it like `TagSpecifications[0].Tags[1].Key`, with at most item {LARGEST_INDEX}.",
            self.0
        )
    }
}

impl std::error::Error for BadPath {}

/// Takes a path apart.
pub fn steps(path: &str) -> Result<Vec<Step>, BadPath> {
    let bad = || BadPath(path.chars().take(100).collect());
    let mut steps = Vec::new();
    for segment in path.split('.') {
        let mut parts = segment.split('[');
        let name = parts.next().filter(|name| !name.is_empty()).ok_or_else(bad)?;
        steps.push(Step::Member(name.to_owned()));
        for part in parts {
            let index = part.strip_suffix(']').and_then(|digits| digits.parse().ok()).ok_or_else(bad)?;
            if index > LARGEST_INDEX {
                return Err(bad());
            }
            steps.push(Step::Item(index));
        }
    }
    Ok(steps)
}

#[cfg(test)]
mod tests {
    use super::{Step, steps};

    #[test]
    fn a_path_is_taken_apart() {
        let member = |name: &str| Step::Member(name.into());
        assert_eq!(steps("A.B[2].C").unwrap(), [member("A"), member("B"), Step::Item(2), member("C")]);
    }

    #[test]
    fn what_is_no_path_is_refused() {
        for path in [
            "",
            ".",
            "A.",
            "A[",
            "A[]",
            "A[-1]",
            "A[x]",
            "A[0]B",
            "[0]",
            "A[1000]",
            "A[99999999999999999999]",
        ] {
            assert!(steps(path).is_err(), "{path} was taken for a path");
        }
    }
}
