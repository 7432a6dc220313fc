//! The worker's end: hears which files to read, and answers with a report after each pass.

use super::file::BrowserFile;
use super::messages::{Answer, PickedFile, Reply, Request, Verification, from_message, to_message};
use crate::image::{FileSet, NamedSource};
use crate::inspect::{Inspector, Report};
use std::ops::ControlFlow;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// In how many steps at most the page hears of the progress of a verification.
const STEPS: u64 = 500;

/// Handles every message for as long as the worker lives.
pub fn listen() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let handler =
        Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| match from_message(event.data()) {
            Ok(Request::Inspect(files)) => inspect(files),
            Ok(Request::Verify(files)) => verify(files),
            Err(error) => reply(&Reply::Inspection(Answer::Failed(error.to_string()))),
        });
    scope.set_onmessage(Some(handler.as_ref().unchecked_ref()));
    // The handler lives as long as the worker, which ends by `terminate`.
    handler.forget();
}

fn inspect(files: Vec<PickedFile>) {
    let answer = |answer| reply(&Reply::Inspection(answer));
    let inspector = match inspector(files) {
        Ok(inspector) => inspector,
        Err(reason) => return answer(Answer::Failed(reason)),
    };
    let passes: [(fn(&Inspector) -> _, fn(Box<Report>) -> _); 2] =
        [(Inspector::first, Answer::First), (Inspector::complete, Answer::Complete)];
    for (pass, said) in passes {
        match pass(&inspector) {
            Ok(report) => answer(said(Box::new(report))),
            Err(error) => return answer(Answer::Failed(error.to_string())),
        }
    }
}

fn verify(files: Vec<PickedFile>) {
    let answer = |verification| reply(&Reply::Verification(verification));
    let inspector = match inspector(files) {
        Ok(inspector) => inspector,
        Err(reason) => return answer(Verification::Failed(reason)),
    };
    let mut told = None;
    let verified = inspector.verify(|done, total| {
        let step = done.saturating_mul(STEPS) / total.max(1);
        if told.replace(step) != Some(step) {
            answer(Verification::Progress { done, total });
        }
        // The page ends it by ending the worker.
        ControlFlow::Continue(())
    });
    match verified {
        Ok(Some(report)) => answer(Verification::Finished(Box::new(report))),
        Ok(None) => {}
        Err(error) => answer(Verification::Failed(error.to_string())),
    }
}

fn inspector(files: Vec<PickedFile>) -> Result<Inspector, String> {
    let files = files.into_iter().map(|picked| {
        let source =
            BrowserFile::new(picked.file).map_err(|_| "This browser cannot read files in a worker.")?;
        Ok(NamedSource { name: picked.name, source: Rc::new(source) })
    });
    Ok(Inspector::new(FileSet { files: files.collect::<Result<_, &str>>()? }))
}

fn reply(reply: &Reply) {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let unsaid = |error: serde_wasm_bindgen::Error| match reply {
        Reply::Inspection(_) => to_message(&Reply::Inspection(Answer::Failed(error.to_string()))),
        Reply::Verification(_) => to_message(&Reply::Verification(Verification::Failed(error.to_string()))),
    };
    if let Ok(message) = to_message(reply).or_else(unsaid) {
        let _ = scope.post_message(&message);
    }
}
