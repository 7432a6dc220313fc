//! What is said of a pasted text.

use super::aws_pages::AWS_PAGES;
use super::failures::FAILURES;
use super::images::IMAGES;
use super::rules::RULES;
use super::written::WRITTEN;
use crate::text::answer::AnswerTexts;
use crate::text::language::Language;

/// The texts in German.
pub static GERMAN: AnswerTexts = AnswerTexts {
    language: Language::German,
    sentences: &[FAILURES, WRITTEN, RULES, IMAGES, AWS_PAGES],
    filled: "Als {call} gelesen; das Formular ist ausgefüllt. „Rückgängig“ bringt zurück, was vorher da war.",
    filled_guess: "Nach seinen Elementen als {call} gelesen; das Formular ist ausgefüllt. „Rückgängig“ bringt zurück, was vorher da war.",
    not_understood: "Nicht verstanden, Zeile {line}: {text}. {reason}",
    left_out: "Ausgelassen: {text}. {reason}",
    terraform_not_read: "Terraform wird hier geschrieben, nicht gelesen: einen Befehl oder eine Eingabe mit denselben Parametern einfügen.",
    nothing: "Darin ist nichts, was hier bekannt ist.",
    answer_of: "Eine Antwort von {call}.",
    request_id: "ID der Anfrage",
    task: "Importaufgabe",
    snapshot: "Snapshot",
    image: "AMI",
    running: "Läuft",
    succeeded: "Fertig",
    failed: "Gescheitert",
    cancelled: "Abgebrochen",
    status: "Status: {status}",
    unknown: "In einem hier unbekannten Zustand",
    progress: "Fortschritt von {id}",
    cause: "Warum:",
    cure: "Was zu tun ist:",
    aws_page: "AWS: {page}",
    foretold: "Das zeigt schon das Abbild: auf dieser Seite gewählt, wird es vor dem nächsten Hochladen gemeldet.",
    is_good: "Alles in Ordnung:",
    error: "AWS hat es abgelehnt:",
    all_fields: "Alle Felder",
    next: "Wie es weitergeht",
    fill_form: "Formular von {call} ausfüllen",
    poll_command: "Befehl, der fragt, wie es steht",
    poll_script: "Skript, das auf das Ende wartet",
    step_command: "Befehl",
    known_snapshot: "Das ist ein Snapshot.",
    known_task: "Das ist eine Importaufgabe.",
    known_object: "Das ist ein Objekt in S3.",
    known_kms: "Das ist ein KMS-Schlüssel.",
    known_url: "Das ist eine vorsignierte URL. Eine zum Hochladen gehört in das Feld unter Upload, sobald das Abbild gewählt ist; eine zum Lesen kann die Adresse sein, von der ein Import liest.",
    use_kms: "Mit diesem Schlüssel verschlüsseln",
    plan_opened: "Der Plan ist geöffnet.",
    plan_over: "Der Plan ist geöffnet. Was vorher eingegeben war, ist nicht verloren: „Rückgängig“ bringt es zurück.",
    plan_same: "Das ist der Plan, der schon da ist.",
    plan_link_refused: "Dieser Link enthält keinen lesbaren Plan; nichts wurde geändert. {reason}",
    plan_file_refused: "Dieser Plan lässt sich nicht lesen; nichts wurde geändert. {reason}",
};
