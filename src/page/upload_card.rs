//! The last step: sending the image to S3.

use super::blocks::blocks;
use super::context::{Page, use_page};
use super::drop_target::Dropped;
use super::inspection::UseInspection;
use super::journey::has_upload;
use super::means_field::means_field;
use super::output_card::options;
use super::piece::{UsePiece, together};
use super::problems::control_id;
use super::unfinished::UseUnfinished;
use super::upload_queue::{UseQueue, queue_list, use_queue};
use super::uploading::{Order, UseUpload, is_open, use_upload};
use crate::browser::file::Piece;
use crate::present::upload::{Destination, Phase, Target};
use crate::present::{Errand, Steer};
use crate::text::fill;
use crate::text::page::PageTexts;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// What is to be uploaded.
    pub(super) piece: UsePiece,
    /// What was pasted: a key to the bucket, which lives in memory alone.
    pub(super) pasted: UseStateHandle<String>,
    /// What was begun before.
    pub(super) unfinished: UseUnfinished,
    /// The images, for the uploads of all of them.
    pub(super) inspection: UseInspection,
    /// How the upload stands, for the steps at the top.
    pub(super) phase: UseStateHandle<Phase>,
    /// Takes files that are chosen here and are no ticket.
    pub(super) on_files: Callback<Dropped>,
}

/// The card of the upload.
#[component]
pub(super) fn UploadCard(props: &Props) -> Html {
    let page = use_page();
    let target = page.target.as_deref();
    let upload = use_upload(
        page.texts.language,
        &props.unfinished,
        target.and_then(|target| target.pace),
        target.map(|target| target.notify),
        props.pasted.is_empty(),
    );
    use_effect_with((upload.phase(), props.phase.setter()), |(phase, setter)| setter.set(*phase));
    let credentials = target.filter(|target| target.is_for_any_object && !page.is_outdated);
    let queue = use_queue(&upload, credentials.map(|_| (*props.pasted).clone()));
    let is_sending = is_open(upload.phase()) && upload.phase() != Phase::Held;
    use_proposals(&page, &upload);
    html! {
        // Kept where it is while another call is filled in: it holds the upload.
        <section id="upload" class="card" aria-labelledby="upload-title" tabindex="-1" hidden={!has_upload(page.plan(), upload.phase())}>
            <header><h2 id="upload-title">{ page.texts.upload_title }</h2></header>
            if let Some(target) = target.filter(|target| !target.pieces.is_empty()) {
                { piece_field(&page, &props.piece, target) }
            }
            { means_field(&page, &props.pasted, target, &props.on_files) }
            if let Some(target) = target {
                // While bytes are sent, how far they are is nearer than how to begin.
                if !is_sending { { blocks(&page, &target.preparation) } }
                <div id="upload-target">{ blocks(&page, &target.blocks) }</div>
                <details id="upload-settings">
                    <summary>{ page.texts.upload_settings }</summary>
                    { options(&page, &target.settings) }
                </details>
                { buttons(&page, props, target, &upload) }
                { add_row(&page, props, target, &upload, &queue) }
                { all_row(&page, props, target, &upload, &queue) }
            }
            { outcome(&page, &upload) }
            <p class="visually-hidden" role="status">{ upload.sent.as_ref().map(|sent| sent.announcement.clone()).unwrap_or_default() }</p>
            { queue_list(&page, &queue) }
            if let Some(target) = target.filter(|_| is_sending) {
                { blocks(&page, &target.preparation) }
            }
        </section>
    }
}

/// Fills in what the finished upload suggests.
#[hook]
fn use_proposals(page: &Page, upload: &UseUpload) {
    let page = page.clone();
    use_effect_with(upload.sent.clone(), move |sent| {
        for proposal in sent.iter().flat_map(|sent| sent.proposals.iter()) {
            page.change(proposal.clone());
        }
    });
}

