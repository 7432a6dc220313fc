//! What is said of the runbook: the whole journey as one script.

super::texts! {
    /// What is said of the runbook: the whole journey as one script.
    RunbookTexts in runbook {
        script_language: "Language",
        copies: "Copy to these Regions",
        copies_help: "Regions to copy the snapshot to, separated by commas; none where this is empty.",
        only_imports: "A runbook is written for ImportSnapshot and ImportImage: choose one of them above.",
        waiting: "The runbook is written here as soon as the form is complete.",
        script: "Runbook",
        steps: "Its steps, and why",
        estimates: "Rough cost and time",
        once: "{from} to {to} US dollars",
        monthly: "{from} to {to} US dollars a month",
        time: "{from} to {to}",
    }
}
