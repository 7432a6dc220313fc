//! The worker's end of an upload: does what the engine says, and tells how the upload stands.
//!
//! It is the only program that may reach S3. What was pasted, which is a key to the bucket, lives in memory alone,
//! and ends with it.

use super::executor::{About, Executor, Refusal, tell_kept};
use super::file::size_of;
use super::keeping::Keeper;
use super::serving::{listen_with_handle, tell};
use super::{hashing, kept};
use crate::present::upload::{destination_of, discarded};
use crate::present::{Ask, Discard, Errand, Steer, Told};
use crate::text::language::Language;
use crate::text::upload::UploadTexts;
use crate::upload::engine::{Engine, Event, Settings};
use crate::upload::means::{MeansError, source};
use crate::upload::resume::{FileIdentity, Record};
use crate::upload::source::Source;
use gloo::events::EventListener;
use js_sys::Reflect;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, WorkerGlobalScope};

/// What the worker does.
#[derive(Default)]
struct Service {
    /// The upload at hand.
    executor: RefCell<Option<Executor>>,
    /// What happened while it was being prepared; `None` when none is.
    early: RefCell<Option<Vec<Event>>>,
    /// The upload that was given up last, where nothing of it could be removed.
    discarded: RefCell<Option<Record>>,
    /// The language of the last question.
    language: Cell<Language>,
}

impl Service {
    fn texts(&self) -> &'static UploadTexts {
        UploadTexts::of(self.language.get())
    }
}

type Current = Rc<Service>;

/// Sends files for as long as the worker lives, one at a time.
pub fn serve() {
    let current = Current::default();
    let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
    for (name, event) in [("online", Event::Online), ("offline", Event::Offline)] {
        let current = Rc::clone(&current);
        EventListener::new(&scope, name, move |_| happen(&current, event.clone())).forget();
    }
    let policy = Rc::clone(&current);
    // The worker's own policy forbids a host with an event of its own; to the request it looks like the network.
    EventListener::new(&scope, "securitypolicyviolation", move |_| {
        if let Some(executor) = policy.executor.borrow().as_ref() {
            executor.note_violation();
        }
    })
    .forget();
    listen_with_handle(move |ask, files, language, handle| {
        current.language.set(language);
        match (ask, files.into_iter().next()) {
            (Ask::Send(errand), Some(file)) => send(&current, *errand, file, handle),
            (Ask::Steer(Steer::Pause), _) => happen(&current, Event::Pause),
            (Ask::Steer(Steer::Resume), _) => happen(&current, Event::Resume),
            (Ask::Steer(Steer::Cancel), _) => happen(&current, Event::Cancel),
            (Ask::Steer(Steer::Pace(pace)), _) => {
                happen(&current, Event::SetParallel(pace.most()));
                happen(&current, Event::SetSpeedLimit(pace.speed_limit));
            }
            (Ask::Kept, _) => spawn_local(tell_kept(language)),
            (Ask::Discard(discard), _) => spawn_local(give_up(Rc::clone(&current), *discard)),
            (Ask::SayAgain, _) => say_again(&current),
            _ => tell(&Told::Failed(current.texts().sends_files_only.into())),
        }
    });
}

fn happen(current: &Current, event: Event) {
    if let Some(early) = current.early.borrow_mut().as_mut() {
        early.push(event);
        return;
    }
    let executor = current.executor.borrow().clone();
    if let Some(executor) = executor {
        executor.happen(event);
    }
}

/// Begins, or goes on with an upload that waits for what was pasted now.
fn send(current: &Current, errand: Errand, file: Blob, handle: JsValue) {
    let now = now_in_seconds();
    let source = match source(&errand.pasted, size_of(&file), now, errand.destination.place(), &errand.route)
    {
        Ok(source) => source,
        Err(problem) => return refuse(current, problem),
    };
    let before = current.executor.borrow().clone();
    match before {
        Some(executor) if executor.holds_its_place() => {
            executor.authorise(source);
            return;
        }
        Some(executor) => executor.leave(),
        None => {}
    }
    current.early.replace(Some(Vec::new()));
    let current = Rc::clone(current);
    spawn_local(async move {
        let begun = begin(&current, errand, file, source, handle).await;
        let early = current.early.take().unwrap_or_default();
        match begun {
            Ok(executor) => {
                current.executor.replace(Some(executor.clone()));
                // No event tells of a network that was gone before this worker began.
                let offline = is_offline().then_some(Event::Offline);
                for event in offline.into_iter().chain([Event::Start]).chain(early) {
                    executor.happen(event);
                }
            }
            Err(reason) => tell(&Told::Failed(reason)),
        }
    });
}

