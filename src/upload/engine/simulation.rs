//! Thousands of uploads in simulated time, to a simulated S3 with faults.
//!
//! No bytes are moved: a part is its checksums, which combine as real ones do. What may go wrong is drawn from a seed,
//! so that a failure names the one upload to look at.

mod service;

use super::retry::Random;
use super::{Command, Engine, Event, Hold, Integrity, Left, Millis, RequestId, Settings, StopReason};
use crate::upload::answers::Response;
use crate::upload::checksum::Digests;
use crate::upload::exchange::Request;
use crate::upload::part_plan::{MIB, PartPlan};
use crate::upload::receipt::{PartsCheck, Receipt, WholeCheck};
use crate::upload::resume::{FileIdentity, Record};
use service::{Nature, Service, Stored, sums};
use std::collections::{BTreeMap, BTreeSet};

const UPLOADS: u64 = 10_000;

/// No upload may take longer, in simulated time, whatever happens to it.
const LONGEST: Millis = 3 * 24 * 3600 * 1000;

/// The fault of a request that was broken off before the service has come to it.
const BROKEN_OFF: u64 = 100;

/// A request on its way to the service.
#[derive(Debug, Clone)]
struct Arrival {
    id: RequestId,
    request: Request,
    signed_at: i64,
    /// The bytes of the file that it brings.
    content: Option<Digests>,
    fault: u64,
}

#[derive(Debug, Clone)]
enum Happening {
    /// The engine hears of something.
    Event(Event),
    /// The whole of a request has come to the service.
    Arrival(Box<Arrival>),
}

/// One upload and everything around it.
struct World {
    random: Random,
    service: Service,
    settings: Settings,
    engine: Engine,
    /// What happens, by its moment and order.
    agenda: BTreeMap<(Millis, u64), Happening>,
    order: u64,
    alarm: Option<(Millis, u64)>,
    now: Millis,
    in_flight: BTreeMap<RequestId, Request>,
    /// Parts that the engine knows to have arrived whole.
    known: BTreeSet<u16>,
    kept: Option<String>,
    /// Which content the file has.
    generation: u64,
    changed: bool,
    /// Whether bytes have arrived as they were not.
    flipped: bool,
    crashes_left: u8,
    resumes_left: u8,
    requests: u64,
    /// The most that was ever allowed at a time.
    limit: u8,
    most_under_way: usize,
    ends: Vec<Command>,
}

impl World {
    fn new(seed: u64) -> Self {
        let mut random = Random(seed);
        let mut chance = |of_hundred: u64| random.below(99) < of_hundred;
        let integrity = if chance(50) { Integrity::Signed } else { Integrity::Compared };
        let nature = Nature {
            integrity,
            etags_are_sums: chance(70),
            etags_exposed: chance(90),
            lists_checksums: chance(60),
            head_tells_checksum: chance(70),
            complete_is_idempotent: chance(50),
            can_list: chance(90),
            can_read_back: chance(90),
            can_abort: chance(90),
            hides_parts: chance(10),
            faults: match random.below(3) {
                0 => 0,
                1 => 50,
                2 => 150,
                _ => 400,
            },
        };
        let size = if random.below(9) == 0 {
            random.below(16 * MIB)
        } else {
            16 * MIB + 1 + random.below(400 * MIB)
        };
        let plan = PartPlan::for_file(size).unwrap();
        let with_ticket = integrity == Integrity::Compared && !plan.is_single();
        let settings = Settings {
            bucket: "b".into(),
            key: "k".into(),
            region: "eu-west-1".into(),
            file: FileIdentity { name: "f".into(), size, modified: 0, offset: 0, sample: None },
            plan,
            integrity,
            upload_id: with_ticket.then(|| "id".to_owned()),
            can_list: nature.can_list,
            can_abort: nature.can_abort,
            can_read_back: nature.can_read_back,
            parallel: 1 + u8::try_from(random.below(5)).unwrap(),
            speed_limit: (random.below(9) == 0).then_some(2_000_000),
            stall_after: 60_000,
            seed,
        };
        let service = Service {
            nature,
            plan,
            upload: with_ticket.then(BTreeMap::new),
            hidden: BTreeSet::new(),
            has_checksums: false,
            object: None,
            authorised: true,
            skew: if random.below(19) == 0 { 4000 } else { 0 },
        };
        let mut world = Self {
            engine: Engine::new(settings.clone()),
            random,
            service,
            settings,
            agenda: BTreeMap::new(),
            order: 0,
            alarm: None,
            now: 1_800_000_000_000,
            in_flight: BTreeMap::new(),
            known: BTreeSet::new(),
            kept: None,
            generation: 0,
            changed: false,
            flipped: false,
            crashes_left: 2,
            resumes_left: 3,
            requests: 0,
            limit: 0,
            most_under_way: 0,
            ends: Vec::new(),
        };
        world.limit = world.settings.parallel;
        world.plan_incidents();
        world.after(0, Event::Start);
        world
    }

