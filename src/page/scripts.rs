//! What the page's small scripts bring to life: drawn here, so that it speaks the person's language.

use crate::browser::document;
use crate::text::page::PageTexts;
use yew::prelude::*;

/// The choice between light and dark. `www/theme.js` hears it, keeps it, and sets it before the first paint of the next visit.
pub(super) fn theme(texts: &PageTexts) -> Html {
    let chosen = document::theme();
    let themes = [("", texts.theme_system), ("light", texts.theme_light), ("dark", texts.theme_dark)];
    html! {
        <label class="theme">
            { texts.theme }
            <select id="theme">
                for (value, name) in themes {
                    <option {value} selected={value == chosen}>{ name }</option>
                }
            </select>
        </label>
    }
}

/// The button of the help, which lies in `index.html`: it is there before the page's program, and when that fails.
pub(super) fn help_button(texts: &PageTexts) -> Html {
    html! {
        <button id="help-open" type="button" class="help-open" popovertarget="help" aria-label={texts.help}>{ "?" }</button>
    }
}

/// The bar that says that there is a new version. `www/updates.mjs` shows it, and reloads the page when its button is pressed.
pub(super) fn update_bar(texts: &PageTexts) -> Html {
    html! {
        <div class="update" role="status">
            <p id="update" hidden=true>
                { texts.update_ready }
                <button type="button" class="button primary">{ texts.update_reload }</button>
            </p>
        </div>
    }
}
