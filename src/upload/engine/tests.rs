use super::*;
use crate::upload::answers::Response;
use crate::upload::exchange::Request;
use crate::upload::failure::Failure;
use crate::upload::part_plan::MIB;
use crate::upload::receipt::{PartsCheck, WholeCheck};

const START: Millis = 1_800_000_000_000;

pub(super) fn settings(size: u64, integrity: Integrity) -> Settings {
    Settings {
        bucket: "b".into(),
        key: "k".into(),
        region: "eu-west-1".into(),
        file: FileIdentity { name: "f".into(), size, modified: 0, offset: 0, sample: None },
        plan: PartPlan::for_file(size).unwrap(),
        integrity,
        upload_id: Some("id".into()),
        can_list: false,
        can_abort: true,
        can_read_back: true,
        parallel: 4,
        speed_limit: None,
        stall_after: 60_000,
        seed: 1,
    }
}

/// An engine at work on `parts` parts, and what it wants.
pub(super) struct Bench {
    pub(super) engine: Engine,
    pub(super) now: Millis,
    pub(super) sent: Vec<(RequestId, Request, i64)>,
    others: Vec<Command>,
}

impl Bench {
    pub(super) fn new(settings: Settings) -> Self {
        let mut bench =
            Self { engine: Engine::new(settings), now: START, sent: Vec::new(), others: Vec::new() };
        bench.handle(Event::Start);
        bench
    }

    pub(super) fn of_parts(parts: u64) -> Self {
        Self::new(settings(parts * 16 * MIB, Integrity::Compared))
    }

    pub(super) fn handle(&mut self, event: Event) {
        for command in self.engine.handle(event, self.now) {
            match command {
                Command::Send { id, request, signed_at } => self.sent.push((id, request, signed_at)),
                Command::Hash { part, .. } => self.handle(Event::Hashed { part, digests: digests() }),
                Command::Abandon(id) => self.sent.retain(|(sent, ..)| *sent != id),
                Command::CheckFile => self.handle(Event::FileIntact),
                other => self.others.push(other),
            }
        }
    }

    pub(super) fn wait(&mut self, time: Millis) {
        self.now += time;
        self.handle(Event::Tick);
    }

    /// Answers the oldest request.
    pub(super) fn answer(&mut self, response: Response) -> Request {
        let (id, request, _) = self.sent.remove(0);
        self.handle(Event::Answered { id, response });
        request
    }

    fn lose(&mut self) {
        let (id, ..) = self.sent.remove(0);
        self.handle(Event::Unanswered { id, file_intact: true, blocked_by_policy: false });
    }

    /// Lets all parts arrive, so that Complete is next.
    fn complete(mut self) -> Self {
        while self.sent.iter().any(|(_, request, _)| request.slice().is_some()) {
            self.answer(arrived());
        }
        assert!(matches!(self.sent[0].1, Request::Complete { .. }));
        self
    }

    fn stopped(&self) -> Option<&Stop> {
        self.others
            .iter()
            .find_map(|command| if let Command::Stopped(stop) = command { Some(stop) } else { None })
    }

    fn held(&self) -> Option<Hold> {
        self.engine.view().hold
    }

    fn finished(&self) -> Option<WholeCheck> {
        self.others.iter().find_map(|command| match command {
            Command::Finished(receipt) => Some(receipt.checks.whole),
            _ => None,
        })
    }
}

fn digests() -> Digests {
    Digests { crc64nvme: Crc64::of(b"part"), md5: Some(crate::upload::checksum::Md5Sum::of(b"part")) }
}

pub(super) fn arrived() -> Response {
    let etag = serde_json::to_value(digests().md5).unwrap().as_str().unwrap().to_owned();
    Response { status: 200, etag: Some(format!("\"{etag}\"")), ..Response::default() }
}

pub(super) fn error(status: u16, code: &str) -> Response {
    Response { status, body: format!("<Error><Code>{code}</Code></Error>"), ..Response::default() }
}

