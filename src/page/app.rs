//! The page as a whole.

use super::composing::{Images, use_composed};
use super::context::{Page, PlanState, Shared, Step};
use super::destination_card::DestinationCard;
use super::icon::{Shape, icon};
use super::image_card::ImageCard;
use super::inspection::{UseInspection, use_inspection};
use super::journey::{journey, use_current_step};
use super::language_choice::language_choice;
use super::output_card::OutputCard;
use super::paste_card::PasteCard;
use super::piece::use_piece;
use super::plan_card::PlanCard;
use super::plan_notice::{Origin, PlanNotice};
use super::request_card::RequestCard;
use super::runbook_card::RunbookCard;
use super::scripts::{help_button, theme, update_bar};
use super::taking::{Takers, use_taking};
use super::ticking::use_ticking;
use super::unfinished::{unfinished_card, use_unfinished};
use super::upload_card::UploadCard;
use super::verdict_card::VerdictCard;
use crate::browser::composer::Compose;
use crate::browser::{document, language, storage};
use crate::plan::{Action, History, Plan};
use crate::present::Pasted;
use crate::present::upload::{Phase, UploadEntry};
use crate::text::fill;
use crate::text::page::PageTexts;
use yew::prelude::*;

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
    let taking = use_taking(Takers {
        on_images: inspection.start.clone(),
        on_paste,
        means: pasted.setter(),
        origin: origin.setter(),
        begun: begun.setter(),
    });
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
                <ImageCard inspection={inspection.clone()} on_files={taking.on_files.clone()} folder_refused={taking.is_folder_refused}
                    on_begin={(!started).then_some(begin)} on_plan={taking.on_plan} />
                { unfinished_card(&page, &unfinished, &taking.on_files, &pasted) }
                <VerdictCard inspection={inspection.clone()} />
                if started {
                    <DestinationCard />
                    <UploadCard {piece} {pasted} {unfinished} {phase} {inspection} on_files={taking.on_files.clone()} />
                    <RequestCard failed={composed.failed} />
                    <OutputCard />
                    <RunbookCard />
                    <PlanCard on_files={taking.on_files} />
                }
                <PasteCard text={taking.shown} pasted={composed.pasted.filter(|_| !is_opened)} on_paste={taking.on_text} />
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
                if taking.is_dragging {
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
