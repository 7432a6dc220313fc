//! The plan without its secrets: what a draft, a file and a link may hold.

use super::Plan;
use crate::request::calls;
use crate::request::secrets::{self, is_public, public};
use crate::request::shape::Request;

/// The setting that names another server than S3, to which the image is uploaded.
pub const UPLOAD_SERVER: &str = "upload.server";

impl Plan {
    /// The plan without signed addresses and credentials, wherever they were pasted. A call that is not known is left
    /// out: nothing says which of its members are secret.
    #[must_use]
    pub fn without_secrets(&self) -> Self {
        let text = |text: &str| public(text, false).unwrap_or_default();
        let mut next = Self {
            region: text(&self.region),
            call: if calls::find(&self.call).is_some() { self.call.clone() } else { Self::default().call },
            ..self.clone()
        };
        next.parameters.clear();
        for (name, parameters) in &self.parameters {
            if let Some(call) = calls::find(name) {
                let request = Request { call, parameters: parameters.clone() };
                next.parameters.insert(name.clone(), request.without_secrets().parameters);
            }
        }
        for texts in [&mut next.choices, &mut next.writing] {
            texts.retain(|name, value| is_public(name) && is_public(value));
        }
        // Whoever sends a link would say where the image of whoever opens it goes.
        next.writing.remove(UPLOAD_SERVER);
        next.proposed.retain(|name, value| is_public(name) && secrets::keep_public(value));
        next
    }
}
