//! The plan as something to keep: a link, a file, a sheet of paper.

use super::blocks::blocks;
use super::context::{Page, use_page};
use super::copy_button::CopyButton;
use super::drop_target::Dropped;
use super::file_button::FileButton;
use super::icon::{Shape, icon};
use crate::browser::{address, document, download};
use crate::present::Kept;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// Takes a file that was chosen.
    pub(super) on_files: Callback<Dropped>,
}

/// The card of the plan.
#[component]
pub(super) fn PlanCard(props: &Props) -> Html {
    let page = use_page();
    let texts = page.texts;
    html! {
        <section id="plan" class="card" aria-labelledby="plan-title">
            <header><h2 id="plan-title">{ texts.plan_title }</h2></header>
            <p class="small soft">{ texts.plan_about }</p>
            if let Some(written) = &page.written {
                { ways(&page, &written.kept) }
                <div class="sheet">{ blocks(&page, &written.kept.sheet) }</div>
            }
            <FileButton text={texts.plan_open} primary=false on_files={props.on_files.clone()} />
        </section>
    }
}

fn ways(page: &Page, kept: &Kept) -> Html {
    let texts = page.texts;
    let save = {
        let (name, text) = (kept.file_name.clone(), kept.file.clone());
        Callback::from(move |_: MouseEvent| {
            download::save(&name, "application/json", &text);
        })
    };
    let print = Callback::from(|_: MouseEvent| document::print());
    let link = address::with_fragment(&kept.fragment);
    html! {
        <>
            if kept.fragment.is_empty() {
                <p class="notice" data-tone="warn">{ texts.plan_too_large }</p>
            } else {
                <div class="code">
                    <pre id="plan-link" class="one-line" tabindex="0" role="region" aria-label={texts.plan_link}>{ &link }</pre>
                    <CopyButton text={link} name={texts.plan_copy_link} shown_in="plan-link" />
                </div>
            }
            <div class="row">
                <button id="plan-save" type="button" class="button" onclick={save}>{ icon(Shape::Download) }{ texts.plan_save }</button>
                <button id="plan-print" type="button" class="button" onclick={print}>{ texts.plan_print }</button>
            </div>
        </>
    }
}
