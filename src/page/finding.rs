//! One finding: how grave it is for which call, what it is, and the way out.

use super::blocks::{badge, code, link, sign};
use super::context::Page;
use super::icon::icon;
use crate::present::block::Finding;
use yew::prelude::*;

/// What stands in a finding's item of the list.
pub(super) fn finding_item(page: &Page, finding: &Finding) -> Html {
    html! {
        <>
            { icon(sign(finding.tone)) }
            <div>
                <p>{ &finding.text }</p>
                <p class="badges">
                    for (index, own) in finding.badges.iter().enumerate() {
                        <span key={index}>{ badge(own) }</span>
                    }
                    if let Some(own) = &finding.link {
                        <span class="small">{ link(own) }</span>
                    }
                </p>
                if let Some(error) = &finding.aws_error {
                    <p class="small soft">{ page.texts.aws_would_say }{ " " }<code>{ error }</code></p>
                }
                if let Some(advice) = &finding.way_out {
                    <p><strong>{ page.texts.way_out }</strong>{ " " }{ advice }</p>
                }
                if let Some(own) = &finding.command {
                    { code(own) }
                }
            </div>
        </>
    }
}