    fn after(&mut self, wait: Millis, event: Event) {
        self.happen(wait, Happening::Event(event));
    }

    fn happen(&mut self, wait: Millis, happening: Happening) {
        self.order += 1;
        self.agenda.insert((self.now + wait, self.order), happening);
    }

    fn chance(&mut self, of_thousand: u64) -> bool {
        self.random.below(999) < of_thousand
    }

    /// What the person and the machine do meanwhile.
    fn plan_incidents(&mut self) {
        if self.service.nature.faults == 0 {
            return;
        }
        for (of_thousand, event) in [
            (150, Event::Pause),
            (150, Event::Offline),
            (50, Event::Cancel),
            (100, Event::SetParallel(3)),
            (50, Event::SetSpeedLimit(Some(5_000_000))),
        ] {
            if self.chance(of_thousand) {
                let wait = self.random.below(120_000);
                if event == Event::Offline {
                    let later = self.random.below(600_000);
                    self.after(wait + later, Event::Online);
                }
                self.after(wait, event);
            }
        }
    }

    fn run(mut self) -> Self {
        let (begin, mut steps) = (self.now, 0_u32);
        while self.ends.is_empty() {
            let Some(((moment, _), happening)) = self.agenda.pop_first() else {
                panic!("nothing will happen any more: {:?}", self.engine)
            };
            self.now = moment;
            let event = match happening {
                Happening::Event(event) => event,
                Happening::Arrival(arrival) => {
                    let answer = self.arrive(&arrival);
                    if arrival.fault != BROKEN_OFF {
                        self.after(0, answer);
                    }
                    continue;
                }
            };
            if event == Event::Tick {
                self.alarm = None;
            }
            steps += 1;
            assert!(
                steps < 100_000 && self.now - begin < LONGEST,
                "it goes on and on: {:?}",
                self.engine.view()
            );
            self.note_answer(&event);
            if let Event::SetParallel(most) = event {
                self.limit = self.limit.max(most);
            }
            let commands = self.engine.handle(event, self.now);
            for command in commands {
                self.obey(command);
            }
            if steps.is_multiple_of(8) {
                self.check();
            }
            self.crash_perhaps();
        }
        self
    }

    fn note_answer(&mut self, event: &Event) {
        if let Event::Answered { response, .. } = event
            && self.service.nature.hides_parts
            && response.body.contains("InvalidPart")
        {
            // Which it does not have, nobody can know.
            self.known.clear();
        }
        match event {
            Event::Answered { id, response } => {
                if let Some(Request::Part { number, .. }) = self.in_flight.remove(id)
                    && response.is_success()
                    && self.stored(number).is_some_and(|stored| stored == sums(number, 0))
                {
                    self.known.insert(number);
                }
            }
            Event::Unanswered { id, .. } => drop(self.in_flight.remove(id)),
            _ => {}
        }
    }

    fn stored(&self, number: u16) -> Option<Digests> {
        self.service.upload.as_ref()?.get(&number).map(|stored| stored.digests)
    }

    fn check(&mut self) {
        let parts = self.in_flight.values().filter(|request| request.slice().is_some()).count();
        self.most_under_way = self.most_under_way.max(parts);
        let view = self.engine.view();
        assert!(view.bytes_done <= view.bytes_total);
        let count: u16 = view.strip.iter().map(|run| run.count).sum();
        assert_eq!(count, self.settings.plan.count());
    }

