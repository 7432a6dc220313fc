//! The page as a whole.

use super::composing::use_composed;
use super::context::{Page, PlanState, Shared, Step};
use super::drop_target::{Dropped, use_drop_target};
use super::icon::{Shape, icon};
use super::image_card::ImageCard;
use super::inspection::use_inspection;
use super::journey::journey;
use super::language_choice::language_choice;
use super::output_card::OutputCard;
use super::paste_card::PasteCard;
use super::piece::use_piece;
use super::request_card::RequestCard;
use super::runbook_card::RunbookCard;
use super::upload_card::UploadCard;
use super::verdict_card::VerdictCard;
use crate::browser::composer::Compose;
use crate::browser::{document, file, language, storage};
use crate::plan::{History, Plan};
use crate::present::upload::UploadEntry;
use crate::present::{Inspected, Pasted};
use crate::text::fill;
use crate::text::page::PageTexts;
use std::collections::BTreeSet;
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
    let language = use_state_eq(language::begin);
    let texts = PageTexts::of(*language);
    use_effect_with(*language, |language| document::set_title(PageTexts::of(*language).document_title));
    let state = use_reducer(|| PlanState(Shared::new(History::of(storage::load().unwrap_or_default()))));
    let left = use_state_eq(|| Shared::new(BTreeSet::new()));
    let inspection = use_inspection(*language);
    let refusal = use_state_eq(|| false);
    let begun = use_state_eq(|| false);

    let inspected = inspection.state.inspected().cloned();
    let facts = inspected.as_ref().map(|inspected| inspected.facts.clone());
    let changed = state.0.can_undo() || state.0.plan != Plan::default();
    let started = *begun || changed || inspection.state.picked().is_some();
    let pasted = use_state_eq(String::new);
    let file = inspection
        .state
        .picked()
        .and_then(|picked| picked.reported(facts.as_ref().map(|facts| facts.name.as_str())).cloned());
    let piece = use_piece(file, facts.as_ref());
    let entry = UploadEntry {
        url: (*pasted).clone(),
        origin: document::origin(),
        record: piece.record.clone(),
        piece: *piece.chosen,
    };
    let (composed, on_paste) =
        use_composed(&props.compose, *language, (*state).clone(), facts.clone(), entry, started);
    let page = Page { state, written: composed.written, left, texts };
    use_proposals(page.clone(), inspected.clone());
    use_pasted(page.clone(), composed.pasted.clone());

    let take = {
        let (start, refusal) = (inspection.start.clone(), refusal.clone());
        use_callback(on_paste.clone(), move |dropped: Dropped, on_paste| match dropped {
            Dropped::Files(files) => {
                refusal.set(false);
                match files.as_slice() {
                    [file] if file::is_text(file) => file::read_text(file, {
                        let on_paste = on_paste.clone();
                        move |text| {
                            document::focus("paste-text");
                            on_paste.emit(text);
                        }
                    }),
                    _ => start.emit(files),
                }
            }
            Dropped::Folder => refusal.set(true),
        })
    };
    let dragging = use_drop_target(take.clone());
    let begin = Callback::from(move |_: MouseEvent| begun.set(true));

    html! {
        <ContextProvider<Page> context={page.clone()}>
            <a class="skip-link" href="#content">{ texts.skip_to_content }</a>
            <header class="top-bar">
                <p class="brand"><img src="./icon.svg" alt="" />{ texts.brand }</p>
                if started {
                    { journey(&page, facts.as_ref()) }
                }
                <p class="privacy">{ icon(Shape::Lock) }{ texts.privacy }</p>
                { language_choice(&page, &language) }
            </header>
            <main id="content" class="page" tabindex="-1">
                <ImageCard inspection={inspection.clone()} on_files={take} folder_refused={*refusal} on_begin={(!started).then_some(begin)} />
                <VerdictCard {inspected} picked={inspection.state.picked().is_some()} />
                if started {
                    <RequestCard failed={composed.failed} />
                    <OutputCard />
                    <RunbookCard />
                    <UploadCard {piece} {pasted} />
                }
                <PasteCard pasted={composed.pasted} {on_paste} />
            </main>
            <footer class="page-foot">
                <span>{ fill(texts.version, &[("version", &version())]) }</span>
                <span>{ texts.not_affiliated }</span>
                <a href="./THIRD-PARTY.txt">{ texts.notices }</a>
            </footer>
            <div>
                if dragging {
                    <div class="drop-overlay"><p>{ texts.drop_release }</p></div>
                }
            </div>
        </ContextProvider<Page>>
    }
}

/// Fills in what the image itself suggests, in place of what the image before it suggested.
#[hook]
fn use_proposals(page: Page, inspected: Option<Shared<Inspected>>) {
    use_effect_with(inspected, move |inspected| {
        for proposal in inspected.iter().flat_map(|inspected| inspected.proposals.iter()) {
            page.state.dispatch(Step::Change(proposal.clone()));
        }
    });
}

/// Does what a pasted text asks for: a request fills the form.
#[hook]
fn use_pasted(page: Page, pasted: Option<Shared<Pasted>>) {
    use_effect_with(pasted, move |pasted| {
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
