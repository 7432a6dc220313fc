//! The tools the build needs, each taken from PATH when its version is right, else from the per-user cache, else
//! installed into that cache. The cache lies outside `target/`, so that a fresh clone finds it.

use crate::Result;
use crate::process::{cargo, find_on_path, output_of, project, run};
use std::path::{Path, PathBuf};
use std::process::Command;

const TRUNK: &str = "0.21.14";
const BINARYEN: &str = "132";
/// The rules of accessibility that the page is held to.
const AXE: &str = "4.14.1";
/// The last one that runs on Node 20.
const LIGHTHOUSE: &str = "12.8.2";
const GECKODRIVER: &str = "0.36.0";
/// What checks the CloudFormation templates, pinned because a newer one may find new faults.
const CFN_LINT: &str = "1.51.0";
/// The AWS CLI v1 of the wire tests. Newer ones should do; this one's behaviour is what the tests were read from.
const AWS_CLI: &str = "1.45.11";
/// The parser of Terraform's language of the wire tests, which read what this version gives.
const PYTHON_HCL2: &str = "8.1.4";
/// The S3 server of `test --s3 garage` and `bench upload`.
const GARAGE: &str = "2.5.0";
/// The AWS of the runbooks' tests.
const MOTO: &str = "5.2.5";

/// The folder of the per-user cache.
pub(crate) fn cache() -> Result<PathBuf> {
    let from = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    from("IMPORT_PLANNER_CACHE")
        .or_else(|| from("XDG_CACHE_HOME").map(|base| base.join("import-planner")))
        .or_else(|| from("LOCALAPPDATA").map(|base| base.join("import-planner")))
        .or_else(|| from("HOME").map(|home| home.join(".cache/import-planner")))
        .ok_or_else(|| "no folder for the tools: set IMPORT_PLANNER_CACHE to one".into())
}

/// The folders of the tools that a build needs, for PATH, and `wasm-opt` where it can be had.
pub(crate) struct BuildTools {
    pub(crate) path: Vec<PathBuf>,
    pub(crate) wasm_opt: Option<PathBuf>,
}

impl BuildTools {
    /// Finds or installs what a build needs.
    pub(crate) fn set_up() -> Result<Self> {
        wasm_target()?;
        let wasm_bindgen = wasm_bindgen()?;
        let trunk = cargo_tool("trunk", "trunk", TRUNK, &["--locked"], "about 6 minutes on two cores")?;
        Ok(Self { path: vec![wasm_bindgen, trunk], wasm_opt: wasm_opt()? })
    }

    /// PATH with these tools before everything else.
    pub(crate) fn search_path(&self) -> Result<std::ffi::OsString> {
        let old = std::env::var_os("PATH").unwrap_or_default();
        std::env::join_paths(self.path.iter().cloned().chain(std::env::split_paths(&old)))
            .map_err(|error| format!("PATH cannot be extended: {error}"))
    }
}

/// Makes sure that the standard library for wasm32 is there.
pub(crate) fn wasm_target() -> Result<()> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let sysroot =
        output_of("rustc", &["--print", "sysroot"]).ok_or("rustc is not on PATH: install Rust first")?;
    if Path::new(&sysroot).join("lib/rustlib").join(TARGET).join("lib").is_dir() {
        return Ok(());
    }
    if find_on_path("rustup").is_none() {
        return Err(format!(
            "this Rust has no standard library for {TARGET} and was not installed by rustup: install the target by the way Rust came"
        ));
    }
    run("Adding the wasm32 target (seconds)", Command::new("rustup").args(["target", "add", TARGET]))
}

/// The folder of wasm-bindgen's command, of exactly the version in Cargo.lock.
pub(crate) fn wasm_bindgen() -> Result<PathBuf> {
    let version = locked_version("wasm-bindgen")?;
    // `--locked` is left out: the lock file in that crate has named versions that were withdrawn.
    cargo_tool("wasm-bindgen-cli", "wasm-bindgen", &version, &[], "about 2 minutes on two cores")
}

fn locked_version(package: &str) -> Result<String> {
    let path = project().join("Cargo.lock");
    let lock = std::fs::read_to_string(&path)
        .map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines
        .nth(1)
        .and_then(|line| line.strip_prefix("version = \""))
        .and_then(|line| line.strip_suffix('"'))
        .map(str::to_owned)
        .ok_or_else(|| format!("Cargo.lock names no version of {package}"))
}

fn cargo_tool(package: &str, program: &str, version: &str, options: &[&str], time: &str) -> Result<PathBuf> {
    let is_right = |path: &Path| {
        // Garage says whence its version is.
        let is_version = |word: &str| word.strip_prefix("cargo:").unwrap_or(word) == version;
        output_of(path, &["--version"]).is_some_and(|text| text.split_whitespace().any(is_version))
    };
    if let Some(path) = find_on_path(program).filter(|path| is_right(path)) {
        return folder_of(&path);
    }
    let root = cache()?.join("tools").join(format!("{package}-{version}"));
    let path = root.join("bin").join(format!("{program}{}", std::env::consts::EXE_SUFFIX));
    if !is_right(&path) {
        let mut install = cargo();
        install.current_dir(std::env::temp_dir());
        install.args(["install", package, "--version", version, "--root"]).arg(&root).args(options);
        // In the clone's own target folder the build would be repeated for every clone.
        install.env_remove("CARGO_TARGET_DIR");
        run(&format!("Installing {package} {version} into the cache ({time})"), &mut install)?;
    }
    folder_of(&path)
}

