//! There is no PowerShell here to run: its grammar, as tree-sitter-powershell has it, reads the scripts instead.

use crate::shellcheck::every_kind;
use import_planner::runbook::{Language, write};
use tree_sitter::{Node, Parser};

fn parser() -> Parser {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_powershell::LANGUAGE.into()).unwrap();
    parser
}

/// The lines at which the grammar is at a loss.
fn errors(text: &str) -> Vec<String> {
    let tree = parser().parse(text, None).unwrap();
    let mut found = Vec::new();
    visit(tree.root_node(), &mut |node| {
        if node.is_error() || node.is_missing() {
            let line = text.lines().nth(node.start_position().row).unwrap_or_default();
            found.push(format!("{}: {line}", node.start_position().row + 1));
        }
    });
    found
}

fn visit(node: Node<'_>, look: &mut impl FnMut(Node<'_>)) {
    look(node);
    let mut cursor = node.walk();
    for child in node.children(&mut cursor) {
        visit(child, look);
    }
}

#[test]
fn every_powershell_runbook_is_read_without_an_error() {
    for runbook in every_kind() {
        let text = write(&runbook, Language::PowerShell).unwrap().text;
        assert_eq!(errors(&text), Vec::<String>::new(), "{text}");
    }
    assert!(!errors("if ($a { 'b' }").is_empty(), "the grammar finds errors");
}

#[test]
fn what_a_person_entered_stands_in_here_strings_alone() {
    for runbook in every_kind() {
        let text = write(&runbook, Language::PowerShell).unwrap().text;
        let tree = parser().parse(&text, None).unwrap();
        let mut outside = text.clone().into_bytes();
        let mut here_strings = 0;
        visit(tree.root_node(), &mut |node| {
            if node.kind() == "verbatim_here_string_characters" {
                outside[node.byte_range()].fill(b' ');
                here_strings += 1;
            }
        });
        assert!(here_strings > 0);
        let outside = String::from_utf8(outside).unwrap();
        for entered in ["every-step", "$(a)", "it's mine", "web.raw"] {
            assert!(!outside.contains(entered), "{entered}\n{outside}");
        }
    }
}
