//! The settings of an upload: what can be chosen, and what of it was. They lie in the plan beside those of the writing.

use super::super::control::Kind;
use super::super::output::WritingOption;
use crate::plan::{Plan, UPLOAD_SERVER};
use crate::text::fill;
use crate::text::upload::UploadTexts;
use crate::upload::means::Means;
use crate::upload::part_plan::MIB;
use crate::upload::settings::{MOST_PARALLEL, NETWORKS, Pace, Route, SLOWEST};
use crate::upload::ticket_script::LONGEST_HOURS;

const PARALLEL: &str = "upload.parallel";
const SPEED: &str = "upload.speed";
const NOTIFY: &str = "upload.notify";
const NETWORK: &str = "upload.network";
const BY_PATH: &str = "upload.path";
const HOURS: &str = "upload.hours";
const ROLE: &str = "upload.role";

/// How long a ticket is to hold unless the person says otherwise, in hours: a working day, and about as long as a
/// role's session can.
const USUAL_HOURS: u32 = 12;

/// The largest speed limit that is taken, in MiB a second: more is none.
const FASTEST: f64 = 100_000.0;

/// What was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chosen {
    /// `None` where what was entered is no pace.
    pub(super) pace: Option<Pace>,
    pub(super) route: Route,
    /// Whether the person wants to be told of the end.
    pub(super) notify: bool,
    /// The lifetime of a ticket.
    pub(super) hours: u32,
    pub(super) role_arn: Option<String>,
    /// What is wrong with what was entered; empty for nothing.
    pub(super) problem: &'static str,
}

fn written<'a>(plan: &'a Plan, name: &str) -> &'a str {
    plan.writing.get(name).map_or("", |value| value.trim())
}

/// What the plan says; what it does not say is as usual.
pub(super) fn chosen(texts: &UploadTexts, plan: &Plan) -> Chosen {
    let (parallel, speed) = (parallel(texts, plan), speed(texts, plan));
    let (hours, role) = (hours(texts, plan), role(texts, plan));
    let problems = [parallel.err(), speed.err(), hours.err(), role.as_ref().err().copied()];
    let pace = parallel.ok().zip(speed.ok());
    Chosen {
        pace: pace.map(|(parallel, speed_limit)| Pace { parallel, speed_limit }),
        route: Route {
            network: written(plan, NETWORK).to_owned(),
            server: written(plan, UPLOAD_SERVER).to_owned(),
            by_path: !written(plan, BY_PATH).is_empty(),
        },
        notify: !written(plan, NOTIFY).is_empty(),
        hours: hours.unwrap_or(USUAL_HOURS),
        role_arn: role.unwrap_or_default(),
        problem: problems.into_iter().flatten().next().unwrap_or_default(),
    }
}

fn parallel(texts: &UploadTexts, plan: &Plan) -> Result<u32, &'static str> {
    match written(plan, PARALLEL) {
        "" => Ok(Pace::default().parallel),
        text => match text.parse() {
            Ok(number) if (1..=u32::from(MOST_PARALLEL)).contains(&number) => Ok(number),
            _ => Err(texts.settings_parallel_wrong),
        },
    }
}

/// Bytes a second.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a limit between the two constants"
)]
fn speed(texts: &UploadTexts, plan: &Plan) -> Result<Option<u64>, &'static str> {
    let text = written(plan, SPEED);
    if text.is_empty() {
        return Ok(None);
    }
    // Half of the world writes the comma.
    match text.replace(',', ".").parse::<f64>() {
        Ok(number) if number <= FASTEST && number * MIB as f64 >= SLOWEST as f64 => {
            Ok(Some((number * MIB as f64) as u64))
        }
        _ => Err(texts.settings_speed_wrong),
    }
}

fn hours(texts: &UploadTexts, plan: &Plan) -> Result<u32, &'static str> {
    match written(plan, HOURS) {
        "" => Ok(USUAL_HOURS),
        text => match text.parse() {
            Ok(hours) if (1..=LONGEST_HOURS).contains(&hours) => Ok(hours),
            _ => Err(texts.settings_hours_wrong),
        },
    }
}

/// A role's ARN.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns>
fn role(texts: &UploadTexts, plan: &Plan) -> Result<Option<String>, &'static str> {
    let text = written(plan, ROLE);
    if text.is_empty() {
        return Ok(None);
    }
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    let is_role = matches!(parts.as_slice(), ["arn", partition, "iam", "", account, name]
        if partition.starts_with("aws")
            && account.len() == 12
            && account.bytes().all(|byte| byte.is_ascii_digit())
            && name.strip_prefix("role/").is_some_and(|name| !name.is_empty())
            && name.chars().all(|character| character.is_ascii_graphic()));
    if is_role { Ok(Some(text.to_owned())) } else { Err(texts.settings_role_wrong) }
}

