//! The pace of an upload, changed while it runs.

use super::tests::{Bench, arrived, error, settings};
use super::{Event, Integrity, Settings};
use crate::upload::part_plan::MIB;

#[test]
fn more_parts_at_a_time_begin_at_once_and_fewer_break_nothing_off() {
    let mut bench = Bench::of_parts(40);
    assert_eq!(bench.sent.len(), 4);
    bench.handle(Event::SetParallel(7));
    assert_eq!(bench.sent.len(), 7);
    bench.handle(Event::SetParallel(2));
    assert_eq!(bench.sent.len(), 7);
    (0..5).for_each(|_| drop(bench.answer(arrived())));
    assert_eq!(bench.sent.len(), 2);
    bench.answer(arrived());
    assert_eq!((bench.sent.len(), bench.engine.view().counts.done), (2, 6));
}

#[test]
fn a_pace_that_is_set_while_s3_asks_for_patience_does_not_undo_that() {
    let mut bench = Bench::of_parts(40);
    bench.answer(error(503, "SlowDown"));
    bench.handle(Event::SetParallel(16));
    assert_eq!((bench.engine.view().parallel, bench.sent.len()), (2, 3));
    (0..4).for_each(|_| drop(bench.answer(arrived())));
    assert_eq!(bench.engine.view().parallel, 3);
}

#[test]
fn a_speed_limit_that_is_set_midway_holds_from_the_next_part_on() {
    let mut bench = Bench::new(settings(160 * MIB, Integrity::Compared));
    bench.handle(Event::SetSpeedLimit(Some(8 * MIB)));
    (0..4).for_each(|_| drop(bench.answer(arrived())));
    assert_eq!(bench.sent.len(), 1, "one part of 16 MiB every two seconds");
    bench.wait(1000);
    // Saying the same again wins nothing.
    bench.handle(Event::SetSpeedLimit(Some(8 * MIB)));
    assert_eq!(bench.sent.len(), 1);
    bench.wait(1000);
    assert_eq!(bench.sent.len(), 2);
    bench.handle(Event::SetSpeedLimit(None));
    assert_eq!(bench.sent.len(), 4);
}

#[test]
fn a_pace_can_be_set_while_the_upload_is_paused() {
    let mut bench = Bench::of_parts(10);
    bench.handle(Event::Pause);
    bench.handle(Event::SetParallel(6));
    bench.handle(Event::SetSpeedLimit(Some(MIB)));
    assert_eq!(bench.sent.len(), 0);
    bench.handle(Event::SetSpeedLimit(None));
    bench.handle(Event::Resume);
    assert_eq!(bench.sent.len(), 6);
}

#[test]
fn the_rate_falls_while_nothing_moves() {
    let mut bench = Bench::new(Settings { stall_after: 60_000, ..settings(160 * MIB, Integrity::Compared) });
    let id = bench.sent[0].0;
    for second in 1..=5 {
        bench.now += 1000;
        bench.handle(Event::Progress { id, sent: second * MIB });
    }
    let before = bench.engine.view().rate.expect("a rate");
    (0..10).for_each(|_| bench.wait(1000));
    let after = bench.engine.view().rate.expect("a rate");
    assert!(after < before / 2.0, "{before} {after}");
    (0..10).for_each(|_| bench.wait(1000));
    assert_eq!((bench.engine.view().rate, bench.engine.view().seconds_left), (Some(0.0), None));
}
