//! The uploads that were begun before and have not ended: gone on with by one press, or discarded.

use super::blocks::blocks;
use super::context::{Page, Shared};
use super::drop_target::Dropped;
use super::uploading::is_open;
use crate::browser::uploader::Uploader;
use crate::browser::{handle, kept};
use crate::present::block::{Block, Tone};
use crate::present::upload::{Phase, Sent, Unfinished};
use crate::present::{Discard, Told};
use crate::text::language::Language;
use crate::upload::settings::Route;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// What is known of them.
#[derive(Clone, PartialEq)]
pub(super) struct UseUnfinished {
    list: Shared<Vec<Unfinished>>,
    handles: Shared<Vec<JsValue>>,
    /// The stretches that are being uploaded now: what was begun of them is not offered here meanwhile.
    busy: UseStateHandle<Vec<String>>,
    /// Which one the person is asked about.
    asked: UseStateHandle<String>,
    /// Which file could not be read again.
    lost: UseStateHandle<String>,
    /// What has become of the one that was discarded last.
    discarded: Option<Shared<Sent>>,
    discard: Callback<Discard>,
    /// Hears what a worker says of them.
    pub(super) heard: Callback<(Vec<Unfinished>, Vec<JsValue>)>,
}

impl UseUnfinished {
    /// The records of what was begun of this stretch.
    pub(super) fn records(&self, stretch: &str) -> Vec<String> {
        self.list.iter().filter(|own| own.stretch == stretch).map(|own| own.record.clone()).collect()
    }

    /// Whether an upload of this stretch was begun.
    pub(super) fn knows(&self, stretch: &str) -> bool {
        self.list.iter().any(|own| own.stretch == stretch)
    }

    /// Notes that this stretch is being uploaded, or no more.
    pub(super) fn note_busy(&self, stretch: &str, is_busy: bool) {
        let mut busy = (*self.busy).clone();
        busy.retain(|own| own != stretch);
        if is_busy {
            busy.push(stretch.to_owned());
        }
        self.busy.set(busy);
    }
}

/// Asks for them once, if there may be any, and again in another language. Once what was pasted `is_forgotten`, the worker that
/// has removed the parts of one leaves nothing of it.
#[hook]
pub(super) fn use_unfinished(language: Language, is_forgotten: bool) -> UseUnfinished {
    let list = use_state_eq(|| Shared::new(Vec::new()));
    let handles = use_state_eq(|| Shared::new(Vec::new()));
    let discarded = use_state_eq(|| None);
    let worker = use_mut_ref(|| None::<Uploader>);
    let heard = {
        let (list, handles) = (list.setter(), handles.setter());
        use_callback((), move |(told, beside): (Vec<Unfinished>, Vec<JsValue>), ()| {
            list.set(Shared::new(told));
            handles.set(Shared::new(beside));
        })
    };
    let told = {
        let (heard, discarded) = (heard.clone(), discarded.setter());
        move |told, beside| match told {
            Told::Kept(list) => heard.emit((list, beside)),
            Told::Sent(sent) => discarded.set(Some(Shared::new(sent))),
            Told::Failed(reason) | Told::Stopped(reason) => discarded.set(Some(failed(reason))),
            _ => {}
        }
    };
    let refused = discarded.setter();
    {
        let (worker, told) = (Rc::clone(&worker), told.clone());
        use_effect_with((), move |()| {
            spawn_local(async move {
                if kept::may_exist().await
                    && let Ok(started) = Uploader::start(told)
                    && started.ask_for_kept().is_ok()
                {
                    worker.replace(Some(started));
                }
            });
        });
    }
    {
        let (worker, told) = (Rc::clone(&worker), told.clone());
        let is_shown = !list.is_empty() || discarded.is_some();
        use_effect_with(language, move |_| {
            let begun = is_shown.then(|| worker.take().or_else(|| Uploader::start(told).ok())).flatten();
            if let Some(begun) = begun
                && begun.say_again().and_then(|()| begun.ask_for_kept()).is_ok()
            {
                worker.replace(Some(begun));
            }
        });
    }
    {
        let worker = Rc::clone(&worker);
        let is_over = discarded.as_ref().is_some_and(|sent| !is_open(sent.phase));
        use_effect_with(is_forgotten && is_over, move |is_forgotten| {
            if *is_forgotten {
                drop(worker.take());
            }
        });
    }
    let discard = use_callback((), move |discard: Discard, ()| {
        let asked = worker.take().map_or_else(|| Uploader::start(told.clone()), Ok).and_then(|uploader| {
            uploader.discard(discard)?;
            Ok(uploader)
        });
        match asked {
            Ok(uploader) => {
                worker.replace(Some(uploader));
            }
            Err(reason) => refused.set(Some(failed(reason))),
        }
    });
    UseUnfinished {
        list: (*list).clone(),
        handles: (*handles).clone(),
        busy: use_state_eq(Vec::new),
        asked: use_state_eq(String::new),
        lost: use_state_eq(String::new),
        discarded: (*discarded).clone(),
        discard,
        heard,
    }
}

