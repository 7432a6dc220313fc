//! What the project is made of, as cargo tells it, and what `deny.toml` lets it be made of.

use crate::Result;
use crate::process::{cargo, project};
use serde_json::Value;
use spdx::{Expression, LicenseReq, Licensee, ParseMode};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A package of the dependency tree.
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    /// Its licence as an SPDX expression; `None` where it names none.
    pub(crate) license: Option<String>,
    /// The registry or repository it comes from; `None` for our own.
    pub(crate) source: Option<String>,
    pub(crate) repository: Option<String>,
    /// The folder of its sources.
    pub(crate) folder: PathBuf,
}

/// Every package of the workspace, for all platforms: the page, its tests and the tools.
#[cfg(test)]
pub(crate) fn all() -> Result<Vec<Package>> {
    packages(&metadata(&[])?).iter().map(|package| read(package)).collect()
}

/// The packages whose code is in the programs of `dist/`: no build scripts, macros or tests.
pub(crate) fn shipped() -> Result<Vec<Package>> {
    let metadata = metadata(&["--filter-platform", "wasm32-unknown-unknown"])?;
    let packages = packages(&metadata);
    let nodes = metadata["resolve"]["nodes"].as_array().map(Vec::as_slice).unwrap_or_default();
    let package = |id: &Value| packages.iter().copied().find(|package| package["id"] == *id);
    let root = packages.iter().copied().find(|package| package["name"] == "import-planner");
    let mut open: Vec<&Value> = root.map(|root| &root["id"]).into_iter().collect();
    let mut seen = BTreeSet::new();
    let mut shipped = Vec::new();
    while let Some(id) = open.pop() {
        let Some(package) = package(id).filter(|package| !is_macro(package)) else { continue };
        if !seen.insert(id.to_string()) {
            continue;
        }
        let found = read(package)?;
        if found.source.is_some() {
            shipped.push(found);
        }
        let node = nodes.iter().find(|node| node["id"] == *id);
        let dependencies = node.and_then(|node| node["deps"].as_array()).into_iter().flatten();
        open.extend(
            dependencies.filter(|dependency| is_normal(dependency)).map(|dependency| &dependency["pkg"]),
        );
    }
    shipped.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
    Ok(shipped)
}

fn metadata(options: &[&str]) -> Result<Value> {
    let output = cargo()
        .args(["metadata", "--locked", "--format-version", "1"])
        .args(options)
        .output()
        .map_err(|error| format!("cargo metadata did not start: {error}"))?;
    if !output.status.success() {
        return Err(format!("cargo metadata failed: {}", String::from_utf8_lossy(&output.stderr)));
    }
    serde_json::from_slice(&output.stdout).map_err(|error| format!("cargo metadata is not readable: {error}"))
}

fn packages(metadata: &Value) -> Vec<&Value> {
    metadata["packages"].as_array().into_iter().flatten().collect()
}

/// Its code runs in the compiler.
fn is_macro(package: &Value) -> bool {
    let targets = package["targets"].as_array().into_iter().flatten();
    targets
        .flat_map(|target| target["kind"].as_array().into_iter().flatten())
        .any(|kind| kind == "proc-macro")
}

/// Neither of a build script alone nor of tests alone.
fn is_normal(dependency: &Value) -> bool {
    dependency["dep_kinds"].as_array().into_iter().flatten().any(|kind| kind["kind"].is_null())
}

fn read(package: &Value) -> Result<Package> {
    let text = |member: &str| package[member].as_str().map(str::to_owned);
    let needed = |member: &str| text(member).ok_or_else(|| format!("cargo metadata tells no {member}"));
    let manifest = needed("manifest_path")?;
    Ok(Package {
        name: needed("name")?,
        version: needed("version")?,
        license: text("license"),
        source: text("source"),
        repository: text("repository"),
        folder: Path::new(&manifest).parent().map(PathBuf::from).unwrap_or_default(),
    })
}

/// The licences and sources of `deny.toml`.
pub(crate) struct Policy {
    /// In order of preference.
    allowed: Vec<Licensee>,
    /// A package's name and what is allowed to it alone.
    exceptions: Vec<(String, Vec<Licensee>)>,
    #[cfg(test)]
    registries: Vec<String>,
}

