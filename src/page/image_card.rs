//! The first step: choosing the image, and what is happening to it.

use super::context::use_page;
use super::drop_target::Dropped;
use super::file_button::FileButton;
use super::icon::{Shape, icon};
use super::image_list::image_list;
use super::inspection::{Inspection, SecondPass, UseInspection};
use super::samples::Samples;
use crate::browser::file::size_of;
use crate::browser::locale::Intl;
use crate::present::Locale;
use crate::text::fill;
use crate::text::page::PageTexts;
use web_sys::File;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) inspection: UseInspection,
    pub(super) on_files: Callback<Dropped>,
    /// Whether the last thing dropped was a folder.
    pub(super) folder_refused: bool,
    /// Goes on without an image, to a call; `None` once the person has gone on.
    pub(super) on_begin: Option<Callback<&'static str>>,
    /// Takes a plan from the examples.
    pub(super) on_plan: Callback<String>,
}

/// The card of the image.
#[component]
pub(super) fn ImageCard(props: &Props) -> Html {
    let texts = use_page().texts;
    let state = &props.inspection.state;
    html! {
        <section id="image" class="card" aria-labelledby="image-title" tabindex="-1">
            <header><h1 id="image-title">{ texts.title }</h1></header>
            <div class={if state.picked().is_some() { "chosen" } else { "drop-zone" }}>
                if state.picked().is_some() {
                    <Chosen inspection={props.inspection.clone()} />
                } else {
                    { icon(Shape::Disk) }
                    <p><strong>{ texts.drop_here }</strong></p>
                }
                <div class="row file-buttons">
                    // One button for both, so that the focus stays on it when the first file is chosen.
                    <FileButton text={if state.picked().is_some() { texts.choose_another } else { texts.choose_file }}
                        primary={state.picked().is_none()} on_files={props.on_files.clone()} />
                    if state.picked().is_some() {
                        <FileButton text={texts.add_files} primary=false on_files={adding(&props.inspection)} />
                    }
                </div>
                if state.picked().is_none() {
                    <p class="small soft">{ texts.drop_hint }</p>
                    <p class="small soft">{ texts.drop_formats }</p>
                }
            </div>
            if let Some(begin) = props.on_begin.as_ref().filter(|_| state.picked().is_none()) {
                <div class="beginnings">
                    <p class="small soft">{ texts.new_request }</p>
                    <div class="row">
                        for (index, call) in ["ImportSnapshot", "ImportImage", "CopySnapshot"].into_iter().enumerate() {
                            <button key={call} id={(index == 0).then_some("begin")} type="button" class="button"
                                onclick={begin.reform(move |_: MouseEvent| call)}>{ call }</button>
                        }
                    </div>
                    <Samples on_files={props.on_files.clone()} on_plan={props.on_plan.clone()} />
                </div>
            }
            <div role="alert">
                if props.folder_refused {
                    <p class="notice" data-tone="warn">{ texts.folder_refused }</p>
                }
            </div>
        </section>
    }
}

/// Reads what was chosen now together with what was chosen before.
fn adding(inspection: &UseInspection) -> Callback<Dropped> {
    let inspection = inspection.clone();
    Callback::from(move |dropped| {
        if let Dropped::Files(more) = dropped {
            inspection.start.emit(inspection.with_files(more));
        }
    })
}

#[derive(Properties, PartialEq)]
struct ChosenProps {
    inspection: UseInspection,
}