fn completed() -> Response {
    let body = "<CompleteMultipartUploadResult><ETag>\"e-2\"</ETag></CompleteMultipartUploadResult>";
    Response { status: 200, body: body.into(), ..Response::default() }
}

/// What HEAD says of an object of so many parts.
fn object(parts: u64) -> Response {
    let sums = (0..parts).map(|_| (digests().crc64nvme, 16 * MIB));
    let checksum = Some(Crc64::of_parts(sums));
    Response { status: 200, length: Some(parts * 16 * MIB), checksum, ..Response::default() }
}

/// What ListParts says of whole parts with these ETags.
fn listed(parts: &[(u16, &str)]) -> Response {
    let part = |(number, etag): &(u16, &str)| {
        format!("<Part><PartNumber>{number}</PartNumber><Size>{}</Size><ETag>{etag}</ETag></Part>", 16 * MIB)
    };
    let parts: String = parts.iter().map(part).collect();
    let body = format!("<ListPartsResult><IsTruncated>false</IsTruncated>{parts}</ListPartsResult>");
    Response { status: 200, body, ..Response::default() }
}

#[test]
fn a_part_that_may_have_been_sent_twice_is_sent_again_where_complete_refuses_what_is_listed() {
    let mut bench = Bench::of_parts(2);
    bench.handle(Event::Pause);
    bench.handle(Event::Resume);
    let mut bench = bench.complete();
    bench.answer(error(400, "InvalidPart"));
    let again: Vec<_> = bench.sent.iter().filter(|(_, request, _)| request.slice().is_some()).collect();
    assert_eq!(again.len(), 2, "{:?}", bench.sent);
    let mut bench = bench.complete();
    bench.answer(completed());
    bench.answer(object(2));
    assert_eq!(bench.finished(), Some(WholeCheck::Checksum));
}

#[test]
fn what_is_sent_again_needs_an_address_whatever_the_list_says() {
    let mut bench = Bench::new(Settings { can_list: true, ..settings(32 * MIB, Integrity::Compared) });
    let etag = arrived().etag.unwrap();
    let list = listed(&[(1, &etag), (2, &etag)]);
    bench.answer(listed(&[]));
    bench.handle(Event::Pause);
    bench.handle(Event::Resume);
    let mut bench = bench.complete();
    bench.answer(error(400, "InvalidPart"));
    bench.answer(list.clone());
    bench.answer(error(400, "InvalidPart"));
    // A renewed ticket signs what the list lacks.
    let (id, request, _) = bench.sent.remove(0);
    assert!(request.slice().is_some(), "{request:?}");
    bench.handle(Event::NoAddress { id });
    assert_eq!(bench.held(), Some(Hold::Authorisation));
    bench.handle(Event::Resume);
    let mut bench = bench.complete();
    bench.answer(completed());
    bench.answer(object(2));
    assert_eq!(bench.finished(), Some(WholeCheck::Checksum));
}

#[test]
fn an_upload_that_was_taken_up_is_sent_again_whole_and_once_where_nothing_else_helps() {
    let mut bench = Bench::new(Settings { can_list: true, ..settings(32 * MIB, Integrity::Compared) });
    let etag = arrived().etag.unwrap();
    let list = listed(&[(1, &etag), (2, &etag)]);
    // By a ticket for an upload of which this browser knows nothing: both parts are there.
    bench.answer(list.clone());
    for _ in 0..2 {
        bench = bench.complete();
        bench.answer(error(400, "InvalidPart"));
        if matches!(bench.sent[0].1, Request::List { .. }) {
            bench.answer(list.clone());
            bench.answer(error(400, "InvalidPart"));
        }
        assert_eq!(bench.sent.iter().filter(|(_, request, _)| request.slice().is_some()).count(), 2);
    }
    bench = bench.complete();
    bench.answer(error(400, "InvalidPart"));
    bench.answer(list);
    bench.answer(error(400, "InvalidPart"));
    assert!(matches!(bench.held(), Some(Hold::Refused(_))), "{:?}", bench.sent);
}

