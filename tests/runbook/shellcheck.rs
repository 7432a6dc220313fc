//! The scripts hold with the checkers of their languages, whichever steps are on.

use crate::moto::ask;
use crate::{plan, runbook};
use import_planner::runbook::step::STEPS;
use import_planner::runbook::{Language, Runbook, write};
use serde_json::{Value, json};
use std::io::Write;
use std::process::{Command, Stdio};

/// All steps, each step alone, and an import of an image.
pub(crate) fn every_kind() -> Vec<Runbook> {
    let mut whole = plan("every-step");
    whole["origin"] = json!("https://planner.example");
    whole["profile"] = json!("it's mine");
    whole["register"] = json!({"Name": "web-1", "Architecture": "x86_64"});
    whole["copies"] = json!([{"region": "us-east-1"}]);
    whole["tags"] = json!([{"key": "$(a)", "value": "'@\n'@ \u{2019} \" `"}]);
    let all: Value = STEPS
        .iter()
        .map(|about| (about.name.to_owned(), json!(true)))
        .collect::<serde_json::Map<_, _>>()
        .into();
    let mut kinds = Vec::new();
    for about in &STEPS {
        let mut alone = whole.clone();
        alone["steps"] = STEPS
            .iter()
            .map(|each| (each.name.to_owned(), json!(each.name == about.name)))
            .collect::<serde_json::Map<_, _>>()
            .into();
        kinds.push(alone);
    }
    let mut image = plan("every-step");
    image["call"] = json!("ImportImage");
    image["region"] = json!("us-east-1");
    image["parameters"] = json!({"DiskContainers": [{"Format": "OVA"}]});
    kinds.push(image.clone());
    image["parameters"] = json!({"DiskContainers": [{"SnapshotId": "snap-0123456789abcdef0"}]});
    image["disks"] = json!([]);
    kinds.push(image);
    let mut machine = whole.clone();
    machine["call"] = json!("ImportImage");
    machine["parameters"] = json!({"DiskContainers": [{"Format": "RAW"}, {"Format": "RAW"}]});
    machine["disks"] = json!([
        {"bucket": "every-step", "key": "'@ $(a)", "file": {"name": "web.raw", "size": 1}},
        {"bucket": "every-step-2", "key": "$(a)\n'@", "file": {"name": "$(a) ' \u{2019} `.raw", "size": 2}},
    ]);
    for step in ["register", "copy"] {
        machine["steps"][step] = json!(false);
    }
    machine["steps"]["presign"] = json!(true);
    machine["steps"]["clean-up"] = json!(true);
    kinds.push(machine);
    whole["steps"] = all;
    kinds.push(whole);
    kinds.into_iter().map(runbook).collect()
}

#[test]
fn shellcheck_finds_nothing_in_any_bash_runbook() {
    for runbook in every_kind() {
        let text = write(&runbook, Language::Bash).unwrap().text;
        let mut command = Command::new("shellcheck");
        command.args(["--shell=bash", "--severity=style", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("shellcheck is installed by `cargo xtask test`");
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}\n{text}", String::from_utf8_lossy(&output.stdout));
    }
}

#[test]
fn every_python_runbook_compiles_and_names_only_what_it_has() {
    // Every global name that a function loads is a builtin or assigned at the top.
    const CHECK: &str = r#"
import builtins, dis, types
def loaded(code):
    names = {each.argval for each in dis.get_instructions(code) if each.opname in ("LOAD_GLOBAL", "LOAD_NAME")}
    return names.union(*(loaded(inner) for inner in code.co_consts if isinstance(inner, types.CodeType)))
result = []
for text in given:
    code = compile(text, "import.py", "exec")
    stored = {each.argval for each in dis.get_instructions(code) if each.opname in ("STORE_NAME", "STORE_GLOBAL")}
    result.append(sorted(loaded(code) - stored - set(dir(builtins)) - {"__name__"}))
"#;
    let texts: Vec<String> =
        every_kind().iter().map(|runbook| write(runbook, Language::Python).unwrap().text).collect();
    let missing = ask(CHECK, &json!(texts));
    assert_eq!(missing, json!(vec![json!([]); texts.len()]));
}
