//! What the scripts ask of boto3 is asked of older versions only where they know it.

use crate::moto::ask;
use crate::shellcheck::every_kind;
use import_planner::runbook::{Language, write};
use serde_json::json;

/// A botocore from before 1.36: it refuses an option that it does not know.
const OLDER: &str = r#"
import botocore.config
class Older(botocore.config.Config):
    OPTION_DEFAULTS = dict(botocore.config.Config.OPTION_DEFAULTS)
    del OPTION_DEFAULTS["request_checksum_calculation"]
botocore.config.Config = Older
"#;

/// What the pieces of Python in the scripts expect around them.
const AROUND: &str = r#"
import os, sys
sys.argv = ["-", "eu-west-1", "bucket", "key"]
os.environ.update({"IMPORT_REGION": "eu-west-1", "IMPORT_BUCKET": "bucket", "IMPORT_KEY": "key"})
"#;

#[test]
fn an_older_boto3_is_not_asked_for_what_it_does_not_know() {
    let mut everything = every_kind().pop().unwrap();
    // The machine that tests has no profile.
    everything.profile = None;
    let pieces = [
        (Language::Bash, "<<'PYTHON'\n", "\ns3 = "),
        (Language::PowerShell, "within twelve hours:\"\n    @'\n", "\ns3 = "),
        (Language::Python, "\n\nimport collections", "\nec2 = "),
    ];
    for (language, beginning, end) in pieces {
        let text = write(&everything, language).unwrap().text;
        let (_, rest) = text.split_once(beginning).unwrap();
        let (piece, _) = rest.split_once(end).unwrap();
        let piece =
            if language == Language::Python { format!("import collections{piece}") } else { piece.into() };
        let option = "getattr(config, 'request_checksum_calculation', 'unknown')";
        let asked = |before: &str| ask(&format!("{before}{AROUND}{piece}\nresult = {option}"), &json!({}));
        assert_eq!(asked(OLDER), "unknown", "{}", language.name());
        assert_eq!(asked(""), "when_required", "{}", language.name());
    }
}