#[test]
fn parts_that_were_sent_once_are_not_sent_again_because_complete_refuses_them() {
    let mut bench = Bench::of_parts(2).complete();
    bench.answer(error(400, "InvalidPart"));
    assert!(bench.sent.is_empty(), "{:?}", bench.sent);
    assert!(matches!(bench.held(), Some(Hold::Refused(_))));
}

#[test]
fn slow_down_halves_what_is_sent_at_a_time_and_parts_that_arrive_raise_it_again() {
    let mut bench = Bench::of_parts(40);
    assert_eq!(bench.sent.len(), 4);
    bench.answer(error(503, "SlowDown"));
    assert_eq!((bench.engine.view().parallel, bench.sent.len()), (2, 3));
    (0..8).for_each(|_| drop(bench.answer(arrived())));
    assert_eq!(bench.engine.view().parallel, 4);
}

#[test]
fn the_wait_that_the_server_asks_for_is_kept() {
    let mut bench = Bench::of_parts(2);
    bench.answer(Response { retry_after: Some(20_000), ..error(503, "SlowDown") });
    bench.answer(arrived());
    assert!(bench.others.contains(&Command::Wake(START + 20_000)));
    bench.wait(19_999);
    assert_eq!(bench.sent.len(), 0);
    bench.wait(1);
    assert!(matches!(bench.sent[0].1, Request::Part { number: 1, .. }));
    let retrying = bench.engine.view().retrying;
    assert_eq!((retrying[0].part, &retrying[0].reason), (Some(1), &Failure::Busy { status: 503 }));
}

#[test]
fn a_part_that_stalls_is_broken_off_and_one_that_moves_is_not() {
    let mut bench = Bench::of_parts(2);
    let (first, second) = (bench.sent[0].0, bench.sent[1].0);
    bench.now += 50_000;
    bench.handle(Event::Progress { id: second, sent: 5 });
    bench.wait(10_000);
    let under_way: Vec<RequestId> = bench.sent.iter().map(|(id, ..)| *id).collect();
    assert!(!under_way.contains(&first) && under_way.contains(&second));
    bench.wait(60_000);
    assert!(bench.sent.iter().any(|(_, request, _)| matches!(request, Request::Part { number: 1, .. })));
}

#[test]
fn an_expired_signature_holds_the_upload_until_there_is_a_new_one() {
    let mut bench = Bench::of_parts(6);
    bench.answer(error(400, "ExpiredToken"));
    assert_eq!(bench.held(), Some(Hold::Authorisation));
    assert_eq!(bench.sent.len(), 0);
    bench.wait(3_600_000);
    assert_eq!(bench.sent.len(), 0);
    bench.handle(Event::Resume);
    assert_eq!((bench.held(), bench.sent.len()), (None, 4));
}

#[test]
fn a_renewed_ticket_need_not_have_a_part_that_arrived_without_an_answer() {
    let mut bench = Bench::new(Settings { can_list: true, ..settings(32 * MIB, Integrity::Compared) });
    // S3 is asked at the beginning, and has nothing yet.
    assert!(matches!(bench.answer(listed(&[])), Request::List { .. }));
    bench.lose();
    bench.answer(error(403, "ExpiredToken"));
    assert_eq!(bench.held(), Some(Hold::Authorisation));
    bench.handle(Event::Resume);
    let lacking = bench.sent.iter().find_map(|(id, request, _)| match request {
        Request::Part { number: 1, .. } => Some(*id),
        _ => None,
    });
    bench.sent.retain(|(id, ..)| Some(*id) != lacking);
    bench.handle(Event::NoAddress { id: lacking.unwrap() });
    assert_eq!((bench.held(), bench.sent.len()), (None, 2));
    bench.answer(arrived());
    let etag = arrived().etag.unwrap();
    assert!(matches!(bench.answer(listed(&[(1, &etag)])), Request::List { .. }));
    assert!(matches!(bench.sent[0].1, Request::Complete { .. }), "{:?}", bench.sent);
}

