//! Nothing that a person reads is left without a translation, and no translation without what it translates.
//!
//! The stages write in English where they think of it: in tables, and in `sentence!`. Here their sources are read, and
//! every literal that reads like words must stand in a table of the language, with the same `{values}`; what is not
//! said to a person is named below, with the reason.

use import_planner::text::Table;
use import_planner::text::german::{aws_pages, failures, findings, forms, images, rules, uploads, written};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The stages whose words reach a person.
const STAGES: &[&str] = &[
    "image",
    "guest",
    "inspect",
    "verdict",
    "request",
    "render",
    "runbook",
    "task",
    "upload",
    "plan/document.rs",
    "plan/link.rs",
    "text/labels.rs",
    "text/aws_pages.rs",
    "browser/file.rs",
];

const TABLES: [Table; 8] = [
    aws_pages::AWS_PAGES,
    failures::FAILURES,
    findings::FINDINGS,
    forms::FORMS,
    images::IMAGES,
    rules::RULES,
    uploads::UPLOADS,
    written::WRITTEN,
];

/// Files without a word for the person on the page.
const SILENT: &[&str] = &[
    // Pages for `docs/`, and what AWS lists and answers.
    "verdict/document.rs",
    "verdict/supported.rs",
    "request/reference.rs",
    "request/responses",
    "request/describe.rs",
    "request/path.rs",
    "task/failures/matching.rs",
    "task/read/errors.rs",
    // Proper names of partition types, file systems and releases of Windows.
    "guest/partition_types.rs",
    "guest/signatures",
    // What is written for programs and shells.
    "render/layout.rs",
    "render/boto3.rs",
    "render/skeleton.rs",
    "runbook/template.rs",
    "runbook/layout.rs",
    "runbook/marks.rs",
    "runbook/documents",
    "runbook/python.rs",
    "upload/ticket_script.rs",
    "upload/failure.rs",
    "upload/checksum.rs",
    "upload/exchange.rs",
];

/// What stands before a literal that is a name in a format's specification, a pattern, or for a developer.
const NAMED_AFTER: &[&str] = &[
    "reason =",
    "expect(",
    "unreachable!(",
    "title:",
    "aws_error: Some(",
    "Option<&str> = Some(",
    "example:",
    "le_u16(",
    "le_u32(",
    "le_u64(",
    "be_u16(",
    "be_u32(",
    "be_u64(",
    "bytes_at(",
    "u8_at(",
    "structure:",
    "let structure =",
    "field:",
    "malformed(",
    "over_limit(",
    "unsupported(",
    "BlockSurvey::new(",
    "reserve(",
    "damaged(",
    "beyond_the_end(",
    "noting(image,",
    "missing(",
    "outside(",
    "strip_prefix(",
    "split_once(",
    "starts_with(",
    "has_comment(",
    "creator = Some(",
    "text.find(",
    // The documentation of a macro's functions.
    "from_le_bytes,",
    "from_be_bytes,",
];

/// Words that are the same in every language: names of structures and programs, and pieces of commands.
const KEPT: &[&str] = &[
    "{path}: {error}",
    "{path}: {reason}",
    "{file} {what}",
    "{field}: {problem}",
    "cluster {cluster}: {error}",
    "virtual system",
    "operating system",
    "virtual hardware",
    "equals signs",
    "external data file",
    "data clusters",
    "metadata table",
    "damaged extent",
    "end-of-stream marker",
    "# Disk DescriptorFile",
    "Virtual PC",
    "Virtual Server",
    "Xen vhd-util",
    "Citrix XenConverter",
    "Windows Azure",
    "parent's relative path",
    "parent's absolute path",
    "AWS VM Export",
    "VMware (export by vSphere or ovftool)",
    "VMware ESXi",
    "VMware Workstation, Fusion or Player",
    "newline test",
    "redundant grain directory",
    "zeroed grains",
    "{flags:#x} ({})",
    ", or that and a multiple of 4 GiB",
    "is no VHD",
    "has the unique ID {id}",
    "is no VHDX",
    "has the DataWriteGuid {id}",
    "at the end (footer)",
    "sector {}",
    "unknown ({other})",
    "number {}",
    "number {index}",
    "its journal is too long to be read",
    "Windows Server",
    " or Windows",
    "{on_server} or {client}",
    "{before} xmlns:{prefix}=\"{namespace}\"{after}",
    "--user {user}",
    "${{AWS_SESSION_TOKEN:+--header}} {token}",
    "--data-raw {}",
    "--data-binary {}",
    "# The AWS provider of Terraform has no resource that makes the call {}: use the AWS CLI or boto3.\n",
    "terraform {\n  required_providers {\n    aws = {\n      source = \"hashicorp/aws\"\n    }\n  }\n}\n\n",
    "{indent}{name} {{",
    "# {number}. {}",
    "{number}. {}",
    "export AWS_PROFILE={}\n",
    "describe-snapshots --owner-ids self",
    "describe-images --owners self",
    "    # us-east-1 is the one Region that S3 refuses as a LocationConstraint.\n    aws s3api create-bucket --region \"$region\" --bucket \"$bucket\" >/dev/null",
    "    aws s3api create-bucket --region \"$region\" --bucket \"$bucket\" \\\n      --create-bucket-configuration \"LocationConstraint=$region\" >/dev/null",
    " \\\n        --query SnapshotId --output text",
    "Name = 'status'; Values = @('completed')",
    "Name = 'state'; Values = @('available')",
    "Get-Property $Task SnapshotTaskDetail",
    "ncoded authorization failure message:",
    "aws ec2 ",
    "preparing to boot",
    "preparing ami",
];

