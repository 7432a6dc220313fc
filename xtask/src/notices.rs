//! Writes THIRD-PARTY.md: whose code is in the programs of `dist/`, and under which terms.

use crate::Result;
use crate::dependencies::{Package, Policy, shipped};
use crate::process::project;
use spdx::LicenseReq;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The file, in the project's folder.
pub(crate) const FILE: &str = "THIRD-PARTY.md";

const INTRODUCTION: &str = "\
# Third-party notices

The programs of Import Planner hold code of the packages below, besides that of Rust's standard library (MIT OR
Apache-2.0, copyright The Rust Project contributors, <https://github.com/rust-lang/rust>). Where a package offers several
licences, the one named is the one it is used under. `cargo xtask notices` writes this file.
";

/// Writes the file anew.
pub(crate) fn write() -> Result<()> {
    let path = project().join(FILE);
    std::fs::write(&path, text()?)
        .map_err(|error| format!("{} cannot be written: {error}", path.display()))?;
    println!("==> {FILE} is written");
    Ok(())
}

fn text() -> Result<String> {
    let policy = Policy::read()?;
    let mut page = format!("{INTRODUCTION}\n| package | licence | from |\n| --- | --- | --- |\n");
    // Many packages share one text to the letter.
    let mut terms: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in shipped()? {
        let chosen = policy.chosen(&package)?;
        let names = chosen.iter().map(ToString::to_string).collect::<Vec<_>>().join(" AND ");
        let from = package.repository.as_deref().map_or_else(String::new, |address| format!("<{address}>"));
        let who = format!("{} {}", package.name, package.version);
        let _ = writeln!(page, "| {who} | {names} | {from} |");
        for text in licence_texts(&package, &chosen)? {
            terms.entry(text).or_default().push(who.clone());
        }
    }
    let mut terms: Vec<_> = terms.into_iter().map(|(text, packages)| (packages, text)).collect();
    terms.sort();
    for (packages, text) in terms {
        let _ = write!(page, "\n## {}\n\n~~~text\n{text}\n~~~\n", packages.join(", "));
    }
    Ok(page)
}

/// The texts of the chosen licences as the package brings them, with its notice if it has one.
fn licence_texts(package: &Package, chosen: &[LicenseReq]) -> Result<Vec<String>> {
    let files = licence_files(&package.folder)?;
    let mut texts = Vec::new();
    for licence in chosen {
        let of_its_name: Vec<_> = files.iter().filter(|file| is_named_for(file, licence)).collect();
        let found = if of_its_name.is_empty() {
            files.iter().filter(|file| is_for_all(file)).collect()
        } else {
            of_its_name
        };
        for file in &found {
            texts.push(read(file)?);
        }
        if found.is_empty() {
            texts.push(standard_text(package, licence)?);
        }
    }
    for notice in files.iter().filter(|file| stem(file) == "NOTICE") {
        texts.push(read(notice)?);
    }
    texts.dedup();
    Ok(texts)
}

/// `LICENSE-MIT`, `LICENSES/MIT.txt` and their kin, sorted.
fn licence_files(folder: &Path) -> Result<Vec<PathBuf>> {
    const BEGINNINGS: &[&str] = &["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE"];
    let list = |folder: &Path| -> Result<Vec<PathBuf>> {
        let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        Ok(entries.flatten().map(|entry| entry.path()).collect())
    };
    let mut files = list(folder)?;
    files.retain(|path| BEGINNINGS.iter().any(|beginning| stem(path).starts_with(beginning)));
    let (folders, mut files): (Vec<_>, Vec<_>) = files.into_iter().partition(|path| path.is_dir());
    for folder in folders {
        files.extend(list(&folder)?);
    }
    files.sort();
    Ok(files)
}

/// A file's name without its ending, in capitals.
fn stem(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_uppercase();
    name.trim_end_matches(".MD").trim_end_matches(".TXT").to_owned()
}

/// `LICENSE-APACHE` is named for Apache-2.0.
fn is_named_for(file: &Path, licence: &LicenseReq) -> bool {
    let licence = licence.to_string().to_uppercase();
    let family = licence.split('-').next().unwrap_or_default();
    stem(file).split(['-', '_', '.']).any(|part| part == family)
}

fn is_for_all(file: &Path) -> bool {
    matches!(stem(file).as_str(), "LICENSE" | "LICENCE" | "COPYING")
}

fn read(path: &Path) -> Result<String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(tidy(&text))
}

/// Line ends, trailing blanks and empty lines around the text are not part of it.
fn tidy(text: &str) -> String {
    let lines: Vec<_> = text.trim_start_matches('\u{feff}').lines().map(str::trim_end).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

/// The text in SPDX's list, for a package that brings none.
fn standard_text(package: &Package, licence: &LicenseReq) -> Result<String> {
    let id = licence.license.id().ok_or_else(|| format!("{licence} has no text"))?;
    let holders = format!("the authors of {}", package.name);
    let text = id.text().replace("<year> <copyright holders>", &holders);
    Ok(tidy(&text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_notices_are_current() {
        let written = std::fs::read_to_string(project().join(FILE)).unwrap();
        assert!(written == text().unwrap(), "{FILE} is out of date: run `cargo xtask notices`");
    }

    #[test]
    fn a_file_is_told_by_the_family_of_its_licence() {
        let licence = |text: &str| spdx::Licensee::parse(text).unwrap().into_req();
        assert!(is_named_for(Path::new("/c/LICENSE-Apache"), &licence("Apache-2.0")));
        assert!(is_named_for(Path::new("/c/LICENSES/MIT.txt"), &licence("MIT")));
        assert!(is_named_for(Path::new("/c/LICENSE-MIT.md"), &licence("MIT")));
        assert!(!is_named_for(Path::new("/c/LICENSE"), &licence("MIT")));
    }
}