    fn obey(&mut self, command: Command) {
        match command {
            Command::Send { id, request, signed_at } => self.send(id, request, signed_at),
            Command::Abandon(id) => {
                assert!(self.in_flight.remove(&id).is_some(), "what is broken off was under way");
                // What has been sent whole may still be taken, and an answer may be on its way already.
                let is_too_late = self.chance(200);
                let beginning = self.agenda.iter().find_map(|(at, happening)| match happening {
                    Happening::Arrival(arrival)
                        if arrival.id == id && arrival.fault != BROKEN_OFF && !is_too_late =>
                    {
                        Some((*at, arrival.clone()))
                    }
                    _ => None,
                });
                if let Some(((moment, _), beginning)) = beginning {
                    self.come_to_later(moment - self.now, *beginning);
                }
                self.agenda.retain(|_, happening| match happening {
                    Happening::Event(Event::Answered { id: of, .. } | Event::Unanswered { id: of, .. }) => {
                        *of != id || is_too_late
                    }
                    Happening::Event(Event::Progress { id: of, .. }) => *of != id,
                    Happening::Arrival(arrival) => {
                        arrival.id != id
                            || arrival.fault == BROKEN_OFF
                            || is_too_late && !matches!(arrival.request, Request::Put { .. })
                    }
                    Happening::Event(_) => true,
                });
            }
            Command::Hash { part, range, with_md5 } => {
                assert_eq!(range, self.settings.plan.range(part));
                let digests = sums(part, self.generation);
                let digests = Digests { md5: digests.md5.filter(|_| with_md5), ..digests };
                let wait = self.random.below(3000);
                self.after(wait, Event::Hashed { part, digests });
            }
            Command::CheckFile => {
                let event = if self.changed { Event::FileChanged } else { Event::FileIntact };
                self.after(5, event);
            }
            Command::Wake(at) => {
                assert!(at > self.now, "an alarm is for later");
                if let Some(alarm) = self.alarm.take() {
                    self.agenda.remove(&alarm);
                }
                self.after(at - self.now, Event::Tick);
                self.alarm = Some((at, self.order));
            }
            Command::Persist(record) => self.kept = Some(record.to_json()),
            Command::Forget => self.kept = None,
            Command::Held(hold) => self.mend(&hold),
            Command::Finished(_) | Command::Stopped(_) => self.ends.push(command),
        }
    }

    /// A part that was broken off is come to by a service that is busy, which keeps its beginning.
    fn come_to_later(&mut self, wait: Millis, arrival: Arrival) {
        let is_part = matches!(arrival.request, Request::Part { .. });
        if self.service.nature.hides_parts && is_part && self.chance(500) {
            let late = self.random.below(30_000);
            self.happen(wait + late, Happening::Arrival(Box::new(Arrival { fault: BROKEN_OFF, ..arrival })));
        }
    }

    /// What a person does about an upload that waits.
    fn mend(&mut self, hold: &Hold) {
        let wait = 1000 + self.random.below(600_000);
        match hold {
            Hold::Paused => return self.after(wait, Event::Resume),
            Hold::Authorisation => self.service.authorised = true,
            Hold::Clock => self.service.skew = 0,
            _ => {}
        }
        if self.resumes_left == 0 {
            return self.after(wait, Event::Cancel);
        }
        self.resumes_left -= 1;
        self.after(wait, Event::Resume);
    }

    fn send(&mut self, id: RequestId, request: Request, signed_at: i64) {
        self.requests += 1;
        let number = match &request {
            Request::Part { number, .. } => Some(*number),
            Request::Put { .. } => Some(1),
            _ => None,
        };
        if let (Some(number), false) = (number, self.settings.plan.is_single()) {
            assert!(!self.known.contains(&number), "part {number} has arrived, and is sent again");
        }
        let under_way = self.in_flight.values().filter(|request| request.slice().is_some()).count();
        assert!(number.is_none() || under_way < usize::from(self.limit), "too many at a time");
        let previous = self.in_flight.insert(id, request.clone());
        assert!(previous.is_none(), "every request has its own id");
        let time = 200 + self.random.below(8000);
        if number.is_some() && self.changed {
            return self.after(1, Event::FileChanged);
        }
        if let Some(range) = request.slice() {
            let sent = (range.end - range.start) / 2;
            self.after(time / 2, Event::Progress { id, sent });
        }
        let faults = self.service.nature.faults;
        let fault = if self.chance(faults) { 1 + self.random.below(12) } else { 0 };
        let content = number.map(|number| sums(number, self.generation));
        // A fault of the fourth kind: nothing ever comes.
        if fault != 4 {
            self.happen(
                time,
                Happening::Arrival(Box::new(Arrival { id, request, signed_at, content, fault })),
            );
        }
    }

