//! The ways in which a request reaches the wire: what is generated, and which client runs it.

use crate::clients::{Folder, Job, split_by_bash};
use crate::{REGION, write};
use import_planner::render::cli::{Style, Version};
use import_planner::render::shell::{Layout, Shell};
use import_planner::render::{As, parse};
use import_planner::request::shape::Request;

/// What is generated and run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// A command of the AWS CLI in a shell.
    Command(Version, Shell, Layout),
    /// An input file, JSON or YAML, for the AWS CLI.
    Input(Version, As),
    /// A Python file.
    Boto3,
}

/// Version 2 alone takes YAML.
const INPUTS: [Way; 3] = [
    Way::Input(Version::One, As::CliJson),
    Way::Input(Version::Two, As::CliYaml),
    Way::Input(Version::Two, As::CliJson),
];

/// Every way.
pub(crate) fn every() -> Vec<Way> {
    let commands = [Version::One, Version::Two].into_iter().flat_map(|version| {
        let layouts = [Layout::OneLine, Layout::Wrapped, Layout::Wrapped];
        Shell::ALL.into_iter().zip(layouts).map(move |(shell, layout)| Way::Command(version, shell, layout))
    });
    commands.chain(INPUTS).chain([Way::Boto3]).collect()
}

/// bash and Python always; the other shells and the input files one after the other, for the sake of time.
pub(crate) fn by_turns(turn: usize) -> Vec<Way> {
    let layout = if turn.is_multiple_of(3) { Layout::OneLine } else { Layout::Wrapped };
    let versions = [Version::One, Version::Two];
    let windows = Way::Command(versions[turn / 2 % 2], [Shell::PowerShell, Shell::Cmd][turn % 2], layout);
    let bash = versions.map(|version| Way::Command(version, Shell::Posix, layout));
    bash.into_iter().chain([windows, INPUTS[turn % INPUTS.len()], Way::Boto3]).collect()
}

/// The jobs of the clients, one for each request and way.
pub(crate) fn jobs(chosen: &[(&Request, Way)], folder: &Folder) -> Vec<Job> {
    let in_bash = chosen.iter().filter(|(_, way)| matches!(way, Way::Command(_, Shell::Posix, _)));
    let commands: Vec<String> = in_bash.map(|(request, way)| bash_command(request, *way)).collect();
    let mut split = split_by_bash(&commands, folder).into_iter();
    let mut job = |number: usize, request: &Request, way: Way| match way {
        Way::Command(version, Shell::Posix, _) => {
            Job::Cli(version, split.next().unwrap(), folder.path().to_owned())
        }
        Way::Command(version, shell, layout) => {
            windows_command(number, request, version, shell, layout, folder)
        }
        Way::Input(version, way) => {
            let output = write(request, way, Style { version, ..Style::default() });
            let option = if way == As::CliYaml { "--cli-input-yaml" } else { "--cli-input-json" };
            let input = format!("file://{}", output.file_name);
            let inner = folder.inner(&number.to_string());
            std::fs::write(inner.join(&output.file_name), output.text).unwrap();
            let words = ["--region", REGION, "ec2", request.call.cli, option, &input];
            Job::Cli(version, words.map(str::to_owned).to_vec(), inner)
        }
        Way::Boto3 => Job::Python(write(request, As::Boto3, Style::default()).text),
    };
    chosen.iter().enumerate().map(|(number, (request, way))| job(number, request, *way)).collect()
}

/// The command for bash, which needs no file beside it.
fn bash_command(request: &Request, way: Way) -> String {
    let Way::Command(version, shell, layout) = way else { unreachable!() };
    let output = write(request, As::Cli, Style { version, shell, layout, ..Style::default() });
    assert!(output.beside.is_empty(), "bash can say everything");
    output.text
}

/// The command for a shell of Windows, which is read by a tokenizer of that shell's rules, with its files.
fn windows_command(
    number: usize,
    request: &Request,
    version: Version,
    shell: Shell,
    layout: Layout,
    folder: &Folder,
) -> Job {
    let output = write(request, As::Cli, Style { version, shell, layout, ..Style::default() });
    let inner = folder.inner(&number.to_string());
    for file in &output.beside {
        std::fs::write(inner.join(&file.name), &file.text).unwrap();
    }
    let words = parse::arguments(&output.text, shell);
    let mut words = words.unwrap_or_else(|| panic!("{shell:?} would change this: {}", output.text));
    assert_eq!(words.remove(0), "aws");
    Job::Cli(version, words, inner)
}
