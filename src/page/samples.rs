//! The page tried out with no file at hand: two images and a filled-in example, each fetched when it is asked for.

use super::context::use_page;
use super::drop_target::Dropped;
use crate::browser::{file, samples};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// Takes an image.
    pub(super) on_files: Callback<Dropped>,
    /// Takes a plan.
    pub(super) on_plan: Callback<String>,
}

/// The buttons.
#[component]
pub(super) fn Samples(props: &Props) -> Html {
    let texts = use_page().texts;
    let failed = use_state_eq(|| false);
    let offers = [
        ("sample-server.vmdk", texts.sample_taken),
        ("sample-server.qcow2", texts.sample_refused),
        ("sample-plan.json", texts.sample_plan),
    ];
    let fetch = |name: &'static str| {
        let (on_files, on_plan, failed) = (props.on_files.clone(), props.on_plan.clone(), failed.clone());
        Callback::from(move |_: MouseEvent| {
            let (on_files, on_plan, failed) = (on_files.clone(), on_plan.clone(), failed.clone());
            samples::fetch(name, move |fetched| {
                failed.set(fetched.is_none());
                match fetched {
                    Some(plan) if file::is_text(&plan) => {
                        file::read_text(&plan, move |text| match text {
                            Some(text) => on_plan.emit(text),
                            None => failed.set(true),
                        });
                    }
                    Some(image) => on_files.emit(Dropped::Files(vec![image])),
                    None => {}
                }
            });
        })
    };
    html! {
        <div class="samples">
            <p class="small soft">{ texts.samples }</p>
            <div class="row">
                for (name, text) in offers {
                    <button key={name} type="button" class="button quiet" data-sample={name} onclick={fetch(name)}>{ text }</button>
                }
            </div>
            <p class="small" role="alert">{ if *failed { texts.sample_failed } else { "" } }</p>
        </div>
    }
}