#[test]
fn what_will_not_change_is_not_tried_again() {
    let mut bench = Bench::of_parts(2);
    bench.answer(error(403, "AccessDenied"));
    assert!(matches!(bench.held(), Some(Hold::Refused(Failure::AccessDenied { .. }))));
    assert_eq!(bench.engine.view().retries, 0);
}

#[test]
fn a_network_that_stays_away_holds_the_upload_after_a_dozen_tries() {
    let mut bench = Bench::of_parts(1 + 1);
    for _ in 0..200 {
        if bench.sent.is_empty() {
            bench.wait(60_000);
        } else {
            bench.lose();
        }
    }
    // Nothing was ever answered and nothing sent: the bucket's CORS rule is the likely reason.
    assert_eq!(bench.held(), Some(Hold::GaveUp(Failure::NotAllowedByCors)));
    assert!(bench.engine.view().retries < 10);
}

#[test]
fn offline_costs_no_tries_and_online_begins_at_once() {
    let mut bench = Bench::of_parts(4);
    bench.handle(Event::Offline);
    (0..4).for_each(|_| bench.lose());
    bench.wait(3_600_000);
    assert_eq!((bench.sent.len(), bench.engine.view().retries, bench.held()), (0, 0, None));
    bench.handle(Event::Online);
    assert_eq!(bench.sent.len(), 4);
}

#[test]
fn who_gave_up_on_the_network_goes_on_when_it_is_back() {
    let mut bench = Bench::of_parts(4);
    for _ in 0..200 {
        if bench.sent.is_empty() {
            bench.wait(60_000);
        } else {
            bench.lose();
        }
    }
    assert!(bench.held().is_some());
    bench.handle(Event::Offline);
    bench.handle(Event::Online);
    assert_eq!(bench.held(), None);
    assert_eq!(bench.sent.len(), 4);
}

#[test]
fn complete_is_tried_again_after_an_error_in_an_answer_of_200() {
    let mut bench = Bench::of_parts(2).complete();
    let body = "\n<Error><Code>InternalError</Code><Message>again</Message></Error>".to_owned();
    bench.answer(Response { status: 200, body, ..Response::default() });
    bench.wait(60_000);
    assert!(matches!(bench.answer(completed()), Request::Complete { .. }));
    bench.answer(object(2));
    assert_eq!(bench.finished(), Some(WholeCheck::Checksum));
}

#[test]
fn an_upload_that_is_gone_after_complete_is_looked_for_under_its_key() {
    let lost_answer = || {
        let mut bench = Bench::of_parts(2).complete();
        bench.lose();
        bench.wait(60_000);
        bench.answer(error(404, "NoSuchUpload"));
        assert_eq!(bench.sent[0].1, Request::Head);
        bench
    };
    let mut ours = lost_answer();
    ours.answer(object(2));
    assert_eq!(ours.finished(), Some(WholeCheck::Checksum));
    let mut of_before = lost_answer();
    of_before.answer(Response { checksum: Some(Crc64(5)), ..object(2) });
    let gone = Stop { reason: StopReason::UploadGone, left: Left::Nothing };
    assert_eq!(of_before.stopped(), Some(&gone));
    let mut nothing = lost_answer();
    nothing.answer(Response { status: 404, ..Response::default() });
    assert_eq!(nothing.stopped(), Some(&gone));
    // The size alone shows nothing.
    let mut untold = lost_answer();
    untold.answer(Response { checksum: None, ..object(2) });
    assert_eq!(untold.stopped(), Some(&Stop { reason: StopReason::Unknown, left: Left::Object }));
}

#[test]
fn an_object_that_differs_is_never_called_finished() {
    let mut bench = Bench::of_parts(2).complete();
    bench.answer(completed());
    bench.answer(Response { checksum: Some(Crc64(5)), ..object(2) });
    assert_eq!(bench.stopped(), Some(&Stop { reason: StopReason::ObjectDiffers, left: Left::Object }));
    assert_eq!(bench.finished(), None);
}