impl Policy {
    /// Reads `deny.toml`.
    pub(crate) fn read() -> Result<Self> {
        let path = project().join("deny.toml");
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let table: toml::Table = text.parse().map_err(|error| format!("deny.toml: {error}"))?;
        let missing = |what: &str| format!("deny.toml has no {what}");
        let licenses = table.get("licenses").ok_or_else(|| missing("[licenses]"))?;
        let exceptions = licenses.get("exceptions").and_then(toml::Value::as_array).into_iter().flatten();
        Ok(Self {
            allowed: licensees(licenses.get("allow"))?,
            exceptions: exceptions
                .map(|exception| {
                    let name = exception.get("crate").and_then(toml::Value::as_str);
                    let name = name.ok_or_else(|| missing("crate in an exception"))?;
                    Ok((name.to_owned(), licensees(exception.get("allow"))?))
                })
                .collect::<Result<_>>()?,
            #[cfg(test)]
            registries: strings(table.get("sources").and_then(|sources| sources.get("allow-registry")))?,
        })
    }

    /// The licences under which we take a package, the fewest and most preferred ones that suffice.
    pub(crate) fn chosen(&self, package: &Package) -> Result<Vec<LicenseReq>> {
        let who = format!("{} {}", package.name, package.version);
        let text = package.license.as_deref().ok_or_else(|| format!("{who} names no licence"))?;
        let expression = Expression::parse_mode(text, ParseMode::LAX)
            .map_err(|error| format!("{who}: {text:?} is no licence: {error}"))?;
        let exceptions = self.exceptions.iter().filter(|(name, _)| *name == package.name);
        expression
            .minimized_requirements(self.allowed.iter().chain(exceptions.flat_map(|(_, allowed)| allowed)))
            .map_err(|_| format!("{who} is under {text}, which deny.toml does not allow"))
    }

    /// What is wrong with where a package comes from.
    #[cfg(test)]
    fn check_source(&self, package: &Package) -> Result<()> {
        match &package.source {
            None => Ok(()),
            Some(source) if self.registries.iter().any(|known| *source == format!("registry+{known}")) => {
                Ok(())
            }
            Some(source) => Err(format!("{} {} comes from {source}", package.name, package.version)),
        }
    }
}

fn strings(value: Option<&toml::Value>) -> Result<Vec<String>> {
    let values = value.and_then(toml::Value::as_array).ok_or("deny.toml lacks a list")?;
    values
        .iter()
        .map(|value| {
            value.as_str().map(str::to_owned).ok_or_else(|| format!("deny.toml: {value:?} is no text"))
        })
        .collect()
}

fn licensees(value: Option<&toml::Value>) -> Result<Vec<Licensee>> {
    let parsed = strings(value)?.into_iter().map(|text| {
        Licensee::parse(&text).map_err(|error| format!("deny.toml: {text:?} is no licence: {error}"))
    });
    parsed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(license: Option<&str>, source: Option<&str>) -> Package {
        Package {
            name: "some".into(),
            version: "1.0.0".into(),
            license: license.map(str::to_owned),
            source: source.map(str::to_owned),
            repository: None,
            folder: PathBuf::new(),
        }
    }

    fn chosen(license: &str) -> Result<String> {
        let chosen = Policy::read()?.chosen(&package(Some(license), None))?;
        Ok(chosen.iter().map(ToString::to_string).collect::<Vec<_>>().join(" AND "))
    }

    #[test]
    fn every_dependency_is_under_an_allowed_licence_and_from_an_allowed_registry() {
        let policy = Policy::read().unwrap();
        let packages = all().unwrap();
        assert!(packages.len() > 100, "cargo tells of all packages");
        let problems: Vec<_> = packages
            .iter()
            .flat_map(|package| [policy.chosen(package).err(), policy.check_source(package).err()])
            .flatten()
            .collect();
        assert!(problems.is_empty(), "{problems:#?}");
    }

    #[test]
    fn of_several_licences_the_preferred_one_is_chosen() {
        assert_eq!(chosen("Apache-2.0 OR MIT").as_deref(), Ok("MIT"));
        assert_eq!(chosen("Apache-2.0/MIT").as_deref(), Ok("MIT"));
        assert_eq!(chosen("Apache-2.0 OR BSL-1.0").as_deref(), Ok("Apache-2.0"));
        assert_eq!(chosen("(MIT OR Apache-2.0) AND Unicode-3.0").as_deref(), Ok("MIT AND Unicode-3.0"));
    }

    #[test]
    fn a_licence_or_a_source_that_is_not_allowed_is_found() {
        assert!(chosen("GPL-3.0-only").is_err());
        assert!(chosen("MIT AND GPL-3.0-only").is_err());
        assert!(chosen("MPL-2.0").is_err(), "the exception is for one crate alone");
        let policy = Policy::read().unwrap();
        assert!(policy.chosen(&package(None, None)).is_err());
        for source in ["git+https://example.com/some", "registry+https://example.com/index"] {
            assert!(policy.check_source(&package(None, Some(source))).is_err());
        }
    }
}
