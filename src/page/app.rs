//! The page as a whole.

use super::context::{Page, PlanState};
use super::drop_target::{Dropped, use_drop_target};
use super::icon::{Shape, icon};
use super::image_card::ImageCard;
use super::import_card::ImportCard;
use super::inspection::use_inspection;
use super::output_card::OutputCard;
use super::problems;
use super::text::{ENGLISH, Texts, fill};
use super::upload_card::UploadCard;
use super::verdict_card::{VerdictCard, tone_of};
use crate::browser::storage;
use crate::inspect::Report;
use crate::plan::Action;
use crate::request::validate::Level;
use std::collections::BTreeSet;
use std::rc::Rc;
use yew::prelude::*;

/// The page.
#[component]
pub fn App() -> Html {
    let texts: &'static Texts = &ENGLISH;
    let plan = use_reducer(|| PlanState(storage::load().unwrap_or_default()));
    let left = use_state(BTreeSet::new);
    let inspection = use_inspection();
    let refusal = use_state_eq(|| false);

    use_effect_with(plan.clone(), |plan| storage::save(&plan.0));

    let report = inspection.state.report().cloned();
    let problems = use_memo((plan.clone(), report.clone()), |(plan, report)| {
        problems::of(&plan.0, report.as_deref(), texts)
    });
    let page = Page { plan: plan.clone(), problems, left, texts };
    use_proposals(page.clone(), report.clone());

    let take = {
        let (start, refusal) = (inspection.start.clone(), refusal.clone());
        use_callback((), move |dropped: Dropped, ()| match dropped {
            Dropped::Files(files) => {
                refusal.set(false);
                start.emit(files);
            }
            Dropped::Folder => refusal.set(true),
        })
    };
    let dragging = use_drop_target(take.clone());

    html! {
        <ContextProvider<Page> context={page.clone()}>
            <a class="skip-link" href="#content">{ texts.skip_to_content }</a>
            <header class="top-bar">
                <p class="brand"><img src="./icon.svg" alt="" />{ texts.brand }</p>
                <Journey report={report.clone()} />
                <p class="privacy">{ icon(Shape::Lock) }{ texts.privacy }</p>
            </header>
            <main id="content" class="page" tabindex="-1">
                <div class="steps">
                    <ImageCard inspection={inspection.clone()} on_files={take} folder_refused={*refusal} />
                    <VerdictCard report={report.clone()} />
                    <ImportCard />
                    <UploadCard picked={inspection.state.picked().cloned()} report={report} />
                </div>
                <div class="output-column">
                    <OutputCard />
                </div>
            </main>
            <footer class="page-foot">
                <span>{ fill(texts.version, &[("version", &version())]) }</span>
                <span>{ texts.not_affiliated }</span>
            </footer>
            <div>
                if dragging {
                    <div class="drop-overlay"><p>{ texts.drop_release }</p></div>
                }
            </div>
        </ContextProvider<Page>>
    }
}

/// Fills in what the image itself suggests, once a report: the format to declare.
#[hook]
fn use_proposals(page: Page, report: Option<Rc<Report>>) {
    let format = report.and_then(|report| problems::format_to_declare(&report));
    use_effect_with(format, move |format| {
        if let Some(format) = format {
            page.change(Action::Propose { path: "DiskContainer.Format".into(), value: (*format).into() });
        }
    });
}

fn version() -> String {
    match option_env!("IMPORT_PLANNER_COMMIT") {
        Some(commit) if !commit.is_empty() => format!("{} ({commit})", env!("CARGO_PKG_VERSION")),
        _ => env!("CARGO_PKG_VERSION").into(),
    }
}

#[derive(Properties, PartialEq)]
struct JourneyProps {
    report: Option<Rc<Report>>,
}

/// The steps, each a link, each with how it stands.
#[component]
fn Journey(props: &JourneyProps) -> Html {
    let page = super::context::use_page();
    let verdict = props.report.as_ref().map(|report| tone_of(report.verdict.import_snapshot));
    let form = match (
        page.problems.iter().any(|problem| problem.level == Level::Error),
        page.plan.0.region.is_empty(),
    ) {
        (false, _) => Some("good"),
        (true, true) => None,
        (true, false) => Some("warn"),
    };
    let steps = [
        ("#image", page.texts.step_image, props.report.as_ref().map(|_| "good")),
        ("#verdict", page.texts.step_verdict, verdict),
        ("#import", page.texts.step_import, form),
        ("#upload", page.texts.step_upload, None),
    ];
    html! {
        <nav aria-label={page.texts.journey}>
            <ol class="journey">
                for (index, (target, name, state)) in steps.into_iter().enumerate() {
                    <li key={target}>
                        <a href={target} data-state={state}>
                            <span class="step-mark" aria-hidden="true">{ index + 1 }</span>{ name }
                        </a>
                    </li>
                }
            </ol>
        </nav>
    }
}