/// What can be chosen: of the endpoints where the page signs itself, of the ticket while there is none, and of a role
/// where the script hands out credentials.
pub(super) fn options(
    texts: &UploadTexts,
    plan: &Plan,
    means: Option<Means>,
    hands_out_credentials: bool,
) -> Vec<WritingOption> {
    let most = MOST_PARALLEL.to_string();
    let usual = Pace::default().parallel.to_string();
    let parallel_help = fill(texts.settings_parallel_help, &[("most", &most), ("usual", &usual)]);
    let line = |name: &str, label: &str, help: String| WritingOption {
        name: name.into(),
        label: label.into(),
        help,
        kind: Kind::Line,
        // As it was typed: a space at its end is not taken away under the person's fingers.
        value: plan.writing.get(name).cloned().unwrap_or_default(),
        off: String::new(),
    };
    let flag = |name: &str, label: &str, help: &str| WritingOption {
        kind: Kind::Flag,
        ..line(name, label, help.into())
    };
    let mut options = vec![
        line(PARALLEL, texts.settings_parallel, parallel_help),
        line(SPEED, texts.settings_speed, texts.settings_speed_help.into()),
        flag(NOTIFY, texts.settings_notify, texts.settings_notify_help),
    ];
    let network = line(NETWORK, texts.settings_network, texts.settings_network_help.into());
    let chosen = NETWORKS.iter().map(|(name, _)| *name).find(|name| *name == network.value);
    // For the page's own signatures, or for those that the scripts make.
    options.push(WritingOption {
        kind: Kind::Choice(NETWORKS.map(|(name, _)| name.to_owned()).to_vec()),
        value: chosen.unwrap_or(NETWORKS[0].0).into(),
        ..network
    });
    if means == Some(Means::Credentials) {
        options.push(flag(BY_PATH, texts.settings_path, texts.settings_path_help));
        options.push(line(UPLOAD_SERVER, texts.settings_server, texts.settings_server_help.into()));
    } else {
        options.push(line(HOURS, texts.settings_hours, texts.settings_hours_help.into()));
        if hands_out_credentials {
            options.push(line(ROLE, texts.settings_role, texts.settings_role_help.into()));
        }
    }
    options
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Action;
    use crate::text::upload::ENGLISH;

    fn plan(values: &[(&str, &str)]) -> Plan {
        values.iter().fold(Plan::default(), |plan, (name, value)| {
            plan.after(Action::SetWriting { name: (*name).into(), value: (*value).into() })
        })
    }

    fn chosen_of(values: &[(&str, &str)]) -> Chosen {
        chosen(&ENGLISH, &plan(values))
    }

    #[test]
    fn what_was_not_chosen_is_as_usual() {
        let chosen = chosen_of(&[]);
        assert_eq!(
            (chosen.pace, chosen.route, chosen.problem),
            (Some(Pace::default()), Route::default(), "")
        );
        assert_eq!((chosen.hours, chosen.role_arn, chosen.notify), (12, None, false));
    }

    #[test]
    fn the_pace_is_read_as_people_write_it() {
        let pace = chosen_of(&[(PARALLEL, " 16"), (SPEED, "2,5 ")]).pace;
        assert_eq!(pace, Some(Pace { parallel: 16, speed_limit: Some(2 * MIB + MIB / 2) }));
    }

    #[test]
    fn a_value_that_is_none_is_said_and_changes_no_pace() {
        for (name, value, problem) in [
            (PARALLEL, "0", ENGLISH.settings_parallel_wrong),
            (PARALLEL, "17", ENGLISH.settings_parallel_wrong),
            (PARALLEL, "many", ENGLISH.settings_parallel_wrong),
            (SPEED, "0", ENGLISH.settings_speed_wrong),
            (SPEED, "-3", ENGLISH.settings_speed_wrong),
            (SPEED, "NaN", ENGLISH.settings_speed_wrong),
            (SPEED, "1e99", ENGLISH.settings_speed_wrong),
        ] {
            let chosen = chosen_of(&[(name, value)]);
            assert_eq!((chosen.pace, chosen.problem), (None, problem), "{name} {value}");
        }
        for (name, value, problem) in [
            (HOURS, "0", ENGLISH.settings_hours_wrong),
            (HOURS, "169", ENGLISH.settings_hours_wrong),
            (ROLE, "upload-role", ENGLISH.settings_role_wrong),
            (ROLE, "arn:aws:iam::111122223333:user/u", ENGLISH.settings_role_wrong),
            (ROLE, "arn:aws:iam::11112222333:role/r", ENGLISH.settings_role_wrong),
        ] {
            assert_eq!(chosen_of(&[(name, value)]).problem, problem, "{name} {value}");
        }
        let role = "arn:aws-cn:iam::111122223333:role/path/r";
        assert_eq!(chosen_of(&[(ROLE, role)]).role_arn.as_deref(), Some(role));
    }

    #[test]
    fn the_endpoint_can_be_chosen_and_the_server_where_the_page_signs_itself() {
        let names = |means, hands_out| -> Vec<String> {
            options(&ENGLISH, &plan(&[]), means, hands_out).into_iter().map(|option| option.name).collect()
        };
        assert_eq!(names(None, false), [PARALLEL, SPEED, NOTIFY, NETWORK, HOURS]);
        assert_eq!(names(Some(Means::Ticket), true), [PARALLEL, SPEED, NOTIFY, NETWORK, HOURS, ROLE]);
        assert_eq!(
            names(Some(Means::Credentials), true),
            [PARALLEL, SPEED, NOTIFY, NETWORK, BY_PATH, UPLOAD_SERVER]
        );
        let options = options(&ENGLISH, &plan(&[(NETWORK, "fips")]), Some(Means::Credentials), false);
        assert_eq!(options[3].value, "fips");
    }
}
