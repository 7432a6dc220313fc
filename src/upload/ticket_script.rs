//! The script that makes a ticket, for AWS CloudShell or any computer with boto3.

use super::endpoint::Network;
use super::part_plan::PartPlan;
use serde_json::Value;

/// The script with names in the place of its constants.
const SCRIPT: &str = include_str!("ticket_script/make_ticket.py");

/// The longest lifetime that a signature may have, in hours.
pub const LONGEST_HOURS: u32 = 168;

/// What a ticket is wanted for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The bucket.
    pub bucket: String,
    /// The key the object will have.
    pub key: String,
    /// The bucket's Region.
    pub region: String,
    /// The name of the file.
    pub file_name: String,
    /// Its size and its parts.
    pub plan: PartPlan,
    /// How long the ticket is to hold, in hours; the session that signs it may end sooner.
    pub hours: u32,
    /// The upload of an expired ticket, to sign the parts that it lacks.
    pub upload_id: Option<String>,
    /// The role whose credentials are handed out where the parts are too many for a ticket.
    pub role_arn: Option<String>,
    /// Which of S3's endpoints the URLs are to lead to.
    pub network: Network,
}

/// boto3's option for FIPS 140-3, which stands beside those of S3 in a `Config`.
const FIPS: &str = "use_fips_endpoint";

/// The options by which boto3 signs for an endpoint; none for the Region's own, so that a script says no more than what
/// was chosen.
fn options_of(network: &Network) -> &'static [&'static str] {
    match network {
        Network::DualStack => &["use_dualstack_endpoint"],
        Network::Accelerated => &["use_accelerate_endpoint"],
        Network::AcceleratedDualStack => &["use_accelerate_endpoint", "use_dualstack_endpoint"],
        Network::Fips => &[FIPS],
        // A server of one's own is told to boto3 by its environment.
        Network::Regional | Network::Own(_) => &[],
    }
}

/// The arguments of a `Config` that signs for an endpoint with the bucket in the host's name, as Python.
pub fn config_arguments(network: &Network) -> String {
    let mut of_s3 = vec![("addressing_style", "\"virtual\"")];
    of_s3
        .extend(options_of(network).iter().filter(|option| **option != FIPS).map(|option| (*option, "True")));
    let of_s3: Vec<String> = of_s3.iter().map(|(name, value)| format!("\"{name}\": {value}")).collect();
    let beside = if *network == Network::Fips { format!(", {FIPS}=True") } else { String::new() };
    format!("signature_version=\"s3v4\", s3={{{}}}{beside}", of_s3.join(", "))
}

impl Wanted {
    /// Whether the script will hand out credentials instead of a ticket.
    pub fn is_too_long_for_a_ticket(&self) -> bool {
        u64::from(self.plan.count()) > super::part_plan::USUAL_COUNT
    }

    /// The Python script.
    pub fn script(&self) -> String {
        let optional = |text: &Option<String>| text.as_deref().map_or("None".to_owned(), literal);
        let part_size = if self.plan.is_single() { 0 } else { self.plan.part_size() };
        let endpoint: Vec<String> =
            options_of(&self.network).iter().map(|option| format!("\"{option}\": True")).collect();
        let constants = [
            ("bucket", literal(&self.bucket)),
            ("key", literal(&self.key)),
            ("region", literal(&self.region)),
            ("file_name", literal(&self.file_name)),
            ("file_size", self.plan.file_size().to_string()),
            ("part_size", part_size.to_string()),
            ("hours", self.hours.clamp(1, LONGEST_HOURS).to_string()),
            ("upload_id", optional(&self.upload_id)),
            ("role_arn", optional(&self.role_arn)),
            ("endpoint", format!("{{{}}}", endpoint.join(", "))),
        ];
        // Line by line, so that a value which looks like one of the names is left alone.
        let mut script = String::with_capacity(SCRIPT.len() + 500);
        for line in SCRIPT.lines() {
            let constant = constants
                .iter()
                .find(|(name, _)| line.contains(" = ") && line.contains(&format!("\"@{name}@\"")));
            match constant {
                Some((name, value)) => script.push_str(&line.replace(&format!("\"@{name}@\""), value)),
                None => script.push_str(line),
            }
            script.push('\n');
        }
        script
    }

    /// One command for a POSIX shell such as CloudShell's, which runs the script.
    pub fn command(&self) -> String {
        // No line of the script is this one: texts in it stand in quotes and have no line breaks.
        format!("python3 - <<'END_OF_SCRIPT'\n{}END_OF_SCRIPT\n", self.script())
    }
}

/// A text as Python writes it. JSON's way of quoting is Python's too, as long as nothing is written as a pair of
/// surrogates, which `serde_json` never does.
fn literal(text: &str) -> String {
    // Line separators that Python's own reader of lines would take for one inside a here-document are no danger: only
    // "\n" ends a line there, and it is escaped.
    Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_constant_is_filled_in_once() {
        let wanted = Wanted {
            bucket: "b-1".into(),
            key: "a \"@region@\"\n\\END_OF_SCRIPT".into(),
            region: "eu-west-1".into(),
            file_name: "диск.vmdk".into(),
            plan: PartPlan::for_file(1 << 30).unwrap(),
            hours: 1000,
            upload_id: None,
            role_arn: Some("arn:aws:iam::111122223333:role/r".into()),
            network: Network::Regional,
        };
        let script = wanted.script();
        assert!(script.contains("\nKEY = \"a \\\"@region@\\\"\\n\\\\END_OF_SCRIPT\"\n"), "{script}");
        assert!(script.contains("\nHOURS = 168\nUPLOAD_ID = None "));
        assert!(script.contains("\nPART_SIZE = 16777216 "));
        assert!(!script.contains(" = \"@"), "{script}");
        assert!(script.contains("\nENDPOINT = {} "));
        assert!(wanted.command().ends_with("\nEND_OF_SCRIPT\n"));
    }

    #[test]
    fn another_endpoint_is_written_where_it_was_chosen() {
        let cases = [
            (Network::Regional, "", ""),
            (Network::Accelerated, ", \"use_accelerate_endpoint\": True", ""),
            (Network::DualStack, ", \"use_dualstack_endpoint\": True", ""),
            (Network::Fips, "", ", use_fips_endpoint=True"),
        ];
        for (network, of_s3, beside) in cases {
            let expected = format!(
                "signature_version=\"s3v4\", s3={{\"addressing_style\": \"virtual\"{of_s3}}}{beside}"
            );
            assert_eq!(config_arguments(&network), expected);
        }
    }
}