struct Literal {
    text: String,
    /// What stands before it, on one line.
    before: String,
}

#[test]
fn every_word_of_the_stages_has_its_german() {
    let known: BTreeSet<&str> = TABLES.iter().copied().flatten().map(|(english, _)| *english).collect();
    let mut missing = BTreeMap::new();
    for (file, literal) in said() {
        if !known.contains(literal.as_str()) {
            missing.entry(literal).or_insert(file);
        }
    }
    assert!(missing.is_empty(), "without German: {missing:#?}");
}

#[test]
fn no_translation_outlives_what_it_translates() {
    let written: BTreeSet<String> =
        sources().into_iter().flat_map(|(_, text)| literals(&text)).map(|l| l.text).collect();
    let entries = TABLES.iter().copied().flatten();
    let left: Vec<&str> =
        entries.map(|(english, _)| *english).filter(|english| !written.contains(*english)).collect();
    assert!(left.is_empty(), "nobody says: {left:#?}");
}

#[test]
fn a_translation_has_the_values_of_the_original_and_stands_once() {
    let mut seen = BTreeMap::new();
    for (english, german) in TABLES.iter().copied().flatten() {
        assert_eq!(values(english), values(german), "{english} / {german}");
        assert!(!german.is_empty(), "{english}");
        let before = seen.insert(*english, *german);
        assert!(before.is_none_or(|before| before == *german), "two translations of {english}");
    }
}

#[test]
fn the_page_s_own_texts_have_the_same_values_in_both_languages() {
    for subject in ["answer", "form", "page", "report", "runbook", "upload"] {
        let english = fields(&read(&root().join(format!("src/text/{subject}.rs"))));
        let german = fields(&read(&root().join(format!("src/text/german/{subject}.rs"))));
        assert!(english.len() > 5, "the texts of {subject} are where this test looks");
        for (name, text) in &english {
            let own = german.get(name).unwrap_or_else(|| panic!("{subject} has no {name} in German"));
            assert_eq!(values(text), values(own), "{name}: {text} / {own}");
            assert_eq!(text.is_empty(), own.is_empty(), "{name}");
        }
    }
}

/// What the stages say, with the file that says it.
fn said() -> Vec<(String, String)> {
    let mut said = Vec::new();
    for (file, source) in sources() {
        if SILENT.iter().any(|silent| file.starts_with(&format!("src/{silent}"))) {
            continue;
        }
        for literal in literals(&source) {
            let is_label = file == "src/text/labels.rs" && literal.before.ends_with("\",");
            if (is_label || reads_like_words(&literal.text)) && is_said(&file, &literal) {
                said.push((file.clone(), literal.text));
            }
        }
    }
    assert!(said.len() > 900, "the stages are where this test looks: {}", said.len());
    said
}

fn is_said(file: &str, literal: &Literal) -> bool {
    let before = literal.before.as_str();
    if KEPT.contains(&literal.text.as_str()) || NAMED_AFTER.iter().any(|end| before.ends_with(end)) {
        return false;
    }
    let statement = before.rsplit([';', '}']).next().unwrap_or_default();
    // What a file says of itself is shown in the words of its format's specification.
    let is_fact = statement.contains("fact(");
    let is_field =
        (file.starts_with("src/image") || file.starts_with("src/guest")) && before.ends_with("name:");
    // AWS's own wordings, by which an answer is recognised, stand in lists; causes and cures do not.
    let is_pattern = file.starts_with("src/task/failures") && before.rfind('[') > before.rfind(']');
    let is_release = file == "src/guest/windows.rs" && literal.text.starts_with("Windows ");
    !is_fact && !is_field && !is_pattern && !is_release
}

