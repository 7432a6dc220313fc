//! The third step: what is to be imported, and how. The controls come from the call's table.

use super::context::{Page, use_page};
use super::field::{field, region_field};
use super::problems::REGION;
use super::tags_field::tags_field;
use crate::plan::{Action, Location};
use crate::request::calls::IMPORT_SNAPSHOT;
use crate::request::regions;
use yew::prelude::*;

/// The parameters that most people need, besides the image's place and encryption.
const MAIN: &[&str] = &["DiskContainer.Format", "Description"];
/// How the request names the image by bucket and key.
const BUCKET: &[&str] = &["DiskContainer.UserBucket.S3Bucket", "DiskContainer.UserBucket.S3Key"];
/// How it names it by an address.
const ADDRESS: &[&str] = &["DiskContainer.Url"];
const ENCRYPTION: &[&str] = &["Encrypted", "KmsKeyId"];
/// The ones that take the whole width.
const WIDE: &[&str] = &["Description", "KmsKeyId", "DiskContainer.Url"];
/// The ones that few need.
const MORE: &[&str] = &[
    "DiskContainer.Description",
    "RoleName",
    "ClientToken",
    "ClientData.Comment",
    "ClientData.UploadStart",
    "ClientData.UploadEnd",
    "ClientData.UploadSize",
    "DryRun",
];

/// The card of the request's form.
#[component]
pub(super) fn ImportCard() -> Html {
    let page = use_page();
    let texts = page.texts;
    let clear = {
        let page = page.clone();
        Callback::from(move |_: MouseEvent| page.change(Action::Clear))
    };
    html! {
        <section id="import" class="card" aria-labelledby="import-title">
            <header>
                <h2 id="import-title">{ texts.import_title }</h2>
                <button type="button" class="button quiet" onclick={clear}>{ texts.clear_all }</button>
            </header>
            <datalist id="regions">
                for region in regions::names() {
                    <option key={region} value={region} />
                }
            </datalist>
            <div class="fields">
                { region_field(&page, REGION) }
                { fields(&page, &MAIN[..1]) }
            </div>
            { location_fields(&page) }
            <div class="fields">{ fields(&page, &MAIN[1..]) }</div>
            <fieldset>
                <legend>{ texts.encryption }</legend>
                <div class="fields">{ fields(&page, ENCRYPTION) }</div>
            </fieldset>
            { tags_field(&page, "import-snapshot-task") }
            <details>
                <summary>{ texts.more_options }</summary>
                <div class="fields">{ fields(&page, MORE) }</div>
            </details>
        </section>
    }
}

/// The controls of several parameters.
fn fields(page: &Page, paths: &'static [&'static str]) -> Html {
    html! {
        <>
            for path in paths.iter().copied() {
                if let Some(member) = IMPORT_SNAPSHOT.member(path) {
                    { field(page, path, member, WIDE.contains(&path)) }
                }
            }
        </>
    }
}

/// How the request names the image: by bucket and key, or by an address.
fn location_fields(page: &Page) -> Html {
    let texts = page.texts;
    let location = page.plan.0.location;
    let choose = |location: Location| {
        let page = page.clone();
        Callback::from(move |_: Event| page.change(Action::SetLocation(location)))
    };
    html! {
        <fieldset>
            <legend>{ texts.location }</legend>
            <div class="segments">
                <label class="check">
                    <input type="radio" name="location" checked={location == Location::Bucket} onchange={choose(Location::Bucket)} />
                    { texts.location_bucket }
                </label>
                <label class="check">
                    <input type="radio" name="location" checked={location == Location::Address} onchange={choose(Location::Address)} />
                    { texts.location_address }
                </label>
            </div>
            <div class="fields">
                if location == Location::Bucket {
                    { fields(page, BUCKET) }
                } else {
                    { fields(page, ADDRESS) }
                }
            </div>
        </fieldset>
    }
}