#[test]
fn who_may_not_read_finishes_and_the_receipt_says_so() {
    let mut bench = Bench::of_parts(2).complete();
    bench.answer(completed());
    bench.answer(Response { status: 403, ..Response::default() });
    assert_eq!(bench.finished(), Some(WholeCheck::NotReadBack));
}

#[test]
fn a_ticket_that_ends_before_the_reading_back_finishes_and_the_receipt_says_so() {
    let no_address = |bench: &mut Bench| {
        let (id, request, _) = bench.sent.remove(0);
        assert_eq!(request, Request::Head);
        bench.handle(Event::NoAddress { id });
    };
    let mut bench = Bench::of_parts(2).complete();
    bench.answer(completed());
    no_address(&mut bench);
    assert_eq!((bench.held(), bench.finished()), (None, Some(WholeCheck::NotReadBack)));
    // Where nobody has said that the object is there, only looking shows it.
    let mut bench = Bench::of_parts(2).complete();
    bench.lose();
    bench.wait(60_000);
    bench.answer(error(404, "NoSuchUpload"));
    no_address(&mut bench);
    assert_eq!((bench.held(), bench.finished()), (Some(Hold::Authorisation), None));
}

#[test]
fn a_part_whose_etag_is_of_other_bytes_is_sent_again_once_etags_are_known_to_be_sums() {
    let mut bench = Bench::of_parts(2);
    let other = Response { etag: Some(format!("\"{}\"", "ab".repeat(16))), ..arrived() };
    bench.answer(other);
    assert_eq!(bench.engine.view().counts.done, 1);
    bench.answer(arrived());
    assert_eq!(bench.engine.view().counts.done, 1);
    bench.wait(60_000);
    assert!(matches!(bench.answer(arrived()), Request::Part { number: 1, .. }));
    assert!(matches!(bench.sent[0].1, Request::Complete { .. }));
}

#[test]
fn cancelling_removes_the_parts_or_says_that_they_are_left() {
    let mut bench = Bench::of_parts(4);
    bench.handle(Event::Cancel);
    assert!(matches!(bench.answer(Response { status: 204, ..Response::default() }), Request::Abort { .. }));
    assert_eq!(bench.stopped(), Some(&Stop { reason: StopReason::Cancelled, left: Left::Nothing }));

    let mut bench = Bench::of_parts(4);
    bench.handle(Event::Cancel);
    bench.answer(error(403, "AccessDenied"));
    let left = Left::Parts { upload_id: "id".into() };
    assert_eq!(bench.stopped(), Some(&Stop { reason: StopReason::Cancelled, left }));
}

#[test]
fn a_part_that_arrives_after_the_abort_is_aborted_too() {
    let mut bench = Bench::new(Settings { can_list: true, ..settings(64 * MIB, Integrity::Signed) });
    bench.answer(listed(&[]));
    bench.handle(Event::Cancel);
    bench.answer(Response { status: 204, ..Response::default() });
    let one = "<ListPartsResult><Part><PartNumber>1</PartNumber><Size>5</Size><ETag>e</ETag></Part></ListPartsResult>";
    bench.answer(Response { status: 200, body: one.into(), ..Response::default() });
    assert!(matches!(bench.answer(Response { status: 204, ..Response::default() }), Request::Abort { .. }));
    bench.answer(error(404, "NoSuchUpload"));
    assert_eq!(bench.stopped(), Some(&Stop { reason: StopReason::Cancelled, left: Left::Nothing }));
}

