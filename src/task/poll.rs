//! Asking how tasks stand: the single command, and a loop that ends when they do.
//!
//! The AWS CLI's own waiter gives up after ten minutes and never ends at a failure, since a failed task is `deleted`;
//! for images there is none at all.

use super::answer::Prepared;
use crate::render::shell::{Layout, Shell};
use crate::render::{As, Options, Output, cli, render};
use crate::request::calls;
use crate::request::shape::Request;
use crate::request::validate::{Level, Problem};
use crate::sentence::{Sentence, sentence};

/// What is asked of each entry, state first; and the states in which it has failed.
pub(super) const ASKED: [(&str, &str, &[&str]); 3] = [
    (
        "DescribeImportSnapshotTasks",
        "ImportSnapshotTasks[].[SnapshotTaskDetail.Status,SnapshotTaskDetail.Progress,ImportTaskId,SnapshotTaskDetail.SnapshotId,SnapshotTaskDetail.StatusMessage]",
        &["deleting", "deleted"],
    ),
    (
        "DescribeImportImageTasks",
        "ImportImageTasks[].[Status,Progress,ImportTaskId,ImageId,StatusMessage]",
        &["deleting", "deleted"],
    ),
    ("DescribeSnapshots", "Snapshots[].[State,Progress,SnapshotId,StateMessage]", &["error"]),
];

/// The command that asks once.
///
/// # Errors
/// The call is not known here; else those of [`render`] for a command of the AWS CLI.
pub fn command(prepared: &Prepared, options: &Options) -> Result<Output, Vec<Problem>> {
    render(&request(prepared)?, As::Cli, options, Vec::new())
}

/// A script that asks every half minute and ends with 0 when all are completed, with 1 when one failed or was
/// cancelled, and with 2 when they cannot be asked for.
///
/// # Errors
/// The shell is cmd.exe, which has no such loop (use [`command`] there); the call asks for neither tasks nor snapshots;
/// or its parameters need a file beside the command. Else those of [`command`].
pub fn script(prepared: &Prepared, options: &Options) -> Result<Output, Vec<Problem>> {
    let shell = options.style.shell;
    let asked = ASKED.iter().find(|(call, ..)| *call == prepared.call);
    let (Some((_, query, failed)), Shell::Posix | Shell::PowerShell) = (asked, shell) else {
        let message = sentence!(
            "There is no loop for this in {shell}: ask with the single command.",
            shell = shell.name()
        );
        return Err(vec![problem(message)]);
    };
    let kept = |(name, _): &&(String, Option<String>)| !matches!(name.as_str(), "--output" | "--query");
    let mut globals: Vec<_> = options.style.globals.iter().filter(kept).cloned().collect();
    let fixed = [("--output", "text"), ("--query", *query)];
    globals.extend(fixed.map(|(name, value)| (name.to_owned(), Some(value.to_owned()))));
    let style = cli::Style { globals, layout: Layout::OneLine, ..options.style.clone() };
    let output = command(prepared, &Options { style, ..options.clone() })?;
    if !output.beside.is_empty() {
        return Err(vec![problem("These IDs do not go into a command of one line.".into())]);
    }
    let asks = output.text.trim_end();
    let text = if shell == Shell::Posix { posix(asks, failed) } else { powershell(asks, failed) };
    Ok(Output { text, file_name: format!("wait{}", shell.ending()), ..output })
}

fn request(prepared: &Prepared) -> Result<Request, Vec<Problem>> {
    let call = calls::find(prepared.call).ok_or_else(|| {
        vec![problem(sentence!("{call} is no call that is known here.", call = prepared.call))]
    })?;
    Ok(Request { call, parameters: prepared.parameters.clone() })
}

fn problem(message: Sentence) -> Problem {
    Problem { path: String::new(), level: Level::Error, code: "no-loop".into(), message }
}

fn posix(asks: &str, failed: &[&str]) -> String {
    let failed: Vec<String> = failed.iter().map(|state| format!("*{state}*")).collect();
    let failed = failed.join(" | ");
    format!(
        r#"#!/bin/sh
# Asks every 30 seconds. Exit status: 0 all completed, 1 one failed or was cancelled, 2 they cannot be asked for.
refused=0
while :; do
  if answer=$({asks}); then
    refused=0
    if [ -z "$answer" ] || [ "$answer" = None ]; then
      echo 'Nothing is listed under this ID: it is wrong, of another Region, or older than seven days.' >&2
      exit 2
    fi
    printf '%s\n' "$answer"
    case $(printf '%s\n' "$answer" | cut -f 1 | sort -u) in
      {failed}) exit 1 ;;
      completed) exit 0 ;;
    esac
  else
    refused=$((refused + 1))
    if [ "$refused" -ge 5 ]; then
      echo 'The question failed five times in a row.' >&2
      exit 2
    fi
  fi
  sleep 30
