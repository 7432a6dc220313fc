//! The ways to write a request down, as one table: [`super::render`] writes by it, and the page draws its tabs from it.

use super::document::Fields;
use super::shell::Shell;
use super::{File, Options, boto3, cli, curl, error, json, query, skeleton, terraform, yaml};
use crate::request::shape::{Call, Member, Request, Shape};
use crate::request::validate::Problem;
use crate::sentence::{Sentence, sentence};
use serde::{Deserialize, Serialize};

/// A way to write a request down; the names and everything else of it stand in [`RENDERINGS`], in the same order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum As {
    /// A command of the AWS CLI.
    Cli,
    /// The file for `--cli-input-json`.
    CliJson,
    /// The file for `--cli-input-yaml`, which version 2 of the AWS CLI knows.
    CliYaml,
    /// A Python file with boto3.
    Boto3,
    /// A Terraform configuration.
    Terraform,
    /// The body of EC2's Query protocol.
    Query,
    /// The Query body sent by curl.
    Curl,
    /// Every parameter of the call to be filled in, as JSON.
    Skeleton,
    /// Every parameter of the call to be filled in, as YAML with explanations.
    SkeletonYaml,
    /// Every member of the call's answer, as JSON.
    SkeletonOutput,
}

impl As {
    /// What the table says of it.
    pub fn rendering(self) -> &'static Rendering {
        &RENDERINGS[self as usize]
    }

    /// Its name on a command line: `cli-json`.
    pub fn name(self) -> &'static str {
        self.rendering().name
    }

    /// Whether it shows the call's parameters and not the request's values.
    pub fn is_skeleton(self) -> bool {
        !self.rendering().of_request
    }

    /// The way of a name, or `None`.
    pub fn from_name(name: &str) -> Option<Self> {
        RENDERINGS.iter().find(|rendering| rendering.name == name).map(|rendering| rendering.way)
    }
}

/// One of [`Options`], which a way heeds or does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Setting {
    /// The major version of the AWS CLI.
    Version,
    /// The shell that commands are quoted for.
    Shell,
    /// One line or several.
    Layout,
    /// The Region the call is sent to.
    Region,
    /// The profile whose credentials are used.
    Profile,
    /// The AWS CLI's other global options.
    Globals,
}

/// What kind of file the text makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Medium {
    /// A script, whose ending and language are the shell's.
    Script,
    /// A file of one kind.
    File {
        /// The end of its name: `.tf`.
        ending: &'static str,
        /// Its language, as a code block names it: `json`.
        language: &'static str,
        /// Its media type: `application/json`.
        media_type: &'static str,
    },
}

impl Medium {
    const JSON: Self = Self::file(".json", "json", "application/json");

    const fn file(ending: &'static str, language: &'static str, media_type: &'static str) -> Self {
        Self::File { ending, language, media_type }
    }

    /// Ending, language and media type.
    pub(super) const fn of(self, shell: Shell) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Script => (shell.ending(), shell.language(), shell.media_type()),
            Self::File { ending, language, media_type } => (ending, language, media_type),
        }
    }
}

/// A line of the table.
#[derive(Debug, Serialize)]
pub struct Rendering {
    /// The way.
    pub way: As,
    /// Its name in code and on a command line: `cli-json`.
    pub name: &'static str,
    /// The key of its title in the page's texts.
    pub title: &'static str,
    /// What kind of file it makes.
    pub medium: Medium,
    /// What can be chosen for it.
    pub settings: &'static [Setting],
    /// The versions of the AWS CLI that read what it writes; both where no CLI reads it.
    pub versions: &'static [cli::Version],
    /// Whether it writes the request's values; a skeleton shows the call's members and needs none.
    pub of_request: bool,
    /// The name of its file without the ending, of a call.
    #[serde(skip)]
    pub(super) stem: fn(&Call) -> &'static str,
    #[serde(skip)]
    pub(super) write: fn(&Subject<'_>) -> Result<Written, Vec<Problem>>,
}

/// What is to be written.
pub(super) struct Subject<'a> {
    pub(super) request: &'a Request,
    /// The request's values; none where the way is a skeleton.
    pub(super) fields: &'a Fields,
    pub(super) options: &'a Options,
    /// The options' style, Region and profile among its global options.
    pub(super) style: &'a cli::Style,
}

/// What a way has written.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) text: String,
    pub(super) command: Option<String>,
    pub(super) beside: Vec<File>,
    pub(super) notes: Vec<Sentence>,
}

