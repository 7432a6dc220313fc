//! The first step: choosing the image, and what is happening to it.

use super::context::use_page;
use super::drop_target::Dropped;
use super::icon::{Shape, icon};
use super::inspection::{Inspection, Picked, SecondPass, UseInspection};
use crate::browser::file::size_of;
use crate::browser::locale::Intl;
use crate::present::Locale;
use crate::text::fill;
use crate::text::language::Language;
use crate::text::page::PageTexts;
use web_sys::{File, HtmlInputElement};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) inspection: UseInspection,
    pub(super) on_files: Callback<Dropped>,
    /// Whether the last thing dropped was a folder.
    pub(super) folder_refused: bool,
    /// Goes on without an image; `None` once the person has gone on.
    pub(super) on_begin: Option<Callback<MouseEvent>>,
}

/// The card of the image.
#[component]
pub(super) fn ImageCard(props: &Props) -> Html {
    let texts = use_page().texts;
    let state = &props.inspection.state;
    html! {
        <section id="image" class="card" aria-labelledby="image-title">
            <header><h1 id="image-title">{ texts.title }</h1></header>
            <div class={if state.picked().is_some() { "chosen" } else { "drop-zone" }}>
                if let Some(picked) = state.picked() {
                    <Chosen picked={picked.clone()} inspection={props.inspection.clone()} />
                } else {
                    { icon(Shape::Disk) }
                    <p><strong>{ texts.drop_here }</strong></p>
                }
                // One button for both, so that the focus stays on it when the first file is chosen.
                <FileButton text={if state.picked().is_some() { texts.choose_another } else { texts.choose_file }}
                    primary={state.picked().is_none()} on_files={props.on_files.clone()} />
                if state.picked().is_none() {
                    <p class="small soft">{ texts.drop_hint }</p>
                    <p class="small soft">{ texts.drop_formats }</p>
                    if let Some(begin) = &props.on_begin {
                        <button id="begin" type="button" class="button quiet" onclick={begin.clone()}>{ texts.new_request }</button>
                    }
                }
            </div>
            <div role="alert">
                if props.folder_refused {
                    <p class="notice" data-tone="warn">{ texts.folder_refused }</p>
                }
            </div>
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct ChosenProps {
    picked: Picked,
    inspection: UseInspection,
}

/// The file that was chosen, and where its inspection stands.
#[component]
fn Chosen(props: &ChosenProps) -> Html {
    let texts = use_page().texts;
    let state = &props.inspection.state;
    let main = props.picked.reported(state.inspected().map(|inspected| inspected.facts.name.as_str()));
    let name = main.map(File::name).unwrap_or_default();
    let stop = props.inspection.stop.reform(|_: MouseEvent| ());
    let again = {
        let (start, files) = (props.inspection.start.clone(), props.picked.files.clone());
        Callback::from(move |_: MouseEvent| start.emit((*files).clone()))
    };
    html! {
        <>
            <div class="file-line">
                <span class="file-icon">{ icon(Shape::Disk) }</span>
                <div>
                    <p class="file-name"><bdi>{ &name }</bdi></p>
                    <p class="small soft">{ sizes(texts.language, main, state) }</p>
                    if props.picked.files.len() > 1 {
                        <p class="small soft">{ fill(texts.other_files, &[("names", &others(&props.picked, &name))]) }</p>
                    }
                </div>
            </div>
            <div role="status" class="row">
                if let Some(bytes) = unchecked(state) {
                    <button id="verify" type="button" class="button" onclick={props.inspection.verify.clone()}>
                        { fill(texts.verify, &[("size", &Intl(texts.language).size(bytes))]) }
                    </button>
                }
                if let Some(text) = progress_text(texts, state) {
                    <span class="small soft">{ text }</span>
                }
                if state.is_running() {
                    <button type="button" class="button quiet" onclick={stop}>{ texts.stop }</button>
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

fn sizes(language: Language, file: Option<&File>, state: &Inspection) -> String {
    let known = state.inspected().map(|inspected| inspected.sizes.clone());
    known.unwrap_or_else(|| Intl(language).size(file.map_or(0, |file| size_of(file))))
}

fn others(picked: &Picked, main: &str) -> String {
    let names: Vec<String> = picked.files.iter().map(File::name).filter(|name| name != main).collect();
    names.join(", ")
}

/// What an appliance's manifest has digests of that were not checked yet, once both passes have ended.
fn unchecked(state: &Inspection) -> Option<u64> {
    match state {
        Inspection::Known(_, inspected, SecondPass::Finished) if inspected.unchecked > 0 => {
            Some(inspected.unchecked)
        }
        _ => None,
    }
}

fn progress_text(texts: &PageTexts, state: &Inspection) -> Option<String> {
    match state {
        Inspection::Reading(_) => Some(texts.image_reading.into()),
        Inspection::Known(_, _, SecondPass::Running) => Some(texts.image_refining.into()),
        Inspection::Known(_, _, SecondPass::Verifying(hundredths)) => {
            Some(fill(texts.image_verifying, &[("hundredths", &hundredths.to_string())]))
        }
        _ => None,
    }
}

fn outcome(texts: &PageTexts, state: &Inspection) -> Option<(&'static str, String)> {
    match state {
        Inspection::Stopped(_) => Some(("warn", texts.image_stopped.into())),
        Inspection::Known(_, _, SecondPass::Stopped) => Some(("warn", texts.image_second_stopped.into())),
        Inspection::Known(_, _, SecondPass::Failed(reason)) => {
            Some(("warn", fill(texts.image_second_failed, &[("reason", reason)])))
        }
        Inspection::Failed(_, reason) => Some(("bad", fill(texts.image_failed, &[("reason", reason)]))),
        _ => None,
    }
}

#[derive(Properties, PartialEq)]
struct FileButtonProps {
    text: &'static str,
    primary: bool,
    on_files: Callback<Dropped>,
}

/// A button that opens the browser's own file dialog.
#[component]
fn FileButton(props: &FileButtonProps) -> Html {
    let input = use_node_ref();
    let open = {
        let input = input.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(input) = input.cast::<HtmlInputElement>() {
                input.click();
            }
        })
    };
    let take = {
        let on_files = props.on_files.clone();
        Callback::from(move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            let files =
                input.files().map(|files| (0..files.length()).filter_map(|at| files.get(at)).collect());
            on_files.emit(Dropped::Files(files.unwrap_or_default()));
            // Choosing the same file once more must be heard too.
            input.set_value("");
        })
    };
    html! {
        <span>
            <input ref={input} type="file" multiple=true hidden=true onchange={take} aria-label={props.text} />
            <button type="button" class={classes!("button", props.primary.then_some("primary"))} onclick={open}>{ props.text }</button>
        </span>
    }
}