    /// What comes back of a request, or does not.
    fn arrive(&mut self, arrival: &Arrival) -> Event {
        let Arrival { id, request, signed_at, content, fault } = arrival;
        let id = *id;
        let now = self.now;
        let lost = |file_intact| Event::Unanswered { id, file_intact, blocked_by_policy: false };
        let answered = |response| Event::Answered { id, response };
        let number = match request {
            Request::Part { number, .. } => Some(*number),
            Request::Put { .. } => Some(1),
            _ => None,
        };
        let is_complete = matches!(request, Request::Complete { .. });
        match fault {
            1 => return answered(Service::error(500, "InternalError")),
            2 => {
                let retry_after = now.is_multiple_of(2).then_some(5000);
                return answered(Response { retry_after, ..Service::error(503, "SlowDown") });
            }
            3 => return lost(true),
            // It is done, and the answer is lost.
            5 => {
                self.service.answer(request, *content, *signed_at, now);
                return lost(true);
            }
            6 => {
                // A bit flips on the way, where this world could ever show it: with the signature, or once where another
                // part shows what ETags are, or the list has checksums.
                let nature = &self.service.nature;
                let is_signed = match request {
                    Request::Part { checksum, .. } | Request::Put { checksum, .. } => checksum.is_some(),
                    _ => false,
                };
                let visible = is_signed
                    || !self.flipped
                        && self.settings.plan.count() > 1
                        && (nature.etags_are_sums && nature.etags_exposed
                            || nature.lists_checksums && nature.can_list);
                let content = number.filter(|_| visible).map(|number| sums(number, 77)).or(*content);
                self.flipped |= number.is_some() && visible;
                return answered(self.service.answer(request, content, *signed_at, now));
            }
            7 => self.service.authorised = false,
            8 if is_complete => {
                let body = "\n\n<Error><Code>InternalError</Code></Error>".to_owned();
                return answered(Response { status: 200, body, ..Response::default() });
            }
            9 if is_complete => {
                self.service.answer(request, *content, *signed_at, now);
                return answered(Response { status: 200, body: "  \n".into(), ..Response::default() });
            }
            10 if self.chance(50) => self.service.upload = None,
            11 if number.is_some() && self.chance(50) => {
                self.changed = true;
                self.generation = 1;
                return lost(false);
            }
            12 if self.chance(100) => return answered(Service::error(403, "AccessDenied")),
            &BROKEN_OFF => {
                self.service.hidden.extend(number);
                return lost(true);
            }
            _ => {}
        }
        answered(self.service.answer(request, *content, *signed_at, now))
    }

    /// The tab is closed, and the upload taken up from what was kept.
    fn crash_perhaps(&mut self) {
        if self.crashes_left == 0
            || self.service.nature.faults == 0
            || !self.chance(5)
            || !self.ends.is_empty()
        {
            return;
        }
        let Some(record) =
            self.kept.as_deref().map(|json| Record::read(json).expect("what was kept is read"))
        else {
            return;
        };
        if self.changed {
            return;
        }
        self.crashes_left -= 1;
        // What has been sent whole may yet be taken.
        for happening in std::mem::take(&mut self.agenda).into_values() {
            if let Happening::Arrival(arrival) = happening {
                if self.chance(500) {
                    self.arrive(&arrival);
                } else {
                    // Behind the next page's first requests.
                    self.come_to_later(30_000, *arrival);
                }
            }
        }
        if self.changed {
            return self.after(1, Event::FileChanged);
        }
        self.alarm = None;
        self.in_flight.clear();
        // What signs now may be another than what the upload was begun by: credentials for a ticket, or the reverse.
        if self.chance(300) {
            self.settings.integrity = match self.settings.integrity {
                Integrity::Signed => Integrity::Compared,
                Integrity::Compared => Integrity::Signed,
            };
        }
        self.engine = Engine::resume(self.settings.clone(), &record);
        // What was kept must be believed; what was not may be compared, or sent again where nothing can be compared.
        let kept: BTreeSet<u16> = record.done.iter().map(|part| part.number).collect();
        let right = |number: &u16| self.stored(*number) == Some(sums(*number, 0));
        self.known = kept.into_iter().filter(right).collect();
        self.after(30_000, Event::Start);
    }
}