#[test]
fn a_file_that_cannot_be_read_holds_the_upload_and_loses_nothing() {
    let mut bench = Bench::of_parts(4);
    let (id, ..) = bench.sent.remove(0);
    bench.handle(Event::Unanswered { id, file_intact: false, blocked_by_policy: false });
    let unreadable = Some(Hold::Refused(Failure::FileUnreadable));
    assert_eq!(bench.engine.view().hold, unreadable);
    assert_eq!((bench.stopped(), bench.engine.upload_id()), (None, Some("id")));
    // Its drive is back.
    bench.sent.clear();
    bench.handle(Event::Resume);
    assert_eq!(bench.engine.view().hold, None);
    assert!(!bench.sent.is_empty());
    bench.handle(Event::FileUnreadable);
    assert_eq!(bench.engine.view().hold, unreadable);
}

#[test]
fn a_request_that_the_browser_does_not_begin_says_why() {
    let mut bench = Bench::of_parts(4);
    let (id, ..) = bench.sent.remove(0);
    bench.handle(Event::NotSent { id, reason: "no such address".into() });
    let reason = "no such address".to_owned();
    assert_eq!(bench.engine.view().hold, Some(Hold::Refused(Failure::NotSent { reason })));
}

#[test]
fn a_changed_file_stops_the_upload_and_removes_its_parts() {
    let mut bench = Bench::of_parts(4);
    bench.handle(Event::FileChanged);
    bench.answer(Response { status: 204, ..Response::default() });
    assert_eq!(bench.stopped(), Some(&Stop { reason: StopReason::FileChanged, left: Left::Nothing }));
}

#[test]
fn a_wrong_clock_is_set_by_that_of_s3() {
    let mut bench = Bench::new(settings(64 * MIB, Integrity::Signed));
    let date = i64::try_from(START / 1000).unwrap() + 7200;
    bench.answer(Response { date: Some(date), ..error(403, "RequestTimeTooSkewed") });
    bench.wait(2000);
    let (.., signed_at) = bench.sent.last().unwrap();
    assert_eq!(*signed_at, date + 2);
    // A ticket's signatures cannot be moved.
    let mut bench = Bench::of_parts(4);
    bench.answer(Response { date: Some(date), ..error(403, "RequestTimeTooSkewed") });
    assert_eq!(bench.held(), Some(Hold::Clock));
}

#[test]
fn a_speed_limit_spreads_the_parts() {
    let mut bench =
        Bench::new(Settings { speed_limit: Some(16 * MIB), ..settings(64 * MIB, Integrity::Compared) });
    assert_eq!(bench.sent.len(), 1);
    bench.wait(999);
    assert_eq!(bench.sent.len(), 1);
    bench.wait(1);
    assert_eq!(bench.sent.len(), 2);
    bench.handle(Event::SetSpeedLimit(None));
    assert_eq!(bench.sent.len(), 4);
}

#[test]
fn an_upload_that_is_taken_up_sends_the_missing_parts_alone() {
    let record = {
        let mut bench = Bench::of_parts(4);
        bench.answer(arrived());
        bench.answer(arrived());
        bench.handle(Event::Pause);
        let kept = bench.others.iter().rev().find_map(|command| match command {
            Command::Persist(record) => Some(record.clone()),
            _ => None,
        });
        Record::read(&kept.unwrap().to_json()).unwrap()
    };
    assert_eq!(record.done.len(), 2);
    let settings = Settings { can_list: true, ..settings(64 * MIB, Integrity::Compared) };
    let mut bench =
        Bench { engine: Engine::resume(settings, &record), now: START, sent: Vec::new(), others: Vec::new() };
    bench.handle(Event::Start);
    // Part 1 is as it was kept, part 2 is another, part 3 arrived after the record was made.
    let etag = arrived().etag.unwrap();
    bench.answer(listed(&[(1, &etag), (2, "\"other\""), (3, &etag)]));
    let numbers: Vec<u16> = bench
        .sent
        .iter()
        .filter_map(
            |(_, request, _)| if let Request::Part { number, .. } = request { Some(*number) } else { None },
        )
        .collect();
    assert_eq!(numbers, [2, 4]);
    assert_eq!(bench.engine.view().counts.done, 2);
}