/// Whether a text has two words or more.
fn reads_like_words(text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
    let is_pair = |window: &[char]| {
        let [before, ' ', after] = window else { return false };
        (before.is_ascii_alphabetic() || ",.;:)}".contains(*before))
            && (after.is_ascii_alphabetic() || "({“".contains(*after))
    };
    characters.windows(3).any(is_pair)
        && characters.windows(2).any(|pair| pair.iter().all(char::is_ascii_lowercase))
}

/// The names of the values in a text, sorted; a braced example in it is none.
fn values(text: &str) -> BTreeSet<&str> {
    let parts = text.split('{').skip(1).filter_map(|part| part.split_once('}'));
    let is_name = |name: &&str| {
        !name.is_empty() && name.bytes().all(|byte| byte == b'_' || byte.is_ascii_alphanumeric())
    };
    parts.map(|(name, _)| name).filter(is_name).collect()
}

/// The fields of a struct of texts.
fn fields(source: &str) -> BTreeMap<String, String> {
    let named = |literal: Literal| {
        let name = literal.before.strip_suffix(':')?.rsplit([' ', ',', '{']).next()?.to_owned();
        Some((name, literal.text))
    };
    literals(source).into_iter().filter_map(named).collect()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The stages' sources without their tests.
fn sources() -> Vec<(String, String)> {
    let mut files = Vec::new();
    for stage in STAGES {
        let path = root().join("src").join(stage);
        if path.is_file() {
            files.push(path);
            continue;
        }
        let beside = path.with_extension("rs");
        if beside.is_file() {
            files.push(beside);
        }
        collect(&path, &mut files);
    }
    let named = |path: PathBuf| {
        let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
        let text = read(&path);
        let end = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
        (name, text[..end].to_owned())
    };
    files.into_iter().map(named).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    const FOR_TESTS: &[&str] = &[
        "tests",
        "tests.rs",
        "testing.rs",
        "pace_tests.rs",
        "statements.rs",
        "builder.rs",
        "disks_for_tests.rs",
        "simulation",
        "simulation.rs",
        "partition_table_tests.rs",
        "appliance_tests.rs",
    ];
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        if path.file_name().is_some_and(|name| FOR_TESTS.iter().any(|own| name == *own)) {
            continue;
        }
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// The string literals of a source, escapes undone, without those in comments. Raw ones hold scripts and are left out.
fn literals(source: &str) -> Vec<Literal> {
    let mut found = Vec::new();
    let mut code = String::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        if rest.starts_with("//") {
            rest = rest.find('\n').map_or("", |end| &rest[end..]);
        } else if let Some(hashes) = raw_start(rest, &code) {
            let end = format!("\"{}", "#".repeat(hashes));
            let inside = &rest[hashes + 2..];
            rest = inside.find(&end).map_or("", |at| &inside[at + end.len()..]);
        } else if first == '"' {
            let (text, after) = literal(&rest[1..]);
            let before = code.trim_end();
            let start = before.char_indices().rev().nth(400).map_or(0, |(at, _)| at);
            let before = before[start..].split_whitespace().collect::<Vec<_>>().join(" ");
            found.push(Literal { text, before });
            code.push_str("\"\"");
            rest = after;
        } else if first == '\'' {
            // A character, which may be a quotation mark, or a lifetime.
            let length = if rest[1..].starts_with('\\') {
                rest[3..].find('\'').map_or(1, |end| end + 4)
            } else {
                let one = rest[1..].chars().next().map_or(0, char::len_utf8);
                if rest[1 + one..].starts_with('\'') { one + 2 } else { 1 }
            };
            code.push('\'');
            rest = &rest[length..];
        } else {
            code.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    found
}

fn raw_start(rest: &str, code: &str) -> Option<usize> {
    let after = rest.strip_prefix('r')?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    let is_word = code.ends_with(|c: char| c.is_alphanumeric() || c == '_');
    (!is_word && after[hashes..].starts_with('"')).then_some(hashes)
}

/// The text of a literal from behind its first quotation mark, and what follows it.
fn literal(source: &str) -> (String, &str) {
    let mut text = String::new();
    let mut characters = source.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return (text, &source[at + 1..]),
            '\\' => match characters.next() {
                Some((_, 'n')) => text.push('\n'),
                Some((_, 't')) => text.push('\t'),
                Some((_, '\n')) => {
                    let rest = characters.as_str().trim_start();
                    characters = source.char_indices();
                    let skip = source.len() - rest.len();
                    while characters.offset() < skip {
                        characters.next();
                    }
                }
                Some((_, 'u')) => {
                    let digits: String =
                        characters.by_ref().map(|(_, c)| c).skip(1).take_while(|c| *c != '}').collect();
                    text.extend(u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32));
                }
                Some((_, other)) => text.push(other),
                None => break,
            },
            other => text.push(other),
        }
    }
    (text, "")
}
