//! Runs the engine of one upload: hands it what happens, and does what it says.

use super::hashing::{self, Unread};
use super::keeping::{Keeper, Keeping};
use super::kept::{self, Kept};
use super::locale::Intl;
use super::request::{Course as RequestCourse, Request};
use super::serving::{tell, tell_with};
use crate::present::Told;
use crate::present::upload::{Course, Destination, End, Phase, shown, unfinished};
use crate::text::language::Language;
use crate::text::upload::UploadTexts;
use crate::upload::checksum::Crc64;
use crate::upload::engine::{Command, Engine, Event, Millis, RequestId};
use crate::upload::exchange;
use crate::upload::means::{MeansError, Place};
use crate::upload::source::Source;
use gloo::timers::callback::{Interval, Timeout};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::ops::Range;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::Blob;

/// How often the page hears of progress at most, in milliseconds: each request says it 20 times a second, and each time
/// the page is drawn anew is taken from the sending.
const SAID_EVERY: Millis = 250;

/// The longest that a timer may wait, in milliseconds; beyond 2^31 it would go off at once.
const LONGEST_TIMER: Millis = 24 * 3600 * 1000;

/// How often the engine looks at the clock while it sends, in milliseconds: the rate falls although nothing happens.
const PULSE: u32 = 1000;

/// What an upload is about.
pub(super) struct About {
    /// The file's name.
    pub(super) name: String,
    /// The checksum of some of its bytes when the upload began.
    pub(super) sample: Option<Crc64>,
    /// Where it goes.
    pub(super) destination: Destination,
    /// Which of several it is.
    pub(super) number: u32,
}

/// Why an upload that waits does not go on by what was pasted.
pub(super) enum Refusal {
    /// That is for another upload.
    IsForAnother,
    /// Nothing can be uploaded by that.
    Means(MeansError),
}

impl Refusal {
    fn text(&self, texts: &UploadTexts) -> String {
        match self {
            Self::IsForAnother => texts.upload_other_waits.into(),
            Self::Means(error) => texts.say(&error.sentence()),
        }
    }
}

/// One upload and everything it has under way. A clone is the same upload.
#[derive(Clone)]
pub(super) struct Executor(Rc<Upload>);

struct Upload {
    engine: RefCell<Engine>,
    source: RefCell<Source>,
    file: Blob,
    about: About,
    requests: RefCell<BTreeMap<RequestId, Request>>,
    timer: RefCell<Option<Timeout>>,
    /// The stretches still to be read; one at a time, so that sending is not starved of the disk.
    to_read: RefCell<VecDeque<(u16, Range<u64>, bool)>>,
    is_reading: Cell<bool>,
    end: RefCell<Option<End>>,
    is_left: Cell<bool>,
    /// Why it does not go on by what the person pasted last.
    refusal: RefCell<Option<Refusal>>,
    language: Cell<Language>,
    violated: Cell<bool>,
    /// What the page was told last, and when.
    told: Cell<(Phase, Millis)>,
    /// Tells the page what came too soon after that.
    later: RefCell<Option<Timeout>>,
    pulse: RefCell<Option<Interval>>,
    keeper: Keeper,
}

impl Executor {
    pub(super) fn new(
        engine: Engine,
        source: Source,
        file: Blob,
        about: About,
        keeper: Keeper,
        language: Language,
    ) -> Self {
        Self(Rc::new(Upload {
            engine: RefCell::new(engine),
            source: RefCell::new(source),
            file,
            about,
            requests: RefCell::default(),
            timer: RefCell::default(),
            to_read: RefCell::default(),
            is_reading: Cell::new(false),
            end: RefCell::default(),
            is_left: Cell::new(false),
            refusal: RefCell::default(),
            language: Cell::new(language),
            violated: Cell::new(false),
            told: Cell::new((Phase::Idle, 0)),
            later: RefCell::default(),
            pulse: RefCell::default(),
            keeper,
        }))
    }

    /// Says how it stands in another language from now on.
    pub(super) fn speak(&self, language: Language) {
        if self.0.language.replace(language) != language && !self.0.is_left.get() {
            self.0.told.set((self.0.told.get().0, 0));
            self.show(now(), true);
        }
    }

    /// Notes that the worker's policy has forbidden something: all requests of an upload go to one host.
    pub(super) fn note_violation(&self) {
        self.0.violated.set(true);
    }

    /// Whether no other upload may take its place: it has not ended, and something of it is in the bucket.
    pub(super) fn holds_its_place(&self) -> bool {
        let engine = self.0.engine.borrow();
        !engine.has_ended() && engine.upload_id().is_some()
    }

