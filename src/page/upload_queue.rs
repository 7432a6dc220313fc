//! Uploads one after another.

use super::blocks::blocks;
use super::context::{Page, Shared};
use super::icon::{Shape, icon};
use super::uploading::{Order, UseUpload, is_open};
use crate::present::upload::{Destination, Phase, Sent};
use crate::text::fill;
use crate::text::page::PageTexts;
use crate::upload::queue::{Item, Queue, Standing};
use yew::prelude::*;

/// The queue, and the ways to change it.
#[derive(Clone, PartialEq)]
pub(super) struct UseQueue {
    queue: UseStateHandle<Queue<Order>>,
    /// What became of the uploads before the present one: their names and receipts.
    past: UseStateHandle<Vec<(String, Shared<Sent>)>>,
    /// Whether credentials are at hand for those that were ordered by some.
    has_credentials: bool,
}

impl UseQueue {
    /// Adds uploads at the end. They begin by themselves, each when the one before has ended.
    pub(super) fn add(&self, orders: impl IntoIterator<Item = Order>) {
        let mut queue = (*self.queue).clone();
        orders.into_iter().for_each(|order| queue.add(order));
        self.queue.set(queue);
    }

    fn remove(&self, number: u32) {
        let mut queue = (*self.queue).clone();
        queue.remove(number);
        self.queue.set(queue);
    }

    fn text_of(&self, texts: &PageTexts, item: &Item<Order>) -> &'static str {
        let lacks_key = item.what.errand.pasted.is_empty() && !self.has_credentials;
        match item.standing {
            Standing::Waiting if lacks_key => texts.queue_needs_key,
            other => standing(texts, other).1,
        }
    }

    /// Whether something in it is for this bucket and key.
    pub(super) fn has(&self, place: &Destination) -> bool {
        let items = self.queue.items().iter();
        let wanted = items.filter(|item| !matches!(item.standing, Standing::Failed | Standing::Cancelled));
        wanted.map(|item| &item.what).any(|order| order.is_for(place))
    }
}

/// Hands what waits to `upload`, one after another. What was ordered by credentials is sent by the `credentials` of that
/// moment, and waits while there are none.
#[hook]
pub(super) fn use_queue(upload: &UseUpload, credentials: Option<String>) -> UseQueue {
    let queue = use_state_eq(Queue::default);
    let past = use_state_eq(Vec::new);
    let own = UseQueue { queue, past, has_credentials: credentials.is_some() };
    let (upload, next) = (upload.clone(), own.clone());
    use_effect_with(
        (upload.phase(), (*own.queue).clone(), credentials),
        move |(phase, queue, credentials)| {
            if is_open(*phase) {
                return;
            }
            let mut queue = queue.clone();
            if queue.is_at_work() {
                queue.ended(match phase {
                    Phase::Done => Standing::Done,
                    Phase::Cancelled => Standing::Cancelled,
                    _ => Standing::Failed,
                });
                // What has ended needs no key to the bucket any more.
                queue.ended_mut().for_each(|order| order.errand.pasted.clear());
            }
            let can_begin = |order: &Order| !order.errand.pasted.is_empty() || credentials.is_some();
            let next_order = queue.begin_next_if(can_begin).map(|item| {
                let mut order = item.what.clone();
                order.errand.number = item.number;
                if let (true, Some(credentials)) = (order.errand.pasted.is_empty(), credentials) {
                    order.errand.pasted.clone_from(credentials);
                }
                order
            });
            if let Some(order) = next_order {
                if let (Some(current), Some(sent)) = (&upload.current, &upload.sent) {
                    let mut past = (*next.past).clone();
                    past.push((current.errand.name.clone(), sent.clone()));
                    next.past.set(past);
                }
                // Before the queue is shown anew, or it would show an upload at work while none is open.
                upload.send.emit(order);
            }
            next.queue.set(queue);
        },
    );
    own
}

/// The list, where there is one.
pub(super) fn queue_list(page: &Page, own: &UseQueue) -> Html {
    html! {
        <div class="contents">
            if !own.queue.items().is_empty() {
                <h3 id="queue-title">{ page.texts.queue_title }</h3>
                <ol id="upload-queue" class="uploads" aria-labelledby="queue-title">
                    for item in own.queue.items().iter() {
                        <li key={item.number} class="row" data-standing={standing(page.texts, item.standing).0}>
                            <span><bdi>{ &item.what.errand.name }</bdi>{ ": " }{ own.text_of(page.texts, item) }</span>
                            <span class="small soft"><bdi>{ &item.what.errand.destination.bucket }{ "/" }{ &item.what.errand.destination.key }</bdi></span>
                            if item.standing != Standing::Sending {
                                { remove_button(page, own, item.number, &item.what.errand.name) }
                            }
                        </li>
                    }
                </ol>
                for (index, (name, sent)) in own.past.iter().enumerate() {
                    <details key={index}>
                        <summary><bdi>{ name }</bdi></summary>
                        { blocks(page, &sent.blocks) }
                    </details>
                }
            }
        </div>
    }
}

fn remove_button(page: &Page, own: &UseQueue, number: u32, name: &str) -> Html {
    let own = own.clone();
    let remove = Callback::from(move |_: MouseEvent| own.remove(number));
    html! {
        <button type="button" class="button quiet" onclick={remove} aria-label={fill(page.texts.queue_remove, &[("name", name)])}>
            { icon(Shape::Cross) }
        </button>
    }
}

fn standing(texts: &PageTexts, standing: Standing) -> (&'static str, &'static str) {
    match standing {
        Standing::Waiting => ("waiting", texts.queue_waiting),
        Standing::Sending => ("sending", texts.queue_sending),
        Standing::Done => ("done", texts.queue_done),
        Standing::Failed => ("failed", texts.queue_failed),
        Standing::Cancelled => ("cancelled", texts.queue_cancelled),
    }
}