/// Garage's program.
pub(crate) fn garage() -> Result<PathBuf> {
    let options = ["--locked", "--no-default-features", "--features", "bundled-libs,sqlite"];
    let folder = cargo_tool("garage", "garage", GARAGE, &options, "about 15 minutes on two cores")?;
    Ok(folder.join(format!("garage{}", std::env::consts::EXE_SUFFIX)))
}

fn folder_of(path: &Path) -> Result<PathBuf> {
    path.parent().map(PathBuf::from).ok_or_else(|| format!("{} lies in no folder", path.display()))
}

fn wasm_opt() -> Result<Option<PathBuf>> {
    let is_right = |path: &Path| {
        output_of(path, &["--version"])
            .is_some_and(|text| text.split_whitespace().any(|word| word == BINARYEN))
    };
    if let Some(path) = find_on_path("wasm-opt").filter(|path| is_right(path)) {
        return Ok(Some(path));
    }
    if find_on_path("npm").is_none() && !npm_folder("binaryen", BINARYEN)?.exists() {
        println!(
            "==> wasm-opt is left out: neither it (version {BINARYEN}) nor npm is on PATH. The page works, but is about a third larger."
        );
        return Ok(None);
    }
    Ok(Some(npm_package("binaryen", BINARYEN)?.join("node_modules/.bin/wasm-opt")))
}

fn npm_folder(package: &str, version: &str) -> Result<PathBuf> {
    Ok(cache()?.join("tools").join(format!("{package}-{version}")))
}

/// The folder in the cache into which npm has installed this version of the package.
fn npm_package(package: &str, version: &str) -> Result<PathBuf> {
    let root = npm_folder(package, version)?;
    if root.join("node_modules").join(package).is_dir() {
        return Ok(root);
    }
    // An installation that was broken off is not taken for one.
    let unfinished = root.with_file_name(format!("{package}-{version}.unfinished"));
    let refused = |error: std::io::Error| format!("{} cannot be made: {error}", root.display());
    for earlier in [&root, &unfinished] {
        if earlier.exists() {
            std::fs::remove_dir_all(earlier).map_err(refused)?;
        }
    }
    std::fs::create_dir_all(&unfinished).map_err(refused)?;
    let mut npm = Command::new("npm");
    npm.args(["install", "--silent", "--no-fund", "--no-audit", "--prefix"]).arg(&unfinished);
    npm.arg(format!("{package}@{version}"));
    run(&format!("Installing {package} {version} into the cache (seconds)"), &mut npm)?;
    std::fs::rename(&unfinished, &root).map_err(refused)?;
    Ok(root)
}

/// The program of axe-core, which is run on the page.
pub(crate) fn axe() -> Result<PathBuf> {
    Ok(npm_package("axe-core", AXE)?.join("node_modules/axe-core/axe.min.js"))
}

/// Lighthouse's command.
pub(crate) fn lighthouse() -> Result<PathBuf> {
    Ok(npm_package("lighthouse", LIGHTHOUSE)?.join("node_modules/.bin/lighthouse"))
}

/// The folder of geckodriver, by which Firefox is driven.
pub(crate) fn geckodriver() -> Result<PathBuf> {
    cargo_tool("geckodriver", "geckodriver", GECKODRIVER, &["--locked"], "about 2 minutes on two cores")
}

/// The python of a virtual environment in the cache that holds the AWS CLI v1, boto3, moto, cfn-lint and python-hcl2.
pub(crate) fn aws_python() -> Result<PathBuf> {
    let root = cache()?
        .join("tools")
        .join(format!("awscli-{AWS_CLI}-moto-{MOTO}-hcl2-{PYTHON_HCL2}-cfn-lint-{CFN_LINT}"));
    let python = root.join("bin/python3");
    if output_of(&python, &["-c", "import awscli, boto3, cfnlint, flask, hcl2, moto"]).is_some() {
        return Ok(python);
    }
    run("Making a Python environment in the cache", Command::new("python3").args(["-m", "venv"]).arg(&root))?;
    let mut pip = Command::new(&python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    pip.arg(format!("awscli=={AWS_CLI}"))
        .arg(format!("moto[ec2,iam,s3,server]=={MOTO}"))
        .arg(format!("python-hcl2=={PYTHON_HCL2}"))
        .arg(format!("cfn-lint=={CFN_LINT}"))
        .arg("boto3");
    run("Installing the AWS CLI v1, boto3, moto, cfn-lint and python-hcl2 there (about a minute)", &mut pip)?;
    Ok(python)
}