#[test]
fn a_small_file_is_sent_at_once_and_compared() {
    let mut bench = Bench::new(Settings { upload_id: None, ..settings(5, Integrity::Signed) });
    let checksum = Some(digests().crc64nvme);
    assert_eq!(bench.answer(arrived()), Request::Put { range: 0..5, checksum });
    bench.answer(Response { status: 200, length: Some(5), checksum, ..Response::default() });
    assert_eq!(bench.finished(), Some(WholeCheck::Checksum));
}

#[test]
fn the_strip_and_the_counts_tell_where_every_part_stands() {
    let mut bench = Bench::of_parts(10);
    bench.answer(arrived());
    bench.answer(error(500, "InternalError"));
    let view = bench.engine.view();
    let run = |state, count| Run { state, count };
    let begin = [run(PartState::Done, 1), run(PartState::Retrying, 1), run(PartState::Sending, 4)];
    assert_eq!(view.strip[..3], begin);
    assert_eq!(view.counts, Counts { waiting: 4, hashing: 0, sending: 4, retrying: 1, done: 1, retried: 0 });
    assert_eq!((view.bytes_done, view.bytes_total), (16 * MIB, 160 * MIB));
}

/// What was kept of an upload of four parts, and the engine that goes on with it by `now`.
fn continued(begun: Integrity, now: Integrity) -> Bench {
    let mut bench = Bench::new(settings(64 * MIB, begun));
    bench.answer(arrived());
    bench.handle(Event::Pause);
    let kept = bench.others.iter().rev().find_map(|command| match command {
        Command::Persist(record) => Some(record.clone()),
        _ => None,
    });
    let engine = Engine::resume(settings(64 * MIB, now), &kept.expect("it is kept"));
    let mut bench = Bench { engine, now: START, sent: Vec::new(), others: Vec::new() };
    bench.handle(Event::Start);
    bench
}

/// Whether parts bring checksums, whether Complete names them, and whether it signs that of the whole.
fn checksums_of(mut bench: Bench) -> (bool, bool, bool) {
    let Request::Part { checksum, .. } = bench.sent[0].1 else { panic!("{:?}", bench.sent) };
    let with_parts = checksum.is_some();
    let mut bench = loop {
        match &bench.sent[0].1 {
            Request::Part { checksum, .. } => assert_eq!(checksum.is_some(), with_parts),
            _ => break bench,
        }
        bench.answer(arrived());
    };
    let Request::Complete { parts, checksum, .. } = bench.answer(completed()) else { panic!("no Complete") };
    (with_parts, parts.iter().all(|part| part.checksum.is_some()), checksum.is_some())
}

#[test]
fn an_upload_brings_the_checksums_that_it_was_created_for_whoever_goes_on_with_it() {
    use Integrity::{Compared, Signed};
    assert_eq!(checksums_of(continued(Signed, Signed)), (true, true, true));
    // S3 refuses a checksum that was not promised.
    assert_eq!(checksums_of(continued(Compared, Signed)), (false, false, false));
    // A ticket signs none, but the body of Complete can name them.
    assert_eq!(checksums_of(continued(Signed, Compared)), (false, true, false));
}

#[test]
fn what_was_promised_is_still_known_after_a_ticket_has_gone_on_with_it() {
    let mut bench = continued(Integrity::Signed, Integrity::Compared);
    bench.handle(Event::Pause);
    let kept = bench.others.iter().rev().find_map(|command| match command {
        Command::Persist(record) => Some(record.checksums),
        _ => None,
    });
    assert_eq!(kept, Some(true));
}

