//! What is said of the request.

use super::forms::FORMS;
use super::rules::RULES;
use super::written::WRITTEN;
use crate::text::form::FormTexts;
use crate::text::language::Language;

/// The texts in German.
pub static GERMAN: FormTexts = FormTexts {
    language: Language::German,
    sentences: &[FORMS, RULES, WRITTEN],
    takes_no_files: "Dieser Teil der Seite nimmt keine Dateien.",
    region: "Region",
    region_missing: "Die Region angeben, zum Beispiel eu-central-1.",
    tag_key: "Schlüssel von Tag {number}",
    tag_value: "Wert von Tag {number}",
    tag_add: "Tag hinzufügen",
    image_place_missing: "Angeben, wo das Abbild in S3 liegt: Bucket und Schlüssel, oder seine Adresse.",
    format_differs: "Das Abbild ist {image}, das Formular sagt {form}.",
    image_refused: "EC2 würde dieses Abbild so ablehnen. Warum, und den Ausweg, sagt das Urteil.",
    output_cli: "AWS CLI",
    output_json: "Eingabe-JSON",
    output_query: "EC2 Query",
    output_hint_cli: "In ein Terminal einfügen, in dem die AWS CLI eingerichtet ist.",
    output_hint_json: "Für --cli-input-json file://…, das beide Versionen der AWS CLI nehmen; Optionen auf der Befehlszeile gehen vor.",
    output_hint_query: "Der Rumpf, den der Befehl an den EC2-Endpunkt sendet, bevor er signiert wird.",
    output_beside: "Datei, die neben dem Befehl liegen muss",
    output_failed: "Diese Anfrage lässt sich in dieser Form nicht schreiben: {reason}",
    item_add: "{item} hinzufügen",
    item_remove: "{item} entfernen",
    tag_name: "Tag {number}",
    output_yaml: "Eingabe-YAML",
    output_boto3: "Python",
    output_terraform: "Terraform",
    output_curl: "curl",
    output_skeleton: "Gerüst",
    output_skeleton_yaml: "Gerüst (YAML)",
    output_hint_yaml: "Für --cli-input-yaml, das Version 2 der AWS CLI kennt; nicht zusammen mit --cli-input-json.",
    output_hint_boto3: "Eine Datei zum Ausführen mit Python 3 und boto3.",
    output_hint_terraform: "Eine Konfiguration für den AWS-Provider von Terraform, wo er eine Ressource für den Aufruf hat.",
    output_hint_curl: "Der Query-Rumpf, gesendet und signiert von curl 7.75 oder neuer.",
    output_hint_skeleton: "Alle Parameter des Aufrufs, zum Ausfüllen von Hand.",
    writing_shell: "Shell",
    writing_layout: "Anordnung",
    writing_version: "Version der AWS CLI",
    writing_profile: "Profil",
    output_command: "Befehl, der die Datei verwendet",
    output_command_prints: "Befehl, der es ausgibt",
    output_skeleton_output: "Antwort",
    output_hint_skeleton_output: "Alle Elemente der Antwort des Aufrufs, wie die AWS CLI sie nennt.",
    sheet_image: "Abbild",
    sheet_date: "Geschrieben am",
    sheet_call: "Aufruf",
    sheet_region: "Region",
};
