//! Numbers and times by the browser's `Intl`, on the page and in a worker.

use crate::present::Locale;
use crate::text::language::Language;
use wasm_bindgen::{JsCast, JsValue};

/// The browser's own way of writing numbers and times in a language.
pub struct Intl(pub Language);

impl Locale for Intl {
    fn decimal(&self, value: f64, digits: u32) -> String {
        self.written(value, &[("maximumFractionDigits", digits.into())])
    }

    #[expect(clippy::cast_precision_loss, reason = "hundredths")]
    fn percent(&self, hundredths: u64) -> String {
        self.written(hundredths as f64 / 100.0, &[("style", "percent".into())])
    }

    fn bytes(&self) -> &'static str {
        match self.0 {
            Language::English => "bytes",
            Language::German => "Byte",
        }
    }

    fn moment(&self, milliseconds: f64) -> String {
        let options = options(&[("dateStyle", "medium".into()), ("timeStyle", "medium".into())]);
        js_sys::Date::new(&milliseconds.into()).to_locale_string(self.0.tag(), &options).into()
    }
}

impl Intl {
    fn written(&self, value: f64, how: &[(&str, JsValue)]) -> String {
        let languages = js_sys::Array::of1(&self.0.tag().into());
        let formatter = js_sys::Intl::NumberFormat::new(&languages, &options(how));
        let text = formatter.format().call1(&JsValue::NULL, &value.into());
        text.ok().and_then(|text| text.as_string()).unwrap_or_default()
    }
}

fn options(values: &[(&str, JsValue)]) -> js_sys::Object {
    let object = js_sys::Object::new();
    for (name, value) in values {
        let _ = js_sys::Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object.unchecked_into()
}