/// Says why nothing is sent. An upload that waits does so still.
fn refuse(current: &Current, problem: MeansError) {
    let executor = current.executor.borrow().clone();
    match executor.filter(Executor::holds_its_place) {
        Some(executor) => executor.refuse(Refusal::Means(problem)),
        None => tell(&Told::Failed(current.texts().say(&problem.sentence()))),
    }
}

async fn begin(
    current: &Service,
    errand: Errand,
    file: Blob,
    source: Source,
    handle: JsValue,
) -> Result<Executor, String> {
    let sample = hashing::sample(&file).await;
    let sample = Some(sample.map_err(|_| current.texts().file_unreadable)?);
    let identity = FileIdentity {
        name: errand.name.clone(),
        size: size_of(&file),
        modified: errand.modified,
        offset: errand.offset,
        sample,
    };
    let mut records = kept::all().await.into_iter().filter_map(|kept| Record::read(&kept.record));
    let record =
        records.find(|record| record.file.difference(&identity).is_none() && source.continues(record));
    let settings = source.settings(identity, seed());
    let settings = settings.map_err(|problem| current.texts().say(&problem.sentence()))?;
    let Errand { name, destination, pace, number, .. } = errand;
    let settings = Settings { parallel: pace.most(), speed_limit: pace.speed_limit, ..settings };
    let engine = match &record {
        Some(record) => Engine::resume(settings, record),
        None => Engine::new(settings),
    };
    let about = About { name, sample, destination, number };
    let keeper = Keeper::new(handle, record.map(|record| record.id()));
    Ok(Executor::new(engine, source, file, about, keeper, current.language.get()))
}

/// Gives up an upload that was begun before: removes what has arrived, if what was pasted is for it, and forgets it.
async fn give_up(current: Current, discard: Discard) {
    let kept = kept::one(&discard.id).await;
    let Some(record) = kept.and_then(|kept| Record::read(&kept.record)) else {
        return tell_kept(current.language.get()).await;
    };
    let destination = destination_of(&record);
    let size = record.file.size;
    let source = source(&discard.pasted, size, now_in_seconds(), destination.place(), &discard.route);
    let source = source.ok().filter(|source| source.continues(&record));
    let settings = source.as_ref().and_then(|source| source.settings(record.file.clone(), seed()).ok());
    let (Some(source), Some(settings), Ok(nothing)) = (source, settings, Blob::new()) else {
        kept::forget(&discard.id).await;
        tell(&Told::Sent(discarded(current.texts(), &record)));
        current.discarded.replace(Some(record));
        return tell_kept(current.language.get()).await;
    };
    let engine = Engine::resume(settings, &record);
    let name = record.file.name.clone();
    let about = About { name, sample: None, destination, number: 0 };
    let keeper = Keeper::new(JsValue::UNDEFINED, Some(discard.id));
    let executor = Executor::new(engine, source, nothing, about, keeper, current.language.get());
    current.discarded.take();
    current.executor.replace(Some(executor.clone()));
    executor.happen(Event::Start);
    executor.happen(Event::Cancel);
}

/// Says in another language what was said last.
fn say_again(current: &Current) {
    if let Some(record) = current.discarded.borrow().as_ref() {
        tell(&Told::Sent(discarded(current.texts(), record)));
    } else if let Some(executor) = current.executor.borrow().as_ref() {
        executor.speak(current.language.get());
    }
}

fn is_offline() -> bool {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into());
    navigator
        .and_then(|navigator| Reflect::get(&navigator, &"onLine".into()))
        .is_ok_and(|is| is == JsValue::FALSE)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "any number will do")]
fn seed() -> u64 {
    (js_sys::Math::random() * 9_007_199_254_740_992.0) as u64
}

#[expect(clippy::cast_possible_truncation, reason = "a moment in this era")]
fn now_in_seconds() -> i64 {
    (js_sys::Date::now() / 1000.0) as i64
}
