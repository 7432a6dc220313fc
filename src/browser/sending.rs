//! The worker's end of an upload: does what the engine says, and tells how the upload stands.
//!
//! It is the only program that may reach S3. What was pasted, which is a key to the bucket, lives in its memory alone,
//! and ends with it.

use super::executor::Executor;
use super::file::size_of;
use super::hashing;
use super::serving::{listen, tell};
use crate::present::{Ask, Errand, Steer, Told};
use crate::text::language::Language;
use crate::text::upload::UploadTexts;
use crate::upload::engine::{Engine, Event};
use crate::upload::means::source;
use crate::upload::resume::{FileIdentity, Record};
use crate::upload::source::Source;
use gloo::events::EventListener;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, WorkerGlobalScope};

/// What the worker does.
#[derive(Default)]
struct Service {
    /// The upload at hand.
    executor: RefCell<Option<Executor>>,
    /// What happened while it was being prepared; `None` when none is.
    early: RefCell<Option<Vec<Event>>>,
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
    listen(move |ask, files, language| match (ask, files.into_iter().next()) {
        (Ask::Send(errand), Some(file)) => send(&current, *errand, file, language),
        (Ask::Steer(steer), _) => happen(
            &current,
            match steer {
                Steer::Pause => Event::Pause,
                Steer::Resume => Event::Resume,
                Steer::Cancel => Event::Cancel,
            },
        ),
        (Ask::SayAgain, _) => {
            if let Some(executor) = current.executor.borrow().as_ref() {
                executor.speak(language);
            }
        }
        _ => tell(&Told::Failed(UploadTexts::of(language).sends_files_only.into())),
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
fn send(current: &Current, errand: Errand, file: Blob, language: Language) {
    let texts = UploadTexts::of(language);
    let now = now_in_seconds();
    let source = match source(&errand.pasted, size_of(&file), now, errand.destination.place()) {
        Ok(source) => source,
        Err(problem) => return tell(&Told::Failed(texts.say(&problem.sentence()))),
    };
    let before = current.executor.borrow().clone();
    match before {
        Some(executor) if !executor.has_ended() && !executor.can_be_replaced() => {
            executor.authorise(source);
            return;
        }
        Some(executor) => executor.leave(),
        None => {}
    }
    current.early.replace(Some(Vec::new()));
    let current = Rc::clone(current);
    spawn_local(async move {
        let begun = begin(errand, file, source, language).await;
        let early = current.early.take().unwrap_or_default();
        match begun {
            Ok(executor) => {
                current.executor.replace(Some(executor.clone()));
                for event in std::iter::once(Event::Start).chain(early) {
                    executor.happen(event);
                }
            }
            Err(reason) => tell(&Told::Failed(reason)),
        }
    });
}

async fn begin(errand: Errand, file: Blob, source: Source, language: Language) -> Result<Executor, String> {
    let texts = UploadTexts::of(language);
    let sample = hashing::sample(&file).await;
    let sample = sample.map_err(|_| texts.file_unreadable)?;
    let identity = FileIdentity {
        name: errand.name.clone(),
        size: size_of(&file),
        modified: errand.modified,
        sample: Some(sample),
    };
    let record = errand.record.as_deref().and_then(Record::read);
    let record =
        record.filter(|record| record.file.difference(&identity).is_none() && source.continues(record));
    let settings = source.settings(identity, seed()).map_err(|problem| texts.say(&problem.sentence()))?;
    let engine = match &record {
        Some(record) => Engine::resume(settings, record),
        None => Engine::new(settings),
    };
    Ok(Executor::new(engine, source, file, errand.name, errand.destination, language))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "any number will do")]
fn seed() -> u64 {
    (js_sys::Math::random() * 9_007_199_254_740_992.0) as u64
}

#[expect(clippy::cast_possible_truncation, reason = "a moment in this era")]
fn now_in_seconds() -> i64 {
    (js_sys::Date::now() / 1000.0) as i64
}