    /// Says why it does not go on by what was pasted now.
    pub(super) fn refuse(&self, refusal: Refusal) {
        self.0.refusal.replace(Some(refusal));
        self.show(now(), true);
    }

    /// Goes on by another source, if that is for the same upload.
    pub(super) fn authorise(&self, source: Source) {
        if self.is_for_this(&source) {
            self.0.engine.borrow_mut().sign_by(source.authority());
            self.0.source.replace(source);
            self.0.refusal.take();
            self.happen(Event::Resume);
        } else {
            self.refuse(Refusal::IsForAnother);
        }
    }

    fn is_for_this(&self, source: &Source) -> bool {
        let current = self.0.source.borrow();
        let Place { bucket, key, .. } = current.place();
        let engine = self.0.engine.borrow();
        let same_upload = match source {
            Source::Ticket(ticket) => ticket.upload_id.as_deref() == engine.upload_id(),
            Source::Signer(_) => true,
        };
        let place = source.place();
        same_upload && (place.bucket, place.key) == (bucket, key)
    }

    /// Leaves the upload as it is: nothing more is done or told of it.
    pub(super) fn leave(&self) {
        self.0.is_left.set(true);
        self.clear();
    }

    /// Hands the engine what has happened, and does what it says.
    pub(super) fn happen(&self, event: Event) {
        if self.0.is_left.get() {
            return;
        }
        if matches!(event, Event::Resume | Event::Cancel | Event::Online) {
            self.0.refusal.take();
        }
        if event == Event::Start {
            let own = self.clone();
            let pulse = Interval::new(PULSE, move || {
                if own.0.told.get().0 == Phase::Sending {
                    own.happen(Event::Tick);
                }
            });
            self.0.pulse.borrow_mut().replace(pulse);
        }
        let mut events = VecDeque::from([event]);
        while let Some(event) = events.pop_front() {
            let is_progress = matches!(event, Event::Progress { .. });
            let now = now();
            let commands = self.0.engine.borrow_mut().handle(event, now);
            for command in commands {
                events.extend(self.run(command));
            }
            self.show(now, !is_progress);
        }
    }

    /// Does what the engine says; gives what has happened at once.
    fn run(&self, command: Command) -> Option<Event> {
        let upload = &self.0;
        match command {
            Command::Send { id, request, signed_at } => return self.send(id, &request, signed_at),
            Command::Abandon(id) => {
                upload.requests.borrow_mut().remove(&id);
            }
            Command::Hash { part, range, with_md5 } => {
                upload.to_read.borrow_mut().push_back((part, range, with_md5));
                self.read_next();
            }
            Command::CheckFile => {
                let own = self.clone();
                spawn_local(async move {
                    // Not every browser refuses to read a file that has changed since it was chosen.
                    own.happen(match hashing::sample(&own.0.file).await {
                        Ok(sample) if Some(sample) == own.0.about.sample => Event::FileIntact,
                        Ok(_) | Err(Unread::Changed) => Event::FileChanged,
                        Err(Unread::Refused) => Event::FileUnreadable,
                    });
                });
            }
            Command::Wake(at) => {
                let own = self.clone();
                let wait = at.saturating_sub(now()).min(LONGEST_TIMER);
                let wait = u32::try_from(wait).unwrap_or(u32::MAX);
                let timer = Timeout::new(wait, move || own.happen(Event::Tick));
                upload.timer.borrow_mut().replace(timer);
            }
            Command::Persist(record) => self.keep(Keeping::Keep(record)),
            Command::Forget => {
                upload.keeper.want_list();
                self.keep(Keeping::Forget);
            }
            // The view tells of it; what is kept shows how to go on.
            Command::Held(_) => upload.keeper.want_list(),
            Command::Finished(receipt) => self.end(End::Finished(receipt)),
            Command::Stopped(stop) => self.end(End::Stopped(stop)),
        }
        None
    }

    fn end(&self, end: End) {
        self.0.end.borrow_mut().replace(end);
        self.clear();
    }

    fn clear(&self) {
        self.0.requests.borrow_mut().clear();
        self.0.later.borrow_mut().take();
        self.0.timer.borrow_mut().take();
        // Not dropped here: it may be what is going off.
        let pulse = self.0.pulse.borrow_mut().take();
        spawn_local(async move { drop(pulse) });
        self.0.to_read.borrow_mut().clear();
    }

    fn send(&self, id: RequestId, request: &exchange::Request, signed_at: i64) -> Option<Event> {
        let Some(http) = self.0.source.borrow().address(request, signed_at) else {
            return Some(Event::NoAddress { id });
        };
        let own = self.clone();
        let heard = move |course| own.heard(id, course);
        match Request::start(&http, &self.0.file, heard) {
            Ok(request) => {
                self.0.requests.borrow_mut().insert(id, request);
                None
            }
            Err(refusal) => Some(Event::NotSent { id, reason: said_of(&refusal) }),
        }
    }