impl Written {
    fn text(text: String) -> Self {
        Self { text, ..Self::default() }
    }
}

impl From<cli::Command> for Written {
    fn from(command: cli::Command) -> Self {
        let cli::Command { text, files, notes } = command;
        Self { text: text + "\n", beside: files, notes, command: None }
    }
}

const OF_CLI: &[Setting] =
    &[Setting::Version, Setting::Shell, Setting::Layout, Setting::Region, Setting::Profile, Setting::Globals];

const OF_CLIENT: &[Setting] = &[Setting::Region, Setting::Profile];

const BOTH: &[cli::Version] = &[cli::Version::One, cli::Version::Two];

/// Every way, in the order in which they are offered, which is that of [`As`].
pub static RENDERINGS: [Rendering; 10] = [
    Rendering {
        way: As::Cli,
        name: "cli",
        title: "output-cli",
        medium: Medium::Script,
        settings: OF_CLI,
        versions: BOTH,
        of_request: true,
        stem: |call| call.cli,
        write: |subject| Ok(cli::command(subject.request.call, subject.fields, subject.style)?.into()),
    },
    Rendering {
        way: As::CliJson,
        name: "cli-json",
        title: "output-cli-json",
        medium: Medium::JSON,
        settings: OF_CLI,
        versions: BOTH,
        of_request: true,
        stem: |call| call.cli,
        write: |subject| {
            let text = json::file(subject.fields);
            Ok(with_cli(subject, As::CliJson, text, "--cli-input-json"))
        },
    },
    Rendering {
        way: As::CliYaml,
        name: "cli-yaml",
        title: "output-cli-yaml",
        medium: Medium::file(".yaml", "yaml", "application/yaml"),
        settings: OF_CLI,
        versions: &[cli::Version::Two],
        of_request: true,
        stem: |call| call.cli,
        write: |subject| {
            let text = yaml::file(subject.fields);
            Ok(with_cli(subject, As::CliYaml, text, "--cli-input-yaml"))
        },
    },
    Rendering {
        way: As::Boto3,
        name: "boto3",
        title: "output-boto3",
        medium: Medium::file(".py", "python", "text/x-python"),
        settings: OF_CLIENT,
        versions: BOTH,
        of_request: true,
        stem: |call| call.python,
        write: |subject| {
            let (region, profile) = (subject.options.region.as_deref(), subject.options.profile.as_deref());
            Ok(Written::text(boto3::file(subject.request.call, subject.fields, region, profile)))
        },
    },
    Rendering {
        way: As::Terraform,
        name: "terraform",
        title: "output-terraform",
        medium: Medium::file(".tf", "hcl", "text/plain"),
        settings: OF_CLIENT,
        versions: BOTH,
        of_request: true,
        stem: |call| call.cli,
        write: |subject| {
            let (region, profile) = (subject.options.region.as_deref(), subject.options.profile.as_deref());
            let (text, notes) = terraform::file(subject.request.call, subject.fields, region, profile);
            Ok(Written { notes, ..Written::text(text) })
        },
    },
    Rendering {
        way: As::Query,
        name: "query",
        title: "output-query",
        medium: Medium::file(".query", "text", "application/x-www-form-urlencoded"),
        settings: &[],
        versions: BOTH,
        of_request: true,
        stem: |call| call.cli,
        write: |subject| {
            let text = query::body(subject.request.call, subject.fields);
            Ok(Written { notes: query::remarks(subject.request), ..Written::text(text) })
        },
    },
    Rendering {
        way: As::Curl,
        name: "curl",
        title: "output-curl",
        medium: Medium::Script,
        settings: &[Setting::Shell, Setting::Layout, Setting::Region],
        versions: BOTH,
        of_request: true,
        stem: |call| call.cli,
        write: |subject| {
            let body = query::body(subject.request.call, subject.fields);
            let region = curl::endpoint_region(subject.options.region.as_deref())?;
            let mut command = curl::command(
                subject.request.call.cli,
                &body,
                region,
                subject.style.shell,
                subject.style.layout,
            )
            .map_err(|reason| {
                vec![error(
                    "",
                    "inexpressible",
                    sentence!("curl cannot send this, because {reason}.", reason = Sentence::from(reason.0)),
                )]
            })?;
            command.notes.extend(query::remarks(subject.request));
            Ok(command.into())
        },
    },
    Rendering {
        way: As::Skeleton,
        name: "skeleton",
        title: "output-skeleton",
        medium: Medium::file(".skeleton.json", "json", "application/json"),
        settings: OF_CLI,
        versions: BOTH,
        of_request: false,
        stem: |call| call.cli,
        write: |subject| {
            Ok(printed_by_cli(subject, As::Skeleton, skeleton::json(subject.request.call), "input"))
        },
    },
    Rendering {
        way: As::SkeletonYaml,
        name: "skeleton-yaml",
        title: "output-skeleton-yaml",
        medium: Medium::file(".skeleton.yaml", "yaml", "application/yaml"),
        settings: OF_CLI,
        versions: &[cli::Version::Two],
        of_request: false,
        stem: |call| call.cli,
        write: |subject| {
            Ok(printed_by_cli(subject, As::SkeletonYaml, skeleton::yaml(subject.request.call), "yaml-input"))
        },
    },
    Rendering {
        way: As::SkeletonOutput,
        name: "skeleton-output",
        title: "output-skeleton-output",
        medium: Medium::file(".output.json", "json", "application/json"),
        settings: OF_CLI,
        versions: BOTH,
        of_request: false,
        stem: |call| call.cli,
        write: |subject| {
            Ok(printed_by_cli(subject, As::SkeletonOutput, skeleton::answer(subject.request.call), "output"))
        },
    },
];

