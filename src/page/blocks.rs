//! Each kind of block, drawn in one way.

use super::code_block::CodeBlock;
use super::context::Page;
use super::disk_map::{disk_map, swatch};
use super::finding::finding_item;
use super::icon::{Shape, icon};
use super::journey::tone_name;
use super::part_strip::part_strip;
use crate::plan::Action;
use crate::present::block::{Block, Code, Label, Link, Offer, Progress, Table, Text, Tone};
use yew::prelude::*;

/// Blocks, one below the other.
pub(super) fn blocks(page: &Page, list: &[Block]) -> Html {
    html! {
        <div class="blocks">
            for (index, block) in list.iter().enumerate() {
                <div key={index}>{ drawn(page, block) }</div>
            }
        </div>
    }
}

fn drawn(page: &Page, block: &Block) -> Html {
    match block {
        Block::Heading(text) => html! { <h3>{ text }</h3> },
        Block::Text(text) => paragraph(text),
        Block::Answers(answers) => html! {
            <div class="verdicts">
                for (index, own) in answers.iter().enumerate() {
                    <div key={index} class="verdict" data-tone={tone_name(own.tone)}>
                        { icon(sign(own.tone)) }<strong>{ &own.text }</strong><span class="small">{ &own.about }</span>
                    </div>
                }
            </div>
        },
        Block::Findings(findings) => html! {
            <ul class="findings">
                for (index, finding) in findings.iter().enumerate() {
                    <li key={index} class="finding" data-tone={tone_name(finding.tone)} data-code={finding.code.clone()}>{ finding_item(page, finding) }</li>
                }
            </ul>
        },
        Block::Facts(facts) => html! {
            <dl class="facts">
                for (index, [name, value]) in facts.iter().enumerate() {
                    <div key={index}><dt>{ name }</dt><dd><bdi>{ value }</bdi></dd></div>
                }
            </dl>
        },
        Block::Map(map) => disk_map(map),
        Block::Table(own) => table(own),
        Block::Code(own) => code(own),
        Block::Progress(own) => progress(own),
        Block::Strip(own) => part_strip(own),
        Block::Details(details) => html! {
            <details open={details.open}>
                <summary>{ &details.summary }</summary>
                { blocks(page, &details.body) }
            </details>
        },
        Block::Offers(offers) => html! {
            <div class="row">
                for (index, own) in offers.iter().enumerate() {
                    <button key={index} type="button" class="button" onclick={taking(page, own)}>{ &own.text }</button>
                }
            </div>
        },
        Block::Link(own) => html! { <p class="small">{ link(own) }</p> },
    }
}

fn paragraph(own: &Text) -> Html {
    let lead = html! {
        <>if !own.lead.is_empty() { <strong>{ &own.lead }</strong>{ " " } }{ &own.text }</>
    };
    match own.tone {
        Tone::Plain => html! { <p>{ lead }</p> },
        Tone::Soft => html! { <p class="small soft">{ lead }</p> },
        tone => {
            html! { <p class="notice" data-tone={tone_name(tone)}>{ icon(sign(tone)) }<span>{ lead }</span></p> }
        }
    }
}

/// The sign that goes with a tone.
pub(super) fn sign(tone: Tone) -> Shape {
    match tone {
        Tone::Good => Shape::Check,
        Tone::Warn => Shape::Warning,
        Tone::Bad => Shape::Cross,
        _ => Shape::Info,
    }
}

fn taking(page: &Page, offer: &Offer) -> Callback<MouseEvent> {
    let (page, changes) = (page.clone(), offer.changes.clone());
    Callback::from(move |_| changes.iter().for_each(|change: &Action| page.change(change.clone())))
}

/// A link to a page outside; an address of any other scheme is shown as text.
pub(super) fn link(own: &Link) -> Html {
    if own.address.starts_with("https://") {
        html! { <a href={own.address.clone()} target="_blank" rel="noreferrer">{ &own.text }</a> }
    } else {
        html! { <span>{ &own.text }</span> }
    }
}

/// A badge.
pub(super) fn badge(own: &Label) -> Html {
    html! { <span class="badge" data-tone={tone_name(own.tone)}>{ &own.about }{ ": " }{ &own.text }</span> }
}

/// Text to take away.
pub(super) fn code(own: &Code) -> Html {
    let Code { id, label, text, file_name } = own.clone();
    html! { <CodeBlock {id} {label} {text} file_name={file_name.map(AttrValue::from)} /> }
}

fn progress(own: &Progress) -> Html {
    html! {
        <div class="code">
            <progress max={own.of.max(1).to_string()} value={(own.of > 0).then(|| own.done.to_string())} aria-label={own.label.clone()} />
            <p class="figures small">
                for (index, figure) in own.figures.iter().enumerate() {
                    <span key={index}>{ figure }</span>
                }
            </p>
        </div>
    }
}

fn table(own: &Table) -> Html {
    html! {
        <div class="table-scroll" tabindex="0" role="region" aria-label={own.label.clone()}>
            <table>
                <thead>
                    <tr>
                        for (index, head) in own.head.iter().enumerate() {
                            <th key={index} scope="col">{ head }</th>
                        }
                    </tr>
                </thead>
                <tbody>
                    for (index, row) in own.rows.iter().enumerate() {
                        <tr key={index}>
                            for (column, cell) in row.iter().enumerate() {
                                <td key={column}>
                                    if own.swatches && column == 0 { { swatch(index) } }
                                    { cell }
                                </td>
                            }
                        </tr>
                    }
                </tbody>
            </table>
        </div>
    }
}