    fn heard(&self, id: RequestId, course: RequestCourse) {
        match course {
            RequestCourse::Progress(sent) => self.happen(Event::Progress { id, sent }),
            RequestCourse::Answered(response) => {
                self.0.requests.borrow_mut().remove(&id);
                self.happen(Event::Answered { id, response });
            }
            RequestCourse::Unanswered => {
                self.0.requests.borrow_mut().remove(&id);
                // Whether the file is still what it was can only be told by reading it.
                let own = self.clone();
                spawn_local(async move {
                    let file_intact = hashing::becomes_readable(&own.0.file).await;
                    let blocked_by_policy = own.0.violated.get();
                    own.happen(Event::Unanswered { id, file_intact, blocked_by_policy });
                });
            }
        }
    }

    fn keep(&self, keeping: Keeping) {
        if !self.0.keeper.put(keeping) {
            return;
        }
        let own = self.clone();
        spawn_local(async move {
            own.0.keeper.write(async || tell_kept(own.0.language.get()).await).await;
            own.show(now(), true);
        });
    }

    /// Reads the next stretch, unless one is being read.
    fn read_next(&self) {
        if self.0.is_reading.replace(true) {
            return;
        }
        let own = self.clone();
        spawn_local(async move {
            loop {
                let Some((part, range, with_md5)) = own.0.to_read.borrow_mut().pop_front() else { break };
                own.happen(match hashing::digests(&own.0.file, range, with_md5).await {
                    Ok(digests) => Event::Hashed { part, digests },
                    Err(Unread::Changed) => Event::FileChanged,
                    Err(Unread::Refused) => {
                        // What else was to be read cannot be read either.
                        own.0.to_read.borrow_mut().clear();
                        Event::FileUnreadable
                    }
                });
            }
            own.0.is_reading.set(false);
        });
    }

    /// Tells the page how it stands: at once when something but progress has happened that it shows.
    fn show(&self, now: Millis, is_news: bool) {
        let upload = &self.0;
        let (told_phase, told_at) = upload.told.get();
        // A clock that was set back does not hold up what there is to say.
        let is_due = now >= told_at.saturating_add(SAID_EVERY) || now < told_at;
        if upload.is_left.get() || !is_due && !is_news {
            return;
        }
        let end = upload.end.borrow();
        // The page may end this worker as soon as it hears of the end: what is kept is to be right by then.
        if end.is_some() && upload.keeper.is_busy() {
            return;
        }
        let view = upload.engine.borrow().view();
        let language = upload.language.get();
        let texts = UploadTexts::of(language);
        let refusal = upload.refusal.borrow();
        let refusal = refusal.as_ref().filter(|_| end.is_none()).map(|refusal| refusal.text(texts));
        let refusal = refusal.unwrap_or_default();
        let course = Course {
            view,
            end: end.as_ref(),
            name: &upload.about.name,
            destination: &upload.about.destination,
            number: upload.about.number,
            is_placed: upload.engine.borrow().upload_id().is_some(),
            notice: &refusal,
            now,
        };
        let sent = shown(texts, &Intl(language), &course);
        if is_due || sent.phase != told_phase {
            upload.told.set((sent.phase, now));
            upload.later.borrow_mut().take();
            tell(&Told::Sent(sent));
        } else if upload.later.borrow().is_none() {
            let own = self.clone();
            let wait = u32::try_from(SAID_EVERY).unwrap_or(u32::MAX);
            let timer = Timeout::new(wait, move || {
                // Forgotten rather than cleared: it has gone off.
                own.0.later.borrow_mut().take().map(Timeout::forget);
                own.show(self::now(), true);
            });
            upload.later.borrow_mut().replace(timer);
        }
    }
}

/// Tells the page which uploads have not ended, with the handles of their files.
pub(super) async fn tell_kept(language: Language) {
    let texts = UploadTexts::of(language);
    let mut list = Vec::new();
    let mut handles = Vec::new();
    for Kept { record, handle, .. } in kept::all().await {
        if let Some(own) = unfinished(texts, &Intl(language), record, handle.is_object()) {
            list.push(own);
            handles.push(handle);
        }
    }
    if list.is_empty() {
        kept::remove().await;
    }
    tell_with(&Told::Kept(list), &handles);
}

/// What the browser says of an exception.
fn said_of(exception: &JsValue) -> String {
    String::from(js_sys::Object::from(exception.clone()).to_string())
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a moment in this era")]
fn now() -> Millis {
    js_sys::Date::now() as Millis
}