#[derive(Debug, Default)]
struct Tally {
    finished: u32,
    stopped: BTreeMap<String, u32>,
    requests: u64,
    retries: u64,
    full: u32,
}

fn judge(world: &World, tally: &mut Tally) {
    let [end] = world.ends.as_slice() else { panic!("it ends once: {:?}", world.ends) };
    tally.requests += world.requests;
    tally.full += u32::from(world.most_under_way == usize::from(world.limit));
    let is_right = |object: &BTreeMap<u16, Stored>| {
        world
            .settings
            .plan
            .numbers()
            .all(|number| object.get(&number).is_some_and(|part| part.digests == sums(number, 0)))
    };
    match end {
        Command::Finished(receipt) => {
            let object = world.service.object.as_ref().expect("there is an object");
            assert!(is_right(object), "the object is not the file: {:?} {receipt:?}", world.service.nature);
            assert_eq!(receipt.crc64nvme, world.service.checksum(object));
            check_claims(world, receipt);
            tally.finished += 1;
            tally.retries += u64::from(receipt.retries);
        }
        Command::Stopped(stop) => {
            let is_there = world.service.object.is_some();
            let is_said = matches!(stop.left, Left::Object | Left::PartsOrObject { .. });
            assert!(!is_there || is_said, "an object is left and nobody says so: {stop:?}");
            let parts = world.service.upload.as_ref().is_some_and(|parts| !parts.is_empty());
            assert!(
                !parts || matches!(stop.left, Left::Parts { .. } | Left::PartsOrObject { .. } | Left::Object),
                "parts are left: {stop:?}"
            );
            let faultless = world.service.nature.faults == 0;
            // Where nothing goes wrong there is one reason to stop: no ETags, no list, no way to complete.
            assert!(!faultless || stop.reason == StopReason::Cancelled && !world.settings.can_list);
            *tally.stopped.entry(format!("{:?}", stop.reason)).or_default() += 1;
        }
        other => panic!("this is no end: {other:?}"),
    }
}

/// The receipt says no more than what could be known.
fn check_claims(world: &World, receipt: &Receipt) {
    let nature = &world.service.nature;
    match receipt.checks.whole {
        WholeCheck::Checksum => assert!(nature.head_tells_checksum),
        WholeCheck::Etag => assert!(nature.etags_exposed || nature.can_list),
        WholeCheck::SignedChecksum => assert_eq!(nature.integrity, Integrity::Signed),
        WholeCheck::Size => assert!(nature.can_read_back),
        WholeCheck::NotReadBack => {}
    }
    if receipt.checks.parts == PartsCheck::Compared {
        // Or sent with their checksums signed, before the upload was continued without.
        assert!(nature.etags_are_sums || nature.lists_checksums || nature.integrity == Integrity::Signed);
    }
    if receipt.checks.parts == PartsCheck::SignedChecksum {
        assert_eq!(nature.integrity, Integrity::Signed);
    }
}

#[test]
fn ten_thousand_uploads_with_faults_end_whole_or_refused() {
    let threads = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let tallies: Vec<Tally> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads as u64)
            .map(|first| {
                scope.spawn(move || {
                    let mut tally = Tally::default();
                    for seed in (first..UPLOADS).step_by(threads) {
                        let run = || judge(&World::new(seed).run(), &mut tally);
                        if let Err(panic) = std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)) {
                            eprintln!("this was upload {seed}");
                            std::panic::resume_unwind(panic);
                        }
                    }
                    tally
                })
            })
            .collect();
        workers.into_iter().map(|worker| worker.join().expect("no upload went wrong")).collect()
    });
    let finished: u32 = tallies.iter().map(|tally| tally.finished).sum();
    let retries: u64 = tallies.iter().map(|tally| tally.retries).sum();
    println!("{tallies:?}");
    // The simulation itself must not be so hostile, or so kind, that it shows nothing.
    assert!(u64::from(finished) > UPLOADS * 7 / 10, "{finished} finished");
    assert!(retries > UPLOADS, "{retries} retries");
}
