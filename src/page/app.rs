//! The page as a whole.

use super::composing::{Images, use_composed};
use super::context::{Page, PlanState, Shared, Step};
use super::destination_card::DestinationCard;
use super::drop_target::{Dropped, use_drop_target};
use super::icon::{Shape, icon};
use super::image_card::ImageCard;
use super::inspection::{UseInspection, use_inspection};
use super::journey::{journey, use_current_step};
use super::language_choice::language_choice;
use super::output_card::OutputCard;
use super::paste_card::PasteCard;
use super::paste_target::use_paste_target;
use super::piece::use_piece;
use super::plan_card::PlanCard;
use super::plan_notice::{Origin, PlanNotice, use_link};
use super::request_card::RequestCard;
use super::runbook_card::RunbookCard;
use super::scripts::{help_button, theme, update_bar};
use super::ticking::use_ticking;
use super::unfinished::{unfinished_card, use_unfinished};
use super::upload_card::UploadCard;
use super::verdict_card::VerdictCard;
use crate::browser::composer::Compose;
use crate::browser::{document, file, language, storage};
use crate::plan::{Action, History, Plan};
use crate::present::Pasted;
use crate::present::upload::{Phase, UploadEntry};
use crate::text::fill;
use crate::text::page::PageTexts;
use crate::upload::means::is_key;
use gloo::timers::callback::Timeout;
use yew::prelude::*;

/// How long the composer takes at most to say what was pasted, in milliseconds.
const TIME_TO_ANSWER: u32 = 500;

/// What the page is given from outside.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// How requests are written.
    pub compose: Compose,
}

