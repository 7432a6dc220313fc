//! The page's end of the worker that writes requests.

use super::worker::PageWorker;
use crate::present::{Ask, Told};
use std::cell::RefCell;
use std::rc::Rc;

/// Answers what it is asked, later and in order; of several questions that wait, only the newest is answered.
pub type Answer = Rc<dyn Fn(Ask)>;

/// How the page gets its requests written: given what is to hear the answers, something that takes the questions.
/// The page hands over a worker; a test, a function.
#[derive(Clone)]
pub struct Compose(pub Rc<dyn Fn(Rc<dyn Fn(Told)>) -> Answer>);

impl PartialEq for Compose {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[derive(Default)]
struct State {
    worker: Option<PageWorker>,
    /// Whether the worker has come to an end: the next question starts another.
    stopped: bool,
    /// Whether the worker owes an answer.
    asked: bool,
    /// The newest question of each kind that waits for it, by [`kind`].
    waiting: [Option<Ask>; 3],
    /// What the worker was told last of what an upload is to be made by.
    means: String,
}

const WRITE: usize = 0;
const PASTE: usize = 1;
const AIM: usize = 2;

/// What to write, what to make of a pasted text, or where an upload would go.
fn kind(ask: &Ask) -> usize {
    match ask {
        Ask::Paste { .. } => PASTE,
        Ask::Aim(_) => AIM,
        _ => WRITE,
    }
}

/// Requests are written by a worker of their own, which is started with the first question.
pub fn by_worker() -> Compose {
    Compose(Rc::new(|told| {
        let state = Rc::new(RefCell::new(State::default()));
        Rc::new(move |ask| ask_worker(&state, ask, &told))
    }))
}

fn ask_worker(state: &Rc<RefCell<State>>, mut ask: Ask, told: &Rc<dyn Fn(Told)>) {
    // Not when it stops: its own listener cannot end the worker that calls it.
    if std::mem::take(&mut state.borrow_mut().stopped) {
        let ended = state.borrow_mut().worker.take();
        drop(ended);
    }
    if state.borrow().worker.is_none() {
        let (own, hears) = (Rc::clone(state), Rc::clone(told));
        match PageWorker::start("composer", move |said| heard(&own, said, &hears)) {
            Ok(worker) => {
                let mut state = state.borrow_mut();
                state.worker = Some(worker);
                state.means.clear();
            }
            Err(reason) => return told(Told::Stopped(reason)),
        }
    }
    let mut state = state.borrow_mut();
    if state.asked {
        let kind = kind(&ask);
        if kind == WRITE {
            // What is to be written is of now: nothing that waits is to bring back what was before.
            state.waiting[AIM] = None;
        }
        state.waiting[kind] = Some(ask);
        return;
    }
    state.asked = true;
    let posted = post(&mut state, &mut ask);
    state.asked = posted.is_ok();
    drop(state);
    if let Err(reason) = posted {
        told(Told::Stopped(reason));
    }
}

/// Posts the question, and before it what an upload is to be made by, where that has changed.
fn post(state: &mut State, ask: &mut Ask) -> Result<(), String> {
    let Some(worker) = &state.worker else { return Ok(()) };
    if let Ask::Write(situation) | Ask::Aim(situation) = ask {
        let means = std::mem::take(&mut situation.upload.url);
        if means != state.means {
            worker.ask(&Ask::Means(means.clone()), &[])?;
            state.means = means;
        }
    }
    worker.ask(ask, &[])
}

fn heard(state: &Rc<RefCell<State>>, said: Told, told: &Rc<dyn Fn(Told)>) {
    let (waiting, is_pasted_anew) = {
        let mut state = state.borrow_mut();
        state.asked = false;
        state.stopped = matches!(said, Told::Stopped(_));
        if state.stopped {
            state.waiting = [const { None }; 3];
        }
        let is_pasted_anew = state.waiting[PASTE].is_some();
        (state.waiting.iter_mut().find_map(Option::take), is_pasted_anew)
    };
    // An answer that a newer question has overtaken is not shown: what was typed since would flicker.
    let overtaken = match &said {
        Told::Written(_) | Told::Aimed(_) => matches!(waiting, Some(Ask::Write(_))),
        Told::Pasted(_) => is_pasted_anew,
        _ => false,
    };
    if let Some(ask) = waiting {
        ask_worker(state, ask, told);
    }
    if !overtaken {
        told(said);
    }
}
