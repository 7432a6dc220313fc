//! Numbers, sizes and times as the person's language writes them, by the browser's `Intl`.

use wasm_bindgen::JsValue;

fn format(value: f64, options: &[(&str, JsValue)]) -> String {
    let object = js_sys::Object::new();
    for (name, value) in options {
        let _ = js_sys::Reflect::set(&object, &JsValue::from_str(name), value);
    }
    let locales = js_sys::Array::of1(&language().into());
    let formatted =
        js_sys::Intl::NumberFormat::new(&locales, &object).format().call1(&JsValue::NULL, &value.into());
    formatted.ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// The language of the page, as `<html lang>` says.
fn language() -> String {
    web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element())
        .and_then(|element| element.get_attribute("lang"))
        .unwrap_or_else(|| "en".into())
}

/// A whole number, grouped.
#[expect(clippy::cast_precision_loss, reason = "what is shown has at most 16 digits anyway")]
pub fn number(value: u64) -> String {
    format(value as f64, &[])
}

/// A size in the largest binary unit that keeps it above one: `1.5 GiB`.
#[expect(clippy::cast_precision_loss, reason = "three digits are shown")]
pub fn size(bytes: u64) -> String {
    const UNITS: [&str; 7] = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
    let mut value = bytes as f64;
    let mut unit = 0;
    while value >= 1024.0 && unit + 1 < UNITS.len() {
        value /= 1024.0;
        unit += 1;
    }
    let digits = i32::from(unit > 0 && value < 100.0);
    let text = format(value, &[("maximumFractionDigits", digits.into())]);
    format!("{text}\u{a0}{}", UNITS.get(unit).copied().unwrap_or_default())
}

/// A moment, in the person's time zone; `milliseconds` since 1970.
pub fn moment(milliseconds: f64) -> String {
    let options = js_sys::Object::new();
    for (name, value) in [("dateStyle", "medium"), ("timeStyle", "medium")] {
        let _ = js_sys::Reflect::set(&options, &name.into(), &value.into());
    }
    js_sys::Date::new(&milliseconds.into()).to_locale_string(&language(), &options).into()
}
