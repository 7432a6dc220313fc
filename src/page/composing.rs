//! The request, written anew with each change of the plan or the image.

use super::context::{PlanState, Shared};
use crate::browser::composer::{Answer, Compose};
use crate::browser::{document, storage};
use crate::present::upload::UploadEntry;
use crate::present::{Ask, ImageFacts, Situation, Told, Written};
use std::rc::Rc;
use yew::prelude::*;

/// What is known of the request.
#[derive(Clone, PartialEq, Default)]
pub(super) struct Composed {
    /// As it was last written.
    pub(super) written: Option<Shared<Written>>,
    /// Why it cannot be written; what the browser says of it.
    pub(super) failed: Option<String>,
}

/// Writes the request once `wanted`: until then the program that does it is not even loaded.
#[hook]
pub(super) fn use_composed(
    compose: &Compose,
    plan: PlanState,
    image: Option<ImageFacts>,
    url: &str,
    wanted: bool,
) -> Composed {
    let state = use_state_eq(Composed::default);
    let answer = use_mut_ref(|| None::<Answer>);
    let (compose, setter) = (compose.clone(), state.setter());
    use_effect_with((plan, image, url.to_owned(), wanted), move |(plan, image, url, wanted)| {
        if *wanted {
            let ask = answer
                .borrow_mut()
                .get_or_insert_with(|| {
                    (compose.0)(Rc::new(move |told| match told {
                        Told::Written(written) => {
                            storage::save(&written.draft);
                            setter.set(Composed { written: Some(Shared(written.into())), failed: None });
                        }
                        Told::Failed(reason) | Told::Stopped(reason) => {
                            setter.set(Composed { written: None, failed: Some(reason) });
                        }
                        _ => {}
                    }))
                })
                .clone();
            ask(Ask::Write(Box::new(Situation {
                plan: plan.0.plan.clone(),
                image: image.clone(),
                upload: UploadEntry { url: url.clone(), origin: document::origin() },
                now: document::now_in_seconds(),
            })));
        }
    });
    (*state).clone()
}
