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
use super::verdict_card::VerdictCard;
use crate::browser::storage;
use crate::inspect::Report;
use crate::plan::Action;
use crate::request::validate::Level;
use crate::verdict::Verdict;
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
                { journey(&page, report.as_deref()) }
                <p class="privacy">{ icon(Shape::Lock) }{ texts.privacy }</p>
            </header>
            <main id="content" class="page" tabindex="-1">
                <ImageCard inspection={inspection.clone()} on_files={take} folder_refused={*refusal} />
                <VerdictCard report={report.clone()} />
                <ImportCard />
                <OutputCard />
                <UploadCard picked={inspection.state.picked().cloned()} report={report} />
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

/// Fills in what the image itself suggests, once a file: the format to declare, in place of the one before.
#[hook]
fn use_proposals(page: Page, report: Option<Rc<Report>>) {
    let proposed = use_mut_ref(|| None);
    let format = report.map(|report| (report.path.clone(), problems::format_to_declare(&report)));
    use_effect_with(format, move |format| {
        if let Some((_, format)) = format {
            let value = format.map(serde_json::Value::from);
            let instead_of = proposed.replace(value.clone());
            page.change(Action::Propose { path: "DiskContainer.Format".into(), value, instead_of });
        }
    });
}

fn version() -> String {
    match option_env!("IMPORT_PLANNER_COMMIT") {
        Some(commit) if !commit.is_empty() => format!("{} ({commit})", env!("CARGO_PKG_VERSION")),
        _ => env!("CARGO_PKG_VERSION").into(),
    }
}

/// How a step of the journey stands.
#[derive(Clone, Copy, PartialEq)]
enum Standing {
    Open,
    Good,
    Warn,
    Bad,
}

/// The steps, each a link, each with how it stands: in colour, by a sign, and in words.
fn journey(page: &Page, report: Option<&Report>) -> Html {
    let texts = page.texts;
    let verdict = report.map_or(Standing::Open, |report| match report.verdict.import_snapshot {
        Verdict::Accepted => Standing::Good,
        Verdict::AcceptedWithWarnings => Standing::Warn,
        Verdict::Refused => Standing::Bad,
    });
    let written = !page.problems.iter().any(|problem| problem.level == Level::Error);
    let form = match (written, page.left.is_empty()) {
        (true, _) => Standing::Good,
        (false, true) => Standing::Open,
        (false, false) => Standing::Warn,
    };
    let steps = [
        ("#image", texts.step_image, if report.is_some() { Standing::Good } else { Standing::Open }),
        ("#verdict", texts.step_verdict, verdict),
        ("#import", texts.step_import, form),
        ("#output", texts.output_title, if written { Standing::Good } else { Standing::Open }),
        ("#upload", texts.step_upload, Standing::Open),
    ];
    html! {
        <nav aria-label={texts.journey}>
            <ol class="journey">
                for (index, (target, name, standing)) in steps.into_iter().enumerate() {
                    <li key={target}>
                        <a href={target} data-state={standing.tone()}>
                            <span class="step-mark" aria-hidden="true">{ standing.sign(index) }</span>{ name }
                            <span class="visually-hidden">{ standing.word(texts) }</span>
                        </a>
                    </li>
                }
            </ol>
        </nav>
    }
}

impl Standing {
    fn tone(self) -> Option<&'static str> {
        match self {
            Self::Open => None,
            Self::Good => Some("good"),
            Self::Warn => Some("warn"),
            Self::Bad => Some("bad"),
        }
    }

    fn sign(self, index: usize) -> String {
        match self {
            Self::Open => (index + 1).to_string(),
            Self::Good => "✓".into(),
            Self::Warn => "!".into(),
            Self::Bad => "✕".into(),
        }
    }

    fn word(self, texts: &Texts) -> &'static str {
        match self {
            Self::Open => "",
            Self::Good => texts.standing_good,
            Self::Warn => texts.standing_warn,
            Self::Bad => texts.standing_bad,
        }
    }
}
