//! The Query body sent by curl, which signs it itself (`--aws-sigv4`, since curl 7.75).

use super::shell::{Inexpressible, Layout, Shell, quote};
use super::{File, cli, error};
use crate::request::regions;
use crate::request::validate::Problem;

/// Writes the command for a Query body.
///
/// The credentials come from the environment: none is ever part of the text. bash takes the body in the command; the
/// other two shells read it from a file, because cmd.exe expands the percent signs it is full of.
///
/// # Errors
/// The shell cannot say the Region, or bash the body, or another shell the name of the body's file: see [`quote`].
pub fn command(
    name: &str,
    body: &str,
    region: &str,
    shell: Shell,
    layout: Layout,
) -> Result<cli::Command, Inexpressible> {
    let file_name = format!("{name}.query");
    let (program, user) = match shell {
        Shell::Posix => ("curl", "\"${AWS_ACCESS_KEY_ID}:${AWS_SECRET_ACCESS_KEY}\""),
        Shell::PowerShell => ("curl.exe", "\"${env:AWS_ACCESS_KEY_ID}:${env:AWS_SECRET_ACCESS_KEY}\""),
        Shell::Cmd => ("curl.exe", "\"%AWS_ACCESS_KEY_ID%:%AWS_SECRET_ACCESS_KEY%\""),
    };
    let mut lines = vec![
        program.to_owned(),
        format!("--aws-sigv4 {}", quote(&format!("aws:amz:{region}:ec2"), shell)?),
        format!("--user {user}"),
    ];
    let mut files = Vec::new();
    let mut notes = vec![
        "The keys are read from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; \
         `aws configure export-credentials --format env` of the AWS CLI version 2 prints them for a profile."
            .into(),
    ];
    if shell == Shell::Posix {
        // Two expansions, because zsh does not split one into words.
        let token = "${AWS_SESSION_TOKEN:+\"x-amz-security-token: ${AWS_SESSION_TOKEN}\"}";
        lines.push(format!("${{AWS_SESSION_TOKEN:+--header}} {token}"));
        lines.push(format!("--data-raw {}", quote(body, shell)?));
    } else {
        lines.push(format!("--data-binary {}", quote(&format!("@{file_name}"), shell)?));
        files.push(File { name: file_name, text: body.to_owned() });
        notes.push(
            "Temporary credentials need --header with x-amz-security-token and their token as well.".into(),
        );
    }
    lines.push(quote(&format!("https://ec2.{region}.{}/", domain(region)), shell)?);
    let separator = match layout {
        Layout::OneLine => " ",
        Layout::Wrapped => shell.continuation(),
    };
    Ok(cli::Command { text: lines.join(separator), files, notes })
}

/// The domain of a Region's partition.
fn domain(region: &str) -> &'static str {
    regions::partition_of(region).map_or("amazonaws.com", |partition| partition.dns_suffix)
}

/// The Region as part of a host's name.
///
/// # Errors
/// `region-needed`, when there is none or it is not 1 to 63 small letters, digits and hyphens.
pub fn endpoint_region(region: Option<&str>) -> Result<&str, Vec<Problem>> {
    let is_name = |region: &&str| {
        !region.is_empty()
            && region.len() <= 63
            && region.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    region.filter(is_name).ok_or_else(|| {
        let message = "Give the Region that the call is sent to, such as eu-west-1: curl needs it for the address and \
                       the signature.";
        vec![error("Region", "region-needed", message.into())]
    })
}
