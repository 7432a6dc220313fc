//! Puts `dist/` on S3 by the AWS CLI, whose credentials and profile it uses.
//!
//! The order is what keeps visitors safe: a file is there before another names it, so the hashed files go first,
//! `index.html` goes after them and the service worker last. S3 keeps each file's type and cache rule; the security headers are the distribution's.

use crate::process::{find_on_path, project, run};
use crate::{Result, build, headers, offline};
use std::path::Path;
use std::process::Command;

/// What `cargo xtask deploy` was asked for.
pub(crate) struct Options {
    /// The bucket that holds the page.
    pub(crate) bucket: String,
    /// Its Region, where it is not the profile's own.
    pub(crate) region: Option<String>,
    /// The CloudFormation stack that is made or brought up to date first.
    pub(crate) stack: Option<String>,
    /// Origins besides AWS's that the page may upload to; the stack's headers allow them.
    pub(crate) s3_origins: Vec<String>,
    /// The CloudFront distribution that is to forget the files whose names do not change.
    pub(crate) distribution: Option<String>,
    /// Whether hashed files of earlier builds are deleted.
    pub(crate) delete_old: bool,
    /// Whether to build first.
    pub(crate) build: bool,
    /// Whether to print the commands instead of running them.
    pub(crate) dry_run: bool,
}

/// One run of the AWS CLI.
#[derive(Debug, PartialEq, Eq)]
struct Step {
    heading: String,
    arguments: Vec<String>,
}

/// Builds, then sends what was built.
pub(crate) fn deploy(options: &Options) -> Result<()> {
    if options.build && !options.dry_run {
        build::build(build::Sizes::Quiet)?;
    }
    let steps = steps(&files(&project().join("dist"))?, options)?;
    if options.dry_run {
        for step in &steps {
            println!("{}", shown(step));
        }
        return Ok(());
    }
    let aws = find_on_path("aws").ok_or("the AWS CLI is not on PATH: see https://aws.amazon.com/cli/")?;
    run_steps(&steps, || Command::new(&aws))
}

fn run_steps(steps: &[Step], aws: impl Fn() -> Command) -> Result<()> {
    for step in steps {
        run(&step.heading, aws().args(&step.arguments).current_dir(project()))?;
    }
    Ok(())
}

/// The names of the files in `dist`, sorted in the order they are sent in.
fn files(dist: &Path) -> Result<Vec<String>> {
    let entries = std::fs::read_dir(dist).map_err(|error| {
        format!("there is no {} to send ({error}): run `cargo xtask build` first", dist.display())
    })?;
    let mut names = Vec::new();
    for entry in entries.flatten() {
        let name = entry
            .file_name()
            .into_string()
            .map_err(|name| format!("{} is no name for a URL", name.display()))?;
        if entry.path().is_dir() {
            return Err(format!("dist/{name} is a folder, which a build does not make"));
        }
        names.push(name);
    }
    if !names.iter().any(|name| name == INDEX) {
        return Err("dist/ holds no index.html: run `cargo xtask build` first".into());
    }
    names.sort_by_key(|name| (turn(name), name.clone()));
    Ok(names)
}

const INDEX: &str = "index.html";

/// Files that nothing names yet go first, then the one that names them all. The service worker holds what it keeps to its
/// digests, so it must find everything there.
fn turn(name: &str) -> u8 {
    if headers::is_hashed(name) {
        0
    } else if name == offline::FILE {
        3
    } else if name == INDEX {
        2
    } else {
        1
    }
}

fn steps(files: &[String], options: &Options) -> Result<Vec<Step>> {
    check(options)?;
    let mut steps = Vec::new();
    if let Some(stack) = &options.stack {
        steps.push(stack_step(stack, options));
    }
    for name in files {
        steps.push(upload_step(name, options)?);
    }
    if options.delete_old {
        steps.push(deletion_step(files, options));
    }
    if let Some(distribution) = &options.distribution {
        steps.push(invalidation_step(files, distribution));
    }
    if let Some(stack) = &options.stack {
        steps.push(outputs_step(stack, options));
    }
    Ok(steps)
}

