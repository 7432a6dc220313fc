//! axe-core's rules for WCAG 2.2 AA, held to what the page shows: in the states that a journey names, and in every other
//! state that any journey comes by.

use crate::browser::Browser;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashSet};
use std::sync::{LazyLock, Mutex, PoisonError};

/// What axe has found, each fault with the first state it was seen in.
#[derive(Default)]
pub(crate) struct Audit {
    faults: BTreeMap<String, String>,
}

/// Gives the faults of the document as texts.
const FAULTS: &str = "
    const faults = async () => {
        const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
        const {violations} = await axe.run(document, {runOnly: rules, resultTypes: ['violations']});
        return violations.flatMap(({id, nodes}) =>
            nodes.map(({target, failureSummary}) => `${id} at ${target.join(' ')}: ${failureSummary}`));
    };";

/// In both themes, as the page lies; afterwards it is as it was. The bar at the top covers what is scrolled below it, and
/// axe would measure what is left of it.
const BOTH_THEMES: &str = "
    const root = document.documentElement;
    const [x, y, chosen] = [scrollX, scrollY, root.dataset.theme];
    scrollTo({top: 0, behavior: 'instant'});
    const found = {};
    const look = async (theme) => { root.dataset.theme = theme; found[theme] = await faults(); };
    return look('light').then(() => look('dark')).finally(() => {
        if (chosen === undefined) delete root.dataset.theme; else root.dataset.theme = chosen;
        scrollTo({left: x, top: y, behavior: 'instant'});
    }).then(() => found)";

/// What the page is made of, without its words: a number for each element that is shown, by its kind, its state and all that
/// it lies in. A page is in a state of its own when it has an element that no other state had.
const SHAPES: &str = r"
    const narrow = innerWidth < 700 ? 'narrow' : 'wide';
    const shapes = new Set();
    const hash = (text, seed) => {
        let value = seed;
        for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 16777619) >>> 0;
        return value;
    };
    const kept = /^(id|class|role|type|disabled|hidden|open|data-(tone|phase|state|shape|theme)|aria-(?!label$|valuenow|valuetext).*)$/;
    const visit = (element, above) => {
        if (!element.checkVisibility()) return;
        const own = [...element.attributes].filter(({name}) => kept.test(name)).map(({name, value}) => `${name}=${value.replace(/\d+/g, '#')}`);
        const shape = hash([element.tagName, ...own.sort()].join(' '), above);
        shapes.add(shape);
        if (element.tagName !== 'svg' && element.tagName !== 'PRE') for (const child of element.children) visit(child, shape);
    };
    visit(document.body, hash(`${document.documentElement.lang} ${narrow}`, 2166136261));
    return [...shapes]";

/// The shapes of all that was held to the rules already, in whichever journey.
static SEEN: LazyLock<Mutex<HashSet<u64>>> = LazyLock::new(Mutex::default);

impl Audit {
    /// Holds a state of the page to the rules: everything that is folded up unfolded, light and dark, wide and narrow.
    pub(crate) async fn check(&mut self, browser: &Browser, state: &str) {
        bring_axe(browser).await;
        // What is folded up is shown to whoever opens it.
        browser.script("document.querySelectorAll('details').forEach(part => part.open = true)").await;
        for width in [1280, 390] {
            browser.set_width(width).await;
            let found = browser.script(&format!("{FAULTS}{BOTH_THEMES}")).await;
            self.note(&found, &format!("{state}, {width} px"));
        }
    }

    /// Holds the page as it lies to the rules, if it shows something that no journey has shown yet. A page that goes away
    /// meanwhile is left: the journey will come by what follows it.
    pub(crate) async fn check_if_new(&mut self, browser: &Browser, state: &str) {
        let look = async |script: &str| browser.client.execute(script, Vec::new()).await.ok();
        let Some(Value::Array(shapes)) = look(SHAPES).await else { return };
        let is_new = {
            let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
            // All of them are noted, not the first alone.
            shapes.iter().filter_map(Value::as_u64).filter(|shape| seen.insert(*shape)).count() > 0
        };
        if !is_new {
            return;
        }
        bring_axe(browser).await;
        if let Some(found) = look(&format!("{FAULTS}{BOTH_THEMES}")).await {
            self.note(&found, state);
        }
    }

    fn note(&mut self, found: &Value, state: &str) {
        for (theme, faults) in found.as_object().expect("faults by theme") {
            for fault in faults.as_array().expect("a list").iter().filter_map(Value::as_str) {
                self.faults.entry(fault.to_owned()).or_insert_with(|| format!("{state}, {theme}"));
            }
        }
    }

    /// Fails when there are faults.
    pub(crate) fn finish(self) {
        let list: Vec<_> = self.faults.iter().map(|(fault, state)| format!("[{state}] {fault}")).collect();
        assert!(list.is_empty(), "{}", list.join("\n\n"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_breaks_a_rule_is_found_in_passing_and_once() {
    const NAMELESS: &str = "document.querySelector('main').insertAdjacentHTML('beforeend', '<button class=\"nameless\"></button>')";
    let page = crate::page_server::PageServer::start_with(&[]);
    let browser = Browser::open(&page.address).await;
    browser.stop_auditing();
    browser.script(NAMELESS).await;
    let (mut first, mut again) = (Audit::default(), Audit::default());
    first.check_if_new(&browser, "a button without a name").await;
    again.check_if_new(&browser, "the same").await;
    browser.close().await;
    assert!(first.faults.keys().any(|fault| fault.starts_with("button-name")), "{:?}", first.faults);
    assert!(again.faults.is_empty(), "{:?}", again.faults);
}

/// Whether every state that journeys come by is looked at. Not beside a stopwatch, and not on another browser.
pub(crate) fn is_wanted() -> bool {
    std::env::var_os("IMPORT_PLANNER_AUDIT").is_some()
}

/// Loads axe-core into the page, once: WebDriver's scripts are not subject to the page's policy. A page that goes away
/// meanwhile is told by what is asked of it next.
async fn bring_axe(browser: &Browser) {
    let run = async |script: &str| browser.client.execute(script, Vec::new()).await.ok();
    if run("return typeof axe").await == Some(json!("undefined")) {
        run(&axe()).await;
    }
}

/// The program of axe-core.
fn axe() -> String {
    let path = std::env::var("IMPORT_PLANNER_AXE").expect("`cargo xtask test` sets IMPORT_PLANNER_AXE");
    std::fs::read_to_string(path).expect("axe-core is there")
}