fn piece_field(page: &Page, piece: &UsePiece, target: &Target) -> Html {
    let id = control_id("UploadPiece");
    let choose = {
        let (page, chosen, pieces) = (page.clone(), piece.chosen.clone(), target.pieces.clone());
        Callback::from(move |event: Event| {
            let at = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
            let Ok(at) = u32::try_from(at) else { return };
            chosen.set(at);
            let changes = pieces.get(at as usize).map(|piece| piece.changes.clone());
            changes.into_iter().flatten().for_each(|change| page.change(change));
        })
    };
    html! {
        <div class="field">
            <label for={id.clone()}>{ page.texts.upload_piece }</label>
            <select {id} ~value={piece.chosen.to_string()} onchange={choose}>
                for (index, own) in target.pieces.iter().enumerate() {
                    <option key={index} value={index.to_string()} selected={index == *piece.chosen as usize}>{ &own.text }</option>
                }
            </select>
        </div>
    }
}

/// To send a piece by what was pasted to `destination`.
fn order_of(target: &Target, destination: Destination, pasted: &str, piece: Piece) -> Order {
    let errand = Errand {
        pasted: pasted.to_owned(),
        name: piece.name.clone(),
        modified: piece.modified,
        destination,
        offset: piece.offset,
        pace: target.pace.unwrap_or_default(),
        route: target.route.clone(),
        number: 0,
    };
    Order { errand, piece, form: target.destination.clone() }
}

/// The same for a later time. Credentials are the newest ones then, so that those of now are kept nowhere.
fn later(target: &Target, destination: Destination, pasted: &str, piece: Piece) -> Order {
    let pasted = if target.is_for_any_object { "" } else { pasted };
    order_of(target, destination, pasted, piece)
}

/// Whether something is on its way to the same bucket and key, waits to be, or has just arrived there.
fn is_taken(destination: &Destination, upload: &UseUpload, queue: &UseQueue) -> bool {
    let is_there = is_open(upload.phase()) || upload.phase() == Phase::Done;
    let current = upload.current.as_ref().filter(|_| is_there);
    queue.has(destination) || current.is_some_and(|current| current.is_for(destination))
}

/// While an upload is open: another file can be sent after it.
fn add_row(page: &Page, props: &Props, target: &Target, upload: &UseUpload, queue: &UseQueue) -> Html {
    let is_taken = |destination: &Destination| is_taken(destination, upload, queue);
    let mut destination = target.destination.clone();
    if is_taken(&destination) && !target.own_key.is_empty() {
        destination.key.clone_from(&target.own_key);
    }
    let is_taken = is_taken(&destination);
    let is_sent = |piece: &Piece| {
        upload.current.as_ref().is_some_and(|current| current.piece.stretch() == piece.stretch())
    };
    let may_add = target.obstacle.is_empty() && is_open(upload.phase());
    let piece = props.piece.piece.clone().filter(|piece| may_add && !is_sent(piece));
    let add = {
        let (queue, pasted) = (queue.clone(), props.pasted.clone());
        let order = piece.clone().map(|piece| later(target, destination, &pasted, piece));
        Callback::from(move |_: MouseEvent| queue.add(order.clone()))
    };
    html! {
        <div class="row">
            if piece.is_some() {
                <button id="upload-add" type="button" class="button" onclick={add} disabled={is_taken} aria-describedby="upload-taken">
                    { page.texts.queue_add }
                </button>
                <span id="upload-taken" class="small soft">if is_taken { { page.texts.queue_taken } }</span>
            }
        </div>
    }
}

/// Where a machine has several disks: all of them can be sent, one after another.
fn all_row(page: &Page, props: &Props, target: &Target, upload: &UseUpload, queue: &UseQueue) -> Html {
    let places = target.together.clone();
    let may_send = target.obstacle.is_empty()
        && places
            .iter()
            .map(|disk| &disk.destination)
            .all(|own| !own.bucket.is_empty() && !is_taken(own, upload, queue));
    let (places_count, count) = (places.len(), places.len().to_string());
    let add = {
        let (queue, pasted, inspection) = (queue.clone(), props.pasted.clone(), props.inspection.clone());
        let target = page.target.clone();
        Callback::from(move |_: MouseEvent| {
            let Some(target) = &target else { return };
            let pieces = together(&inspection);
            // What was written last may be of the images before.
            if !pieces.iter().map(|piece| &piece.name).eq(places.iter().map(|disk| &disk.name)) {
                return;
            }
            let orders = places.iter().zip(pieces);
            queue.add(orders.map(|(disk, piece)| later(target, disk.destination.clone(), &pasted, piece)));
        })
    };
    html! {
        <div class="row">
            if places_count > 1 {
                <button id="upload-all" type="button" class="button" onclick={add} disabled={!may_send}>
                    { fill(page.texts.queue_all, &[("count", &count)]) }
                </button>
            }
        </div>
    }
}