/// The files that were chosen, and where their inspection stands.
#[component]
fn Chosen(props: &ChosenProps) -> Html {
    let page = use_page();
    let texts = page.texts;
    let state = &props.inspection.state;
    // What changes with each hundredth is not read out each time.
    let is_counting = matches!(state, Inspection::Known(_, _, SecondPass::Verifying(_)));
    let stop = props.inspection.stop.reform(|_: MouseEvent| ());
    let again = {
        let inspection = props.inspection.clone();
        Callback::from(move |_: MouseEvent| inspection.start.emit(inspection.with_files(Vec::new())))
    };
    html! {
        <>
            <div class="contents">
                if is_several(state) {
                    { image_list(&page, &props.inspection) }
                } else {
                    { file_line(props.inspection.file(), &sizes(texts, &props.inspection)) }
                }
            </div>
            if let Some(names) = parts(state) {
                <p class="small soft">{ fill(texts.other_files, &[("names", &names)]) }</p>
            }
            <div role="status" class="row" aria-live={is_counting.then_some("off")}>
                if let Some(bytes) = unchecked(&props.inspection) {
                    <button id="verify" type="button" class="button" onclick={props.inspection.verify.clone()}>
                        { fill(texts.verify, &[("size", &Intl(texts.language).size(bytes))]) }
                    </button>
                }
                if let Some(text) = progress_text(texts, state) {
                    <span class="small soft">{ text }</span>
                }
                if state.is_running() {
                    <button id="stop-reading" type="button" class="button quiet" onclick={stop}>
                        { texts.stop }
                    </button>
                }
            </div>
            <div role="alert">
                if let Some((tone, text)) = outcome(texts, state) {
                    <div class="notice" data-tone={tone}>
                        <p>{ text }</p>
                        <p><button type="button" class="button" onclick={again}>{ texts.read_again }</button></p>
                    </div>
                }
            </div>
        </>
    }
}

fn is_several(state: &Inspection) -> bool {
    state.inspected().is_some_and(|set| set.images.len() > 1)
}

fn file_line(file: Option<&File>, sizes: &str) -> Html {
    html! {
        <div class="file-line">
            <span class="file-icon">{ icon(Shape::Disk) }</span>
            <div>
                <p class="file-name"><bdi>{ file.map(File::name).unwrap_or_default() }</bdi></p>
                <p class="small soft">{ sizes }</p>
            </div>
        </div>
    }
}

fn sizes(texts: &PageTexts, inspection: &UseInspection) -> String {
    let known = inspection.image().map(|image| image.sizes.clone());
    known.unwrap_or_else(|| Intl(texts.language).size(inspection.file().map_or(0, |file| size_of(file))))
}

/// The names of the files that are no images of their own: extents, parents; and of all but the first, as long as nothing
/// is known.
fn parts(state: &Inspection) -> Option<String> {
    let images: Vec<usize> = match state.inspected() {
        Some(set) => set.images.iter().map(|image| image.file).collect(),
        None => vec![0],
    };
    let files = state.picked()?.files.iter().enumerate();
    let names: Vec<String> =
        files.filter(|(index, _)| !images.contains(index)).map(|(_, file)| file.name()).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// What an appliance's manifest has digests of that were not checked yet, once both passes have ended.
fn unchecked(inspection: &UseInspection) -> Option<u64> {
    let is_finished =
        matches!(inspection.state, Inspection::Known(_, _, SecondPass::Finished | SecondPass::Unverified(_)));
    inspection.image().map(|image| image.unchecked).filter(|bytes| is_finished && *bytes > 0)
}

fn progress_text(texts: &PageTexts, state: &Inspection) -> Option<String> {
    match state {
        Inspection::Reading(_) => Some(texts.image_reading.into()),
        Inspection::Known(_, _, SecondPass::Running) => Some(texts.image_refining.into()),
        Inspection::Known(_, _, SecondPass::Verifying(hundredths)) => {
            Some(fill(texts.image_verifying, &[("percent", &Intl(texts.language).percent(*hundredths))]))
        }
        _ => None,
    }
}

fn outcome(texts: &PageTexts, state: &Inspection) -> Option<(&'static str, String)> {
    match state {
        Inspection::Stopped(_) => Some(("warn", texts.image_stopped.into())),
        Inspection::Known(_, _, SecondPass::Stopped) => Some(("warn", texts.image_second_stopped.into())),
        Inspection::Known(_, _, SecondPass::Unverified(Some(reason))) => Some(("warn", reason.clone())),
        Inspection::Known(_, _, SecondPass::Failed(reason)) => {
            Some(("warn", fill(texts.image_second_failed, &[("reason", reason)])))
        }
        Inspection::Failed(_, reason) => Some(("bad", fill(texts.image_failed, &[("reason", reason)]))),
        _ => None,
    }
}