done
"#
    )
}

fn powershell(asks: &str, failed: &[&str]) -> String {
    let failed: Vec<String> = failed.iter().map(|state| format!("'{state}'")).collect();
    let failed = failed.join(", ");
    format!(
        r#"# Asks every 30 seconds. Exit status: 0 all completed, 1 one failed or was cancelled, 2 they cannot be asked for.
$refused = 0
while ($true) {{
  $answer = @({asks})
  if ($LASTEXITCODE -eq 0) {{
    $refused = 0
    if ($answer.Count -eq 0 -or $answer[0] -eq 'None') {{
      Write-Warning 'Nothing is listed under this ID: it is wrong, of another Region, or older than seven days.'
      exit 2
    }}
    $answer
    $states = @($answer | ForEach-Object {{ ($_ -split "`t")[0] }} | Sort-Object -Unique)
    if ($states | Where-Object {{ $_ -in {failed} }}) {{ exit 1 }}
    if ($states.Count -eq 1 -and $states[0] -eq 'completed') {{ exit 0 }}
  }} else {{
    $refused++
    if ($refused -ge 5) {{
      Write-Warning 'The question failed five times in a row.'
      exit 2
    }}
  }}
  Start-Sleep -Seconds 30
}}
"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Map, json};
    use std::process::Command;

    fn prepared() -> Prepared {
        let ids = json!(["import-snap-0123456789abcdef0"]);
        Prepared {
            call: "DescribeImportSnapshotTasks",
            parameters: Map::from_iter([("ImportTaskIds".to_owned(), ids)]),
        }
    }

    fn options(shell: Shell) -> Options {
        let style = cli::Style { shell, layout: Layout::OneLine, ..cli::Style::default() };
        Options { region: Some("eu-west-1".into()), style, ..Options::default() }
    }

    #[test]
    fn the_command_names_the_tasks_and_the_region() {
        let text = command(&prepared(), &options(Shell::Posix)).unwrap().text;
        assert_eq!(
            text,
            "aws ec2 describe-import-snapshot-tasks --region eu-west-1 --import-task-ids import-snap-0123456789abcdef0\n"
        );
    }

    #[test]
    fn cmd_has_the_command_and_no_loop() {
        assert!(command(&prepared(), &options(Shell::Cmd)).is_ok());
        assert!(script(&prepared(), &options(Shell::Cmd)).unwrap_err()[0].message.contains("single command"));
    }

    #[test]
    fn powershells_loop_ends_at_a_failure_and_at_completion() {
        let text = script(&prepared(), &options(Shell::PowerShell)).unwrap().text;
        assert!(text.contains("$_ -in 'deleting', 'deleted'"), "{text}");
        assert!(
            text.contains("$answer = @(aws ec2 describe-import-snapshot-tasks --region eu-west-1"),
            "{text}"
        );
    }

    /// Runs the script with an `aws` that prints its arguments' answers one after the other; the last again and again.
    fn run(answers: &[&str]) -> (Option<i32>, String) {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            use std::os::unix::fs::PermissionsExt;
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
            path
        };
        for (number, answer) in answers.iter().enumerate() {
            write(&format!("answer{number}"), answer);
        }
        let last = answers.len() - 1;
        write(
            "aws",
            &format!(
                "#!/bin/sh\ncd \"$(dirname \"$0\")\"\nn=$(cat count 2>/dev/null || echo 0)\necho $((n + 1)) > count\n\
                 [ \"$n\" -gt {last} ] && n={last}\n[ \"$(cat answer$n)\" = refused ] && exit 254\ncat answer$n\n"
            ),
        );
        write("sleep", "#!/bin/sh\n");
        let script = write("wait.sh", &script(&prepared(), &options(Shell::Posix)).unwrap().text);
        let path = std::env::join_paths(
            std::iter::once(folder.path().to_owned())
                .chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())),
        );
        let output = Command::new("sh").arg(script).env("PATH", path.unwrap()).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    }

    #[test]
    fn the_loop_ends_rightly_in_a_real_shell() {
        let active = "active\t19\timport-snap-1\tNone\tpending\n";
        let done = "completed\t100\timport-snap-1\tsnap-1\tNone\n";
        let failed = "deleted\tNone\timport-snap-1\tNone\tClientError: Unknown OS\n";
        let (code, printed) = run(&[active, "refused", active, done]);
        assert_eq!(code, Some(0));
        assert_eq!(printed.lines().count(), 3);
        assert_eq!(run(&[active, failed]).0, Some(1));
        assert_eq!(run(&[&format!("{done}{active}"), &format!("{done}{done}")]).0, Some(0));
        assert_eq!(run(&[&format!("{done}{failed}")]).0, Some(1));
        assert_eq!(run(&["refused"]).0, Some(2));
        assert_eq!(run(&[""]).0, Some(2));
    }
}
