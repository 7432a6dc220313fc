//! A button that opens the browser's own file dialog.

use super::drop_target::Dropped;
use crate::browser::{file, handle};
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) text: &'static str,
    pub(super) primary: bool,
    pub(super) on_files: Callback<Dropped>,
}

/// The button, and the input that it stands for.
#[component]
pub(super) fn FileButton(props: &Props) -> Html {
    let input = use_node_ref();
    let open = {
        let (input, on_files) = (input.clone(), props.on_files.clone());
        Callback::from(move |_: MouseEvent| {
            let on_files = on_files.clone();
            // By a handle the file can be read again after a reload, without being chosen again.
            if handle::choose(move |files| on_files.emit(Dropped::Files(files))) {
                return;
            }
            if let Some(input) = input.cast::<HtmlInputElement>() {
                input.click();
            }
        })
    };
    let take = {
        let on_files = props.on_files.clone();
        Callback::from(move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            on_files.emit(Dropped::Files(file::listed(input.files())));
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