/// The page.
#[component]
pub fn App(props: &Props) -> Html {
    let language = use_state_eq(language::current);
    let texts = PageTexts::of(*language);
    let state = use_reducer(|| PlanState(Shared::new(History::of(storage::load().unwrap_or_default()))));
    let origin = use_state_eq(|| storage::saved_at().map_or(Origin::Own, Origin::Restored));
    let left = use_state_eq(|| Shared::new(Vec::new()));
    let copied = use_state_eq(|| Shared::new(Vec::new()));
    let inspection = use_inspection(*language);
    let refusal = use_state_eq(|| false);
    let begun = use_state_eq(|| false);

    let facts = inspection.image().map(|image| image.facts.clone());
    let disks = inspection.state.inspected().map(|set| set.disks_of_the_machine()).unwrap_or_default();
    let changed = state.0.can_undo() || state.0.plan != Plan::default();
    let started = *begun || changed || inspection.state.picked().is_some();
    let pasted = use_state_eq(String::new);
    let unfinished = use_unfinished(*language, pasted.is_empty());
    let piece = use_piece(inspection.file().cloned(), facts.as_ref(), &unfinished);
    let tick = use_ticking(!pasted.is_empty());
    let entry = UploadEntry {
        url: (*pasted).clone(),
        origin: document::origin(),
        records: piece.records.clone(),
        piece: *piece.chosen,
    };
    let (composed, on_paste) = use_composed(
        &props.compose,
        *language,
        (*state).clone(),
        Images { chosen: facts.clone(), disks },
        entry,
        started.then_some(tick),
    );
    let page = Page {
        state,
        written: composed.written,
        target: composed.target,
        is_outdated: composed.is_outdated,
        left,
        copied,
        texts,
    };
    use_proposals(page.clone(), &inspection);
    let is_opened = *origin == Origin::Opened;
    use_pasted(page.clone(), composed.pasted.clone(), composed.pastes, is_opened);
    // What is opened is told at the top of the page, and what is pasted where it was pasted.
    let on_plan = {
        let (origin, begun) = (origin.clone(), begun.clone());
        use_callback(on_paste.clone(), move |text: String, on_paste| {
            origin.set(Origin::Opened);
            begun.set(true);
            on_paste.emit(text);
        })
    };
    use_link(on_plan.clone());
    let paste_text = use_state_eq(AttrValue::default);
    let on_paste = {
        let (origin, paste_text) = (origin.clone(), paste_text.setter());
        use_callback(on_paste, move |text: String, on_paste| {
            origin.set(Origin::Own);
            paste_text.set(text.clone().into());
            on_paste.emit(text);
        })
    };
    // A key to the bucket belongs where nothing shows it, wherever it was pasted or dropped.
    let on_text = {
        let (pasted, begun) = (pasted.setter(), begun.clone());
        use_callback(on_paste.clone(), move |text: String, on_paste| {
            if is_key(&text) {
                pasted.set(text);
                begun.set(true);
                // On a fresh page the card is drawn first, and then what is said of the key.
                Timeout::new(0, || document::focus("upload")).forget();
                Timeout::new(TIME_TO_ANSWER, || document::show("upload-held")).forget();
            } else {
                document::focus("paste-text");
                on_paste.emit(text);
            }
        })
    };

    let take = {
        let (start, refusal) = (inspection.start.clone(), refusal.clone());
        use_callback(on_text.clone(), move |dropped: Dropped, on_text| match dropped {
            Dropped::Files(files) => {
                refusal.set(false);
                match files.as_slice() {
                    [file] if file::is_text(file) => {
                        let on_text = on_text.clone();
                        file::read_text(file, move |text| on_text.emit(text));
                    }
                    _ => start.emit(files),
                }
            }
            Dropped::Folder => refusal.set(true),
        })
    };
    let dragging = use_drop_target(take.clone());
    use_paste_target(take.clone(), on_text.clone());
    let current = use_current_step();
    let phase = use_state_eq(|| Phase::Idle);
    let begin = {
        let state = page.state.dispatcher();
        Callback::from(move |call: &'static str| {
            state.dispatch(Step::Change(Action::SetCall(call.into())));
            begun.set(true);
        })
    };

    html! {
        <ContextProvider<Page> context={page.clone()}>
            <a class="skip-link" href="#content">{ texts.skip_to_content }</a>
            <header class="top-bar">
                <p class="brand"><img src="./icon.svg" alt="" />{ texts.brand }</p>
                if started {
                    { journey(&page, facts.as_ref(), *phase, current) }
                }
                <p class="privacy">{ icon(Shape::Lock) }{ texts.privacy }</p>
                { language_choice(&page, &language) }
                { help_button(texts) }
            </header>
            <main id="content" class="page" tabindex="-1">
                <PlanNotice {origin} opened={composed.pasted.clone().filter(|_| is_opened)} />
                <ImageCard inspection={inspection.clone()} on_files={take.clone()} folder_refused={*refusal} on_begin={(!started).then_some(begin)} {on_plan} />
                { unfinished_card(&page, &unfinished, &take, &pasted) }
                <VerdictCard inspection={inspection.clone()} />
                if started {
                    <DestinationCard />
                    <UploadCard {piece} {pasted} {unfinished} {phase} {inspection} on_files={take.clone()} />
                    <RequestCard failed={composed.failed} />
                    <OutputCard />
                    <RunbookCard />
                    <PlanCard on_files={take} />
                }
                <PasteCard text={(*paste_text).clone()} pasted={composed.pasted.filter(|_| !is_opened)} on_paste={on_text} />
            </main>
            <footer class="page-foot">
                <span>{ fill(texts.version, &[("version", &version())]) }</span>
                <span>{ texts.not_affiliated }</span>
                <a href="./THIRD-PARTY.txt">{ texts.notices }</a>
                if let Some(source) = option_env!("CARGO_PKG_REPOSITORY").filter(|source| !source.is_empty()) {
                    <a href={source} target="_blank" rel="noreferrer">{ texts.source }</a>
                }
                { theme(texts) }
            </footer>
            { update_bar(texts) }
            <div>
                if dragging {
                    <div class="drop-overlay" aria-hidden="true"><p>{ texts.drop_release }</p></div>
                }
            </div>
        </ContextProvider<Page>>
    }
}

/// Fills in what the images themselves suggest, in place of what those before them suggested.
#[hook]
fn use_proposals(page: Page, inspection: &UseInspection) {
    let set = inspection.state.inspected();
    let of_image = inspection.image().map(|image| &image.proposals);
    let proposals = set.map(|set| &set.proposals).into_iter().chain(of_image).flatten();
    // What is said again in another language suggests the same, and it is not to be suggested twice.
    use_effect_with(proposals.cloned().collect::<Vec<_>>(), move |proposals| {
        for proposal in proposals {
            page.state.dispatch(Step::Change(proposal.clone()));
        }
    });
}

/// Does what a pasted text asks for: a request fills the form. `pastes` tells whether there is a new one. The answer is
/// seen wherever the text was pasted; of a plan that `is_opened`, it stands at the top of the page.
#[hook]
fn use_pasted(page: Page, pasted: Option<Shared<Pasted>>, pastes: u32, is_opened: bool) {
    use_effect_with(pastes, move |_| {
        if pasted.is_some() && !is_opened {
            document::show("pasted");
        }
        for change in pasted.iter().flat_map(|pasted| pasted.changes.iter()) {
            page.change(change.clone());
        }
    });
}

fn version() -> String {
    match option_env!("IMPORT_PLANNER_COMMIT") {
        Some(commit) if !commit.is_empty() => format!("{} ({commit})", env!("CARGO_PKG_VERSION")),
        _ => env!("CARGO_PKG_VERSION").into(),
    }
}
