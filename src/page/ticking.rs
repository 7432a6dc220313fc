//! A clock for what runs out while nothing else happens.

use gloo::timers::callback::Interval;
use yew::prelude::*;

/// How often it ticks, in milliseconds: what is shown of a remaining time is exact to seconds only at its end.
const EVERY: u32 = 10_000;

/// A number that changes every ten seconds, as long as that is wanted.
#[hook]
pub(super) fn use_ticking(is_wanted: bool) -> u32 {
    let count = use_state_eq(|| 0_u32);
    let (begin, setter) = (*count, count.setter());
    use_effect_with(is_wanted, move |is_wanted| {
        let mut now = begin;
        let interval = is_wanted.then(|| {
            Interval::new(EVERY, move || {
                now = now.wrapping_add(1);
                setter.set(now);
            })
        });
        move || drop(interval)
    });
    *count
}
