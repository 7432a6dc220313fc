//! What no compiler checks: forms of `html!` that lose the focus in Yew 0.23.0 (yewstack/yew#4099, #4092), and words that
//! stand in a component instead of the catalogue of texts.
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
    .chain(
        has_words(&packed).then_some("words in a component are in one language: put them into `src/text/`"),
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

/// Words as a text node or as an attribute that is read out; signs between values are the same in every language.
fn has_words(packed: &str) -> bool {
    let is_word = |text: &str| {
        let text = text.split('"').next().unwrap_or_default();
        text.as_bytes().windows(2).any(|pair| pair.iter().all(u8::is_ascii_alphabetic))
    };
    let attributes = ["aria-label=\"", "placeholder=\"", "title=\"", "alt=\""];
    let in_attribute = attributes.iter().any(|before| packed.split(before).skip(1).any(is_word));
    let in_text = packed.match_indices("{\"").any(|(at, opening)| {
        let before = packed[..at].trim_end();
        // Behind a tag or another value; the value of an `if` or of an arm of a `match` is no text node.
        let is_node = before.ends_with(['>', '}']) && !before.ends_with("=>");
        is_node && is_word(&packed[at + opening.len()..])
    });
    in_attribute || in_text
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
    assert_eq!(offences("<p>{ \"Loading\" }</p>").len(), 1);
    assert_eq!(offences("<input placeholder=\"a name\" />").len(), 1);
    assert_eq!(offences("<p>{ name }{ \": \" }{ value }</p><img alt=\"\" />").len(), 0);
}

/// What is seen before the page's program has arrived must be what the program then draws.
#[test]
fn the_shell_says_what_the_page_says() {
    use import_planner::text::language::Language;
    use import_planner::text::page::PageTexts;
    use import_planner::text::shell::ShellTexts;

    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("index.html");
    let shell = std::fs::read_to_string(&path).expect("index.html");
    let script =
        std::fs::read_to_string(path.with_file_name("www").join("language.js")).expect("language.js");
    for texts in Language::ALL.map(PageTexts::of) {
        let shown = [
            texts.brand,
            texts.privacy,
            texts.title,
            texts.drop_here,
            texts.choose_file,
            texts.drop_hint,
            texts.drop_formats,
            texts.new_request,
            texts.samples,
            texts.sample_taken,
            texts.sample_refused,
            texts.sample_plan,
        ];
        let title = texts.document_title;
        let has_title = shell.contains(&format!("<title>{title}<")) || script.contains(&format!("{title:?}"));
        assert!(has_title, "neither index.html nor language.js has {title:?}");
        for text in shown {
            assert!(shell.contains(&format!(">{text}<")), "index.html lacks {text:?}");
        }
    }
    let boot = std::fs::read_to_string(path.with_file_name("www").join("boot.mjs")).expect("boot.mjs");
    for texts in Language::ALL.map(ShellTexts::of) {
        let shown = [
            texts.loading,
            texts.needs_scripts,
            texts.help_title,
            texts.help_steps,
            texts.help_findings,
            texts.help_privacy,
            texts.help_pasting,
            texts.help_keys,
            texts.help_key,
            texts.help_link,
            texts.close,
        ];
        for text in shown {
            assert!(shell.contains(&format!(">{text}<")), "index.html lacks {text:?}");
        }
        for text in [texts.lacks_webassembly, &texts.not_loaded.replace('{', "${")] {
            assert!(boot.contains(text), "boot.mjs lacks {text:?}");
        }
    }
}