/// What the first button does.
#[derive(Clone, Copy, PartialEq)]
enum Press {
    Send,
    Steer(Steer),
}

/// The first button's text, id and deed.
fn first_button(texts: &PageTexts, phase: Phase) -> (&'static str, &'static str, Press) {
    match phase {
        Phase::Idle => (texts.upload_start, "upload-start", Press::Send),
        Phase::Held => (texts.upload_go_on, "upload-start", Press::Send),
        Phase::Sending => (texts.upload_pause, "upload-pause", Press::Steer(Steer::Pause)),
        Phase::Paused => (texts.upload_resume, "upload-resume", Press::Steer(Steer::Resume)),
        // Nothing is begun anew before what was there has been removed, or the person stops waiting for that.
        Phase::Cancelling => (texts.upload_stop_waiting, "upload-stop-waiting", Press::Steer(Steer::Cancel)),
        Phase::Done | Phase::Failed | Phase::Cancelled => (texts.upload_again, "upload-start", Press::Send),
    }
}

/// What the first button sends: what is chosen; and of an upload that waits for the person, what that is about, whatever
/// else has been chosen since.
fn order(props: &Props, target: &Target, upload: &UseUpload) -> Option<Order> {
    let chosen = props.piece.piece.as_ref();
    if let Some(waiting) = upload.waiting(chosen, &target.destination) {
        let Order { errand, piece, .. } = waiting;
        let mut order = order_of(target, errand.destination, &props.pasted, piece);
        order.errand.number = errand.number;
        return Some(order);
    }
    chosen.map(|piece| order_of(target, target.destination.clone(), &props.pasted, piece.clone()))
}

fn buttons(page: &Page, props: &Props, target: &Target, upload: &UseUpload) -> Html {
    let phase = upload.phase();
    let (text, id, press) = first_button(page.texts, phase);
    let act = {
        let upload = upload.clone();
        let order = order(props, target, &upload);
        Callback::from(move |_: MouseEvent| match (press, &order) {
            (Press::Steer(steer), _) => upload.steer.emit(steer),
            (Press::Send, Some(order)) => upload.send.emit(order.clone()),
            (Press::Send, None) => {}
        })
    };
    let steer = upload.steer.clone();
    let cancel = Callback::from(move |_: MouseEvent| steer.emit(Steer::Cancel));
    let waits = press == Press::Send && !target.obstacle.is_empty();
    // One button for all that comes first, so that the focus stays on it.
    html! {
        <div class="row">
            <button {id} type="button" class="button primary" onclick={act} disabled={waits} aria-describedby="upload-obstacle">
                { text }
            </button>
            if is_open(phase) && phase != Phase::Cancelling {
                <button id="upload-cancel" type="button" class="button" onclick={cancel}>{ page.texts.upload_cancel }</button>
            }
            <span id="upload-obstacle" class="small soft">if press == Press::Send { { &target.obstacle } }</span>
        </div>
    }
}

fn outcome(page: &Page, upload: &UseUpload) -> Html {
    let (name, role) = match upload.phase() {
        Phase::Idle => ("idle", "status"),
        // As a status it would be read out four times a second: its announcement is one beside it.
        Phase::Sending => ("sending", "group"),
        Phase::Paused => ("paused", "group"),
        Phase::Held => ("held", "alert"),
        Phase::Cancelling => ("cancelling", "group"),
        Phase::Done => ("done", "status"),
        Phase::Failed => ("failed", "alert"),
        Phase::Cancelled => ("cancelled", "status"),
    };
    html! {
        <div id="upload-outcome" data-phase={name} {role}>
            if let Some(sent) = &upload.sent {
                { blocks(page, &sent.blocks) }
            }
        </div>
    }
}
