//! What no compiler checks: forms of `html!` that lose the focus in Yew 0.23.0 (yewstack/yew#4099, #4092).
#![cfg(not(target_arch = "wasm32"))]

use std::path::Path;

fn sources() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/page");
    let mut sources = Vec::new();
    collect(&folder, &mut sources);
    assert!(sources.len() > 10, "the components are where this test looks");
    sources
}

fn collect(folder: &Path, sources: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).expect("readable").flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, sources);
        } else {
            sources.push((path.display().to_string(), std::fs::read_to_string(&path).expect("text")));
        }
    }
}

/// The forms, without white space.
fn offences(text: &str) -> Vec<&'static str> {
    let packed: String =
        text.split_whitespace().collect::<Vec<_>>().join(" ").replace("{ ", "{").replace(" }", "}");
    [
        (".then(|| html!", "an Option<Html> beside controls loses their focus: use `if` inside html!"),
        (
            ".collect::<Html>()",
            "a collected list loses the focus of controls: use `for item in iterator {…}`",
        ),
        ("html! {}", "a component that shows nothing ends the page: show an empty element"),
        ("html!{}", "a component that shows nothing ends the page: show an empty element"),
        ("html! {<></>}", "a component that shows nothing ends the page: show an empty element"),
    ]
    .into_iter()
    .filter(|(form, _)| packed.contains(form))
    .map(|(_, why)| why)
    .chain(
        has_bare_for(&packed)
            .then_some("`{for iterator}` loses the focus of controls: use `for item in iterator {…}`"),
    )
    .collect()
}

/// `{for iterator}`: the loop without a body, unlike `{for item in iterator {…}}`.
fn has_bare_for(packed: &str) -> bool {
    packed.split("{for ").skip(1).any(|after| {
        let expression = after.split(['{', '}']).next().unwrap_or_default();
        !expression.contains(" in ")
    })
}

#[test]
fn no_component_uses_a_form_that_loses_the_focus_or_ends_the_page() {
    for (path, text) in sources() {
        assert_eq!(offences(&text), Vec::<&str>::new(), "{path}");
    }
}

#[test]
fn the_check_finds_each_form() {
    assert_eq!(offences("{ a.then(|| html! { <p/> }) }").len(), 1);
    assert_eq!(offences("<ul>{ for items }</ul>").len(), 1);
    assert_eq!(offences("html! { <></> }").len(), 1);
    assert_eq!(offences("for item in items { <li/> }").len(), 0);
}

/// What is seen before the page's program has arrived must be what the program then draws.
#[test]
fn the_shell_says_what_the_page_says() {
    use import_planner::text::page::ENGLISH;

    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("index.html");
    let shell = std::fs::read_to_string(path).expect("index.html");
    let texts = [
        ENGLISH.brand,
        ENGLISH.privacy,
        ENGLISH.title,
        ENGLISH.drop_here,
        ENGLISH.choose_file,
        ENGLISH.drop_hint,
        ENGLISH.drop_formats,
        ENGLISH.new_request,
        ENGLISH.samples,
        ENGLISH.sample_taken,
        ENGLISH.sample_refused,
        ENGLISH.sample_plan,
    ];
    for text in texts {
        assert!(shell.contains(&format!(">{text}<")), "index.html lacks {text:?}");
    }
}