fn check(options: &Options) -> Result<()> {
    let values = [
        Some(&options.bucket),
        options.region.as_ref(),
        options.stack.as_ref(),
        options.distribution.as_ref(),
    ];
    for value in values.into_iter().flatten() {
        if !value.starts_with(|first: char| first.is_ascii_alphanumeric()) {
            return Err(format!("{value:?} is no name: it must begin with a letter or a digit"));
        }
    }
    if options.bucket.contains('/') {
        return Err(format!("--bucket takes the bucket's bare name, not {:?}", options.bucket));
    }
    if !options.s3_origins.is_empty() && options.stack.is_none() {
        return Err(
            "--s3-origin changes the headers, and those are the distribution's: give --stack too, or change \
             connect-src where your distribution has it"
                .into(),
        );
    }
    Ok(())
}

fn step(heading: impl Into<String>, options: &Options, arguments: &[&str]) -> Step {
    let mut arguments: Vec<String> = arguments.iter().map(|&argument| argument.into()).collect();
    if let Some(region) = &options.region {
        arguments.extend(["--region".into(), region.clone()]);
    }
    Step { heading: heading.into(), arguments }
}

fn stack_step(stack: &str, options: &Options) -> Step {
    let bucket = format!("BucketName={}", options.bucket);
    let hosts = format!("S3Hosts={}", headers::s3_hosts(&options.s3_origins));
    step(
        format!("Making the stack {stack}, or bringing it up to date (about 5 minutes the first time)"),
        options,
        &[
            "cloudformation",
            "deploy",
            "--stack-name",
            stack,
            "--template-file",
            "hosting/cloudformation.yaml",
            "--no-fail-on-empty-changeset",
            "--parameter-overrides",
            &bucket,
            &hosts,
        ],
    )
}

fn upload_step(name: &str, options: &Options) -> Result<Step> {
    let content_type = headers::content_type(name)
        .ok_or_else(|| format!("dist/{name} is of no known kind: add its ending to xtask/src/headers.rs"))?;
    let from = format!("dist/{name}");
    let to = format!("s3://{}/{name}", options.bucket);
    Ok(step(
        format!("Sending {name}"),
        options,
        &[
            "s3",
            "cp",
            &from,
            &to,
            "--only-show-errors",
            "--content-type",
            content_type,
            "--cache-control",
            headers::cache_control(name),
        ],
    ))
}

/// Deletes what has the name of a file of this build but another hash, and nothing else that the bucket may hold.
fn deletion_step(files: &[String], options: &Options) -> Step {
    let bucket = format!("s3://{}/", options.bucket);
    let mut arguments = vec!["s3", "rm", &bucket, "--recursive", "--only-show-errors", "--exclude", "*"];
    let mut kinds: Vec<String> = files.iter().filter_map(|name| of_any_hash(name)).collect();
    kinds.sort();
    kinds.dedup();
    // Of several filters that fit, the last one counts.
    for kind in &kinds {
        arguments.extend(["--include", kind]);
    }
    for name in files.iter().filter(|name| headers::is_hashed(name)) {
        arguments.extend(["--exclude", name]);
    }
    step("Deleting the hashed files of earlier builds", options, &arguments)
}

/// The pattern of a hashed file's name with any other hash in it.
fn of_any_hash(name: &str) -> Option<String> {
    let hash = headers::hash_in(name)?;
    Some(name.replace(hash, &"?".repeat(hash.len())))
}

fn invalidation_step(files: &[String], distribution: &str) -> Step {
    let mut arguments: Vec<String> =
        ["cloudfront", "create-invalidation", "--distribution-id", distribution, "--paths", "/"]
            .map(String::from)
            .into();
    arguments.extend(files.iter().filter(|name| !headers::is_hashed(name)).map(|name| format!("/{name}")));
    Step { heading: format!("Having {distribution} forget what has changed"), arguments }
}

fn outputs_step(stack: &str, options: &Options) -> Step {
    step(
        "The page's address and the rest that the stack has made",
        options,
        &[
            "cloudformation",
            "describe-stacks",
            "--stack-name",
            stack,
            "--query",
            "Stacks[0].Outputs[].[OutputKey, OutputValue]",
            "--output",
            "text",
        ],
    )
}

/// A command as a person can paste it into a POSIX shell.
fn shown(step: &Step) -> String {
    let words = std::iter::once("aws").chain(step.arguments.iter().map(String::as_str));
    words.map(quoted).collect::<Vec<_>>().join(" ")
}

fn quoted(word: &str) -> String {
    let is_plain = !word.is_empty()
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_./:=,+@%".contains(&byte));
    if is_plain { word.into() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests;
