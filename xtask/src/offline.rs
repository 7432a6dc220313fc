//! Makes a build's service worker: `www/service-worker.js` with the list of the build's files and their digests.

use crate::build::{hexadecimal, read};
use crate::{Result, headers};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256, Sha384};
use std::path::Path;

/// Where a browser looks for it. Its name stays, so that a browser that has one finds the next.
pub(crate) const FILE: &str = "service-worker.js";
const TEMPLATE: &str = include_str!("../../www/service-worker.js");

/// What index.html says before the name of its build.
const MARK: &str = "data-build=\"";

/// Names the build by the digest of all its files, writes that name into `index.html`, and the service worker beside it.
/// It can be done again when files have changed.
pub(crate) fn write(folder: &Path) -> Result<()> {
    let names = names(folder)?;
    let index = String::from_utf8(read(&folder.join("index.html"))?).map_err(|_| "index.html is not text")?;
    let mut digest = Sha256::new_with_prefix(TEMPLATE);
    for name in &names {
        let bytes =
            if name == "index.html" { named(&index, "")?.into_bytes() } else { read(&folder.join(name))? };
        digest.update(name);
        digest.update(Sha256::digest(bytes));
    }
    let build = &hexadecimal(&digest.finalize())[..16];
    put(folder, "index.html", &named(&index, build)?)?;
    let mut files = Map::new();
    for name in &names {
        // The folder's own address is what is visited; some hosts redirect from index.html to it.
        let address = if name == "index.html" { "./" } else { name };
        let integrity =
            format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(read(&folder.join(name))?)));
        files.insert(address.into(), json!({"integrity": integrity, "hashed": headers::is_hashed(name)}));
    }
    let files = serde_json::to_string_pretty(&Value::Object(files)).map_err(|error| error.to_string())?;
    let worker = TEMPLATE.replace("@BUILD@", build).replace("\"@FILES@\"", &files);
    put(folder, FILE, &worker)
}

/// The files that a visitor's browser keeps, sorted.
fn names(folder: &Path) -> Result<Vec<String>> {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<_> = names.filter(|name| name != FILE).collect();
    names.sort();
    Ok(names)
}

/// `index` as the one of the build of this name.
fn named(index: &str, build: &str) -> Result<String> {
    let parts = index.split_once(MARK).and_then(|(before, rest)| Some((before, rest.split_once('"')?.1)));
    let (before, after) = parts.ok_or_else(|| format!("index.html has no {MARK}"))?;
    Ok(format!("{before}{MARK}{build}\"{after}"))
}

fn put(folder: &Path, name: &str, text: &str) -> Result<()> {
    std::fs::write(folder.join(name), text).map_err(|error| format!("{name} cannot be written: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn built(files: &[(&str, &str)]) -> (tempfile::TempDir, String, String) {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        write(folder.path()).unwrap();
        let text = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
        let (index, worker) = (text("index.html"), text(FILE));
        (folder, index, worker)
    }

    const INDEX: (&str, &str) =
        ("index.html", "<script data-build=\"\" data-app-js=\"a-0123456789abcdef.js\">");

    #[test]
    fn a_build_is_named_by_its_files_and_named_alike_when_that_is_done_again() {
        let (folder, index, worker) = built(&[INDEX, ("a-0123456789abcdef.js", "one")]);
        let build = index.split('"').nth(1).unwrap().to_owned();
        assert!(build.len() == 16 && worker.contains(&format!("const BUILD = \"{build}\";")), "{worker}");
        write(folder.path()).unwrap();
        assert_eq!(std::fs::read_to_string(folder.path().join("index.html")).unwrap(), index);
        let (_folder, other, _) = built(&[INDEX, ("a-0123456789abcdef.js", "two")]);
        assert_ne!(other, index);
    }

    #[test]
    fn each_file_is_listed_with_its_digest_and_whether_its_name_holds_a_hash() {
        let (_folder, _, worker) = built(&[INDEX, ("a-0123456789abcdef.js", "abc"), ("icon.svg", "")]);
        let list = worker.split("const FILES = ").nth(1).unwrap().split(";\n").next().unwrap();
        let list: Value = serde_json::from_str(list).unwrap();
        // The digests of "abc" and of nothing, FIPS 180-4's examples for SHA-384, in base64.
        let abc = "sha384-ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn";
        assert_eq!(list["a-0123456789abcdef.js"], json!({"integrity": abc, "hashed": true}));
        assert_eq!(list["icon.svg"]["hashed"], false);
        assert!(
            list["./"]["integrity"].is_string()
                && list.get(FILE).is_none()
                && list.get("index.html").is_none()
        );
    }
}