/// A text with the command that reads it from its file.
fn with_cli(subject: &Subject<'_>, way: As, text: String, option: &str) -> Written {
    let file_name = way.rendering().file_name(subject.request.call, subject.style.shell);
    beside_command(subject, way, text, &[[option, &format!("file://{file_name}")]])
}

/// A skeleton with the command by which the CLI prints it itself; of the answer it does so only where it is given what
/// the call requires.
fn printed_by_cli(subject: &Subject<'_>, way: As, text: String, kind: &str) -> Written {
    let is_needed = |member: &&Member| {
        way == As::SkeletonOutput && member.required && matches!(member.shape, Shape::Text(_))
    };
    let needed = subject.request.call.members.iter().filter(is_needed);
    let needed: Vec<_> = needed.map(|member| (member.cli_option(), member.example)).collect();
    let needed = needed.iter().map(|(option, example)| [option.as_str(), *example]);
    let options: Vec<_> = [["--generate-cli-skeleton", kind]].into_iter().chain(needed).collect();
    beside_command(subject, way, text, &options)
}

/// The text stands whether or not there can be a command: what is in its way is a note.
fn beside_command(subject: &Subject<'_>, way: As, text: String, options: &[[&str; 2]]) -> Written {
    let mut written = Written::text(text);
    if !way.rendering().versions.contains(&subject.style.version) {
        let option = options.first().map(|option| option.join(" ")).unwrap_or_default();
        written.notes.push(sentence!("Version 1 of the AWS CLI has no {option}: use version 2.", option));
        return written;
    }
    match cli::command_with(subject.request.call, options, subject.style) {
        Ok(command) => written.command = Some(command),
        Err(problems) => written.notes.extend(problems.into_iter().map(|problem| problem.message)),
    }
    written
}

impl Rendering {
    /// The name under which the text is downloaded.
    pub fn file_name(&self, call: &Call, shell: Shell) -> String {
        format!("{}{}", (self.stem)(call), self.medium.of(shell).0)
    }
}

#[cfg(test)]
mod tests {
    use super::{As, RENDERINGS};
    use std::collections::HashSet;

    #[test]
    fn every_way_is_found_by_itself_and_by_its_name() {
        for rendering in &RENDERINGS {
            assert_eq!(rendering.way.rendering().name, rendering.name);
            assert_eq!(As::from_name(rendering.name), Some(rendering.way));
            assert_eq!(serde_json::to_value(rendering.way).unwrap(), rendering.name);
        }
        let titles: HashSet<&str> = RENDERINGS.iter().map(|rendering| rendering.title).collect();
        assert_eq!(titles.len(), RENDERINGS.len());
    }

    #[test]
    fn the_page_reads_the_table_as_data() {
        let table = serde_json::to_value(&RENDERINGS).unwrap();
        assert_eq!(table[2]["name"], "cli-yaml");
        assert_eq!(table[2]["versions"], serde_json::json!(["2"]));
        assert_eq!(table[6]["settings"], serde_json::json!(["shell", "layout", "region"]));
        assert_eq!(table[0]["medium"], "script");
        assert_eq!(table[4]["medium"]["file"]["ending"], ".tf");
    }
}
