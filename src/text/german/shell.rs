//! What is said before the page's program and beside it.

use crate::text::language::Language;
use crate::text::shell::ShellTexts;

/// The texts in German.
pub static GERMAN: ShellTexts = ShellTexts {
    language: Language::German,
    sentences: &[],
    loading: "Wird geladen …",
    needs_scripts: "Diese Seite liest das Abbild im Browser. Sie braucht JavaScript und WebAssembly; bitte für diese Website erlauben.",
    lacks_webassembly: "In diesem Browser ist WebAssembly ausgeschaltet, oder er hat es nicht. Die Seite braucht es, um Abbilder zu lesen: für diese Website erlauben, oder einen aktuellen Browser verwenden.",
    not_loaded: "Das Programm der Seite wurde nicht geladen ({error}). Die Seite neu laden; hilft das nicht, sind ihre Dateien auf dem Server vielleicht unvollständig.",
    help_title: "Wie diese Seite arbeitet",
    help_steps: "Ein Abbild ablegen, das Urteil lesen, die Anfrage ausfüllen, sie dann kopieren oder von hier aus hochladen. Die Schritte oben führen zu jedem Teil, in beliebiger Reihenfolge.",
    help_findings: "Jeder Befund nennt, worauf er beruht, und den Ausweg, als Befehl, wo es einen gibt. Was sich dem Abbild nicht ansehen lässt, gilt als unbekannt.",
    help_privacy: "Abbilder werden in diesem Browser gelesen. Ein Upload geht in den eigenen Bucket und nirgendwohin sonst. Zugangsdaten bleiben im Arbeitsspeicher; das Formular bleibt ohne sie in diesem Browser.",
    help_pasting: "„Nachverfolgen“ nimmt, was vorliegt: einen Befehl, JSON, einen ARN, die Antwort auf eine Abfrage, eine Fehlermeldung.",
    help_keys: "Tab und Umschalt+Tab führen von Feld zu Feld, die Pfeiltasten von einer Form der Anfrage zur nächsten. Esc schließt diese Hilfe.",
    help_key: "Die Taste ? öffnet diese Hilfe",
    help_link: "Was AWS zu VM Import/Export sagt",
    close: "Schließen",
};