/// The list, where there is something to tell. `pasted` may be what removes the parts of one that is discarded.
pub(super) fn unfinished_card(
    page: &Page,
    own: &UseUnfinished,
    on_files: &Callback<Dropped>,
    pasted: &str,
) -> Html {
    let texts = page.texts;
    let route = page.target.as_ref().map(|target| target.route.clone()).unwrap_or_default();
    let shown = own.list.iter().zip(own.handles.iter());
    let shown: Vec<_> = shown.filter(|(item, _)| !own.busy.contains(&item.stretch)).collect();
    html! {
        <div class="contents">
            if !shown.is_empty() || own.discarded.is_some() {
                <section id="unfinished" class="card" aria-labelledby="unfinished-title">
                    <header><h2 id="unfinished-title">{ texts.unfinished_title }</h2></header>
                    <ul class="uploads">
                        for (item, handle) in shown.iter() {
                            <li key={item.id.clone()}>{ entry(page, own, item, handle, on_files, (pasted, &route)) }</li>
                        }
                    </ul>
                    <div role="status">
                        if let Some(sent) = &own.discarded {
                            { blocks(page, &sent.blocks) }
                        }
                    </div>
                </section>
            }
        </div>
    }
}

fn entry(
    page: &Page,
    own: &UseUnfinished,
    item: &Unfinished,
    handle: &JsValue,
    on_files: &Callback<Dropped>,
    (pasted, route): (&str, &Route),
) -> Html {
    let texts = page.texts;
    let go_on = {
        let (handle, on_files) = (handle.clone(), on_files.clone());
        let (lost, id) = (own.lost.setter(), item.id.clone());
        Callback::from(move |_: MouseEvent| {
            let (handle, on_files, lost, id) = (handle.clone(), on_files.clone(), lost.clone(), id.clone());
            spawn_local(async move {
                match handle::read_again(handle).await {
                    Some(file) => on_files.emit(Dropped::Files(vec![file])),
                    None => lost.set(id),
                }
            });
        })
    };
    let ask = |id: &str| {
        let (asked, id) = (own.asked.setter(), id.to_owned());
        Callback::from(move |_: MouseEvent| asked.set(id.clone()))
    };
    let discard = {
        let (discard, asked) = (own.discard.clone(), own.asked.setter());
        let (id, pasted, route) = (item.id.clone(), pasted.to_owned(), route.clone());
        Callback::from(move |_: MouseEvent| {
            asked.set(String::new());
            discard.emit(Discard { id: id.clone(), pasted: pasted.clone(), route: route.clone() });
        })
    };
    let is_asked = *own.asked == item.id;
    // One at a time: what becomes of it is told in one place.
    let is_busy =
        own.discarded.as_ref().is_some_and(|sent| matches!(sent.phase, Phase::Sending | Phase::Cancelling));
    html! {
        <>
            <p><bdi>{ &item.about }</bdi></p>
            if !item.has_handle {
                <p class="small soft">{ &item.go_on }</p>
            }
            if *own.lost == item.id {
                <p class="small" role="alert">{ texts.unfinished_lost }</p>
            }
            if is_asked {
                <p role="alert">{ &item.question }</p>
            }
            // The buttons stay where they are, and the focus with them.
            <div class="row">
                if item.has_handle && !is_asked {
                    <button type="button" class="button primary" onclick={go_on}>{ &item.go_on }</button>
                }
                <button key="discard" type="button" class="button" data-discard={if is_asked { "sure" } else { "ask" }} disabled={is_busy}
                    onclick={if is_asked { discard } else { ask(&item.id) }}>
                    { if is_asked { texts.unfinished_discard_now } else { texts.unfinished_discard } }
                </button>
                if is_asked {
                    <button type="button" class="button" onclick={ask("")}>{ texts.unfinished_keep }</button>
                }
            </div>
        </>
    }
}

fn failed(reason: String) -> Shared<Sent> {
    Shared::new(Sent::of(Phase::Failed, vec![Block::toned(Tone::Bad, reason)]))
}
