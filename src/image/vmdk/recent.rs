//! A list of the most recently used values, for grain tables and decompressed grains.

use std::rc::Rc;

/// Keeps at most `capacity` values; the one unused for the longest time goes first.
pub(super) struct Recent<T: ?Sized> {
    capacity: usize,
    /// The most recently used is the last.
    entries: Vec<(u64, Rc<T>)>,
}

impl<T: ?Sized> Recent<T> {
    pub(super) fn new(capacity: usize) -> Self {
        Self { capacity: capacity.max(1), entries: Vec::new() }
    }

    pub(super) fn get(&mut self, key: u64) -> Option<Rc<T>> {
        let at = self.entries.iter().rposition(|(known, _)| *known == key)?;
        let entry = self.entries.remove(at);
        let value = Rc::clone(&entry.1);
        self.entries.push(entry);
        Some(value)
    }

    pub(super) fn put(&mut self, key: u64, value: Rc<T>) {
        if self.entries.len() >= self.capacity {
            self.entries.remove(0);
        }
        self.entries.push((key, value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_unused_for_the_longest_time_goes_first() {
        let mut recent = Recent::new(2);
        recent.put(1, Rc::new('a'));
        recent.put(2, Rc::new('b'));
        assert!(recent.get(1).is_some());
        recent.put(3, Rc::new('c'));
        assert!(recent.get(2).is_none());
        assert_eq!(recent.get(1).as_deref(), Some(&'a'));
    }
}
