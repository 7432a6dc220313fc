//! Reading what a worker told, on the page: from a JSON value, without serde's generated code.
//!
//! The page's program must be small, and serde's readers of these structs were a sixth of it. A worker's message has
//! passed serde on the way out, so a member that is missing is a fault of the build, not of the input: the whole
//! message is then `None`.

use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// A value that can be read from JSON as serde writes it.
pub trait Read: Sized {
    /// Reads it; `None` where the JSON is of another shape.
    fn read(value: &Value) -> Option<Self>;
}

impl Read for String {
    fn read(value: &Value) -> Option<Self> {
        value.as_str().map(str::to_owned)
    }
}

impl Read for bool {
    fn read(value: &Value) -> Option<Self> {
        value.as_bool()
    }
}

impl Read for u64 {
    fn read(value: &Value) -> Option<Self> {
        value.as_u64()
    }
}

impl Read for u32 {
    fn read(value: &Value) -> Option<Self> {
        value.as_u64()?.try_into().ok()
    }
}

impl Read for usize {
    fn read(value: &Value) -> Option<Self> {
        value.as_u64()?.try_into().ok()
    }
}

impl Read for Value {
    fn read(value: &Value) -> Option<Self> {
        Some(value.clone())
    }
}

impl Read for Map<String, Value> {
    fn read(value: &Value) -> Option<Self> {
        value.as_object().cloned()
    }
}

impl<T: Read> Read for Option<T> {
    fn read(value: &Value) -> Option<Self> {
        if value.is_null() { Some(None) } else { T::read(value).map(Some) }
    }
}

impl<T: Read> Read for Box<T> {
    fn read(value: &Value) -> Option<Self> {
        T::read(value).map(Box::new)
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(value: &Value) -> Option<Self> {
        if value.is_null() {
            return Some(Self::new());
        }
        value.as_array()?.iter().map(T::read).collect()
    }
}

impl<T: Read> Read for [T; 2] {
    fn read(value: &Value) -> Option<Self> {
        let [first, second] = value.as_array()?.as_slice() else { return None };
        Some([T::read(first)?, T::read(second)?])
    }
}

impl<T: Read> Read for BTreeMap<String, T> {
    fn read(value: &Value) -> Option<Self> {
        if value.is_null() {
            return Some(Self::new());
        }
        // Collecting into a map sorts, and would bring a whole sort into the page's program for each type.
        let mut map = Self::new();
        for (name, value) in value.as_object()? {
            map.insert(name.clone(), T::read(value)?);
        }
        Some(map)
    }
}

/// The name and the content of an enumeration's variant, as serde writes them: `"name"` or `{"name": content}`.
pub fn variant(value: &Value) -> Option<(&str, &Value)> {
    match value {
        Value::String(name) => Some((name, &Value::Null)),
        Value::Object(members) => members.iter().next().map(|(name, content)| (name.as_str(), content)),
        _ => None,
    }
}

/// The member `name` of a structure; one that serde leaves out because it is empty is read as `null`.
pub fn member<T: Read>(value: &Value, name: &str) -> Option<T> {
    T::read(value.get(name).unwrap_or(&Value::Null))
}

/// Implements [`Read`]: of a structure its members are named, of an enumeration each variant with the name that serde
/// gives it and, in brackets, whether it holds something.
macro_rules! read {
    (struct $name:ident { $($member:ident),* $(,)? }) => {
        impl $crate::read::Read for $name {
            fn read(value: &serde_json::Value) -> Option<Self> {
                Some(Self { $($member: $crate::read::member(value, stringify!($member))?,)* })
            }
        }
    };
    (enum $name:ident { $($text:literal => $variant:ident $(($content:ident))?),* $(,)? }) => {
        impl $crate::read::Read for $name {
            fn read(value: &serde_json::Value) -> Option<Self> {
                let (name, _content) = $crate::read::variant(value)?;
                match name {
                    $($text => Some(Self::$variant $(({
                        let $content = _content;
                        $crate::read::Read::read($content)?
                    }))?),)*
                    _ => None,
                }
            }
        }
    };
}
pub(crate) use read;