#[test]
fn an_upload_that_waits_goes_on_by_the_rules_of_what_was_pasted() {
    let authority =
        |integrity| Authority { integrity, can_list: false, can_abort: true, can_read_back: true };
    let waiting = |begun| {
        let mut bench = Bench::new(settings(64 * MIB, begun));
        bench.answer(error(400, "ExpiredToken"));
        assert_eq!(bench.held(), Some(Hold::Authorisation));
        bench
    };
    let mut by_ticket = waiting(Integrity::Signed);
    by_ticket.engine.sign_by(authority(Integrity::Compared));
    by_ticket.handle(Event::Resume);
    assert_eq!(checksums_of(by_ticket), (false, true, false));
    let mut by_credentials = waiting(Integrity::Compared);
    by_credentials.engine.sign_by(authority(Integrity::Signed));
    by_credentials.handle(Event::Resume);
    assert_eq!(checksums_of(by_credentials), (false, false, false));
}

#[test]
fn parts_that_a_ticket_sent_are_not_said_to_have_had_their_checksums_signed() {
    let mut bench = Bench::new(settings(64 * MIB, Integrity::Signed));
    bench.answer(error(400, "ExpiredToken"));
    let authority =
        Authority { integrity: Integrity::Compared, can_list: false, can_abort: true, can_read_back: true };
    bench.engine.sign_by(authority);
    bench.handle(Event::Resume);
    let mut bench = bench.complete();
    bench.answer(completed());
    bench.answer(object(4));
    let checks = bench.others.iter().find_map(|command| match command {
        Command::Finished(receipt) => Some(receipt.checks.parts),
        _ => None,
    });
    assert_eq!(checks, Some(PartsCheck::Compared));
}

#[test]
fn what_was_kept_survives_a_second_reload_before_the_parts_are_read_again() {
    let kept = |bench: &Bench| {
        let kept = bench.others.iter().rev().find_map(|command| match command {
            Command::Persist(record) => Some(record.clone()),
            _ => None,
        });
        kept.expect("it is kept")
    };
    let mut bench = Bench::of_parts(4);
    bench.answer(Response { etag: Some("\"no-sum\"".into()), ..arrived() });
    bench.handle(Event::Pause);
    let first = kept(&bench);
    assert_eq!((first.done.len(), first.done[0].verified), (1, false));
    let mut engine = Engine::resume(settings(64 * MIB, Integrity::Compared), &first);
    let second = engine.handle(Event::Start, START).into_iter().find_map(|command| match command {
        Command::Persist(record) => Some(record),
        _ => None,
    });
    assert_eq!(second.expect("it is kept").done, first.done);
}

#[test]
fn the_receipt_tells_whether_some_or_none_of_the_parts_could_be_compared() {
    let untold = || Response { etag: Some("\"no-sum\"".into()), ..arrived() };
    let checked = |answers: [Response; 2]| {
        let mut bench = Bench::of_parts(2);
        for answer in answers {
            bench.answer(answer);
        }
        bench.answer(completed());
        bench.answer(object(2));
        bench.others.into_iter().find_map(|command| match command {
            Command::Finished(receipt) => Some(receipt.checks.parts),
            _ => None,
        })
    };
    assert_eq!(checked([arrived(), arrived()]), Some(PartsCheck::Compared));
    assert_eq!(checked([arrived(), untold()]), Some(PartsCheck::NotAll));
    assert_eq!(checked([untold(), untold()]), Some(PartsCheck::NotAny));
}

#[test]
fn a_part_that_arrives_at_another_try_is_told_from_one_that_arrived_at_the_first() {
    let mut bench = Bench::of_parts(3);
    bench.answer(error(500, "InternalError"));
    bench.answer(arrived());
    bench.wait(5000);
    assert_eq!((bench.engine.view().counts.retrying, bench.engine.view().counts.retried), (0, 1));
    let at = bench.sent.iter().position(|(_, request, _)| matches!(request, Request::Part { number: 1, .. }));
    let (id, ..) = bench.sent.remove(at.unwrap());
    bench.handle(Event::Answered { id, response: arrived() });
    let view = bench.engine.view();
    let states: Vec<PartState> = view.strip.iter().map(|run| run.state).collect();
    assert_eq!(states, [PartState::Retried, PartState::Done, PartState::Sending]);
    assert_eq!((view.counts.done, view.counts.retried), (2, 1));
}
