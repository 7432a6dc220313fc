//! Uploads that are made one after another: which comes next, and how each has ended.

/// Where an upload stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Its turn has not come.
    Waiting,
    /// It is at work.
    Sending,
    /// The object is there.
    Done,
    /// It ended without one.
    Failed,
    /// The person gave it up.
    Cancelled,
}

/// An upload in the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item<T> {
    /// What tells it from the others, from 1 on; it stays when others are removed.
    pub number: u32,
    /// What is to be uploaded.
    pub what: T,
    /// Where it stands.
    pub standing: Standing,
}

/// Uploads in the order in which they were added; at most one of them is at work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue<T> {
    items: Vec<Item<T>>,
    last: u32,
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Self { items: Vec::new(), last: 0 }
    }
}

impl<T> Queue<T> {
    /// Adds an upload at the end.
    pub fn add(&mut self, what: T) {
        self.last += 1;
        self.items.push(Item { number: self.last, what, standing: Standing::Waiting });
    }

    /// Takes an upload out, unless it is at work.
    pub fn remove(&mut self, number: u32) {
        self.items.retain(|item| item.number != number || item.standing == Standing::Sending);
    }

    /// The uploads.
    pub fn items(&self) -> &[Item<T>] {
        &self.items
    }

    /// What was to be uploaded by those that have ended, however they did.
    pub fn ended_mut(&mut self) -> impl Iterator<Item = &mut T> {
        let has_ended = |item: &&mut Item<T>| !matches!(item.standing, Standing::Waiting | Standing::Sending);
        self.items.iter_mut().filter(has_ended).map(|item| &mut item.what)
    }

    /// Begins the next upload that waits, where none is at work and `can_begin` has nothing against it. None that was added
    /// later overtakes it.
    pub fn begin_next_if(&mut self, can_begin: impl Fn(&T) -> bool) -> Option<&Item<T>> {
        if self.is_at_work() {
            return None;
        }
        let next = self.items.iter_mut().find(|item| item.standing == Standing::Waiting)?;
        if !can_begin(&next.what) {
            return None;
        }
        next.standing = Standing::Sending;
        Some(next)
    }

    /// Whether one is at work.
    pub fn is_at_work(&self) -> bool {
        self.items.iter().any(|item| item.standing == Standing::Sending)
    }

    /// Notes how the upload at work has ended.
    pub fn ended(&mut self, standing: Standing) {
        for item in self.items.iter_mut().filter(|item| item.standing == Standing::Sending) {
            item.standing = standing;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queue(names: &[&'static str]) -> Queue<&'static str> {
        let mut queue = Queue::default();
        for name in names {
            queue.add(*name);
        }
        queue
    }

    fn standings(queue: &Queue<&'static str>) -> Vec<(&'static str, Standing)> {
        queue.items().iter().map(|item| (item.what, item.standing)).collect()
    }

    fn begin(queue: &mut Queue<&'static str>) -> Option<&'static str> {
        queue.begin_next_if(|_| true).map(|item| item.what)
    }

    #[test]
    fn what_cannot_begin_yet_is_not_overtaken() {
        let mut queue = queue(&["a", "b"]);
        assert!(queue.begin_next_if(|name| *name != "a").is_none());
        assert_eq!(begin(&mut queue), Some("a"));
    }

    #[test]
    fn one_begins_when_the_one_before_has_ended_however_that_ended() {
        let mut queue = queue(&["a", "b", "c"]);
        assert_eq!(begin(&mut queue), Some("a"));
        assert!(begin(&mut queue).is_none());
        queue.ended(Standing::Failed);
        assert_eq!(begin(&mut queue), Some("b"));
        queue.ended(Standing::Done);
        assert_eq!(
            standings(&queue),
            [("a", Standing::Failed), ("b", Standing::Done), ("c", Standing::Waiting)]
        );
    }

    #[test]
    fn what_is_at_work_is_not_removed_and_numbers_are_not_given_twice() {
        let mut queue = queue(&["a", "b"]);
        begin(&mut queue);
        queue.remove(1);
        queue.remove(2);
        queue.add("c");
        assert_eq!(standings(&queue), [("a", Standing::Sending), ("c", Standing::Waiting)]);
        assert_eq!(queue.items()[1].number, 3);
        queue.ended(Standing::Done);
        queue.remove(1);
        assert_eq!(queue.items().len(), 1);
    }
}
