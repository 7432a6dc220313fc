//! What is said of the runbook.

use super::forms::FORMS;
use super::rules::RULES;
use super::written::WRITTEN;
use crate::text::language::Language;
use crate::text::runbook::RunbookTexts;

/// The texts in German.
pub static GERMAN: RunbookTexts = RunbookTexts {
    language: Language::German,
    sentences: &[FORMS, RULES, WRITTEN],
    script_language: "Sprache",
    copies: "In diese Regionen kopieren",
    copies_help: "Regionen, in die der Snapshot kopiert wird, durch Kommas getrennt; leer für keine.",
    only_imports: "Ein Runbook gibt es für ImportSnapshot und ImportImage: oben eines davon wählen.",
    waiting: "Das Runbook steht hier, sobald das Formular vollständig ist.",
    script: "Runbook",
    steps: "Seine Schritte und ihr Zweck",
    estimates: "Ungefähre Kosten und Dauer",
    once: "{from} bis {to} US-Dollar",
    monthly: "{from} bis {to} US-Dollar im Monat",
    time: "{from} bis {to}",
};
