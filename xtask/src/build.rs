//! Builds the hostable folder `dist/`: Trunk makes it, then the two programs are optimised and the worker's files,
//! which Trunk leaves without a hash, are named for their content.

use crate::process::{cargo, output_of, project, run};
use crate::tools::BuildTools;
use crate::{Result, headers, notices, offline};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Whether the sizes of the files are printed at the end.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sizes {
    Print,
    Quiet,
}

/// What the page is made from, besides the tools.
const INPUTS: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
    "index.html",
    "src",
    "www",
    ".cargo",
    "xtask/src/build.rs",
    "xtask/src/headers.rs",
    "xtask/src/offline.rs",
    notices::FILE,
];

/// Builds `dist/`, unless nothing it is made from has changed since the last time.
pub(crate) fn build(sizes: Sizes) -> Result<()> {
    let tools = BuildTools::set_up()?;
    let dist = project().join("dist");
    let stamp = project().join("target/dist.stamp");
    let inputs = digest_of_inputs(tools.wasm_opt.is_some())?;
    let unchanged = std::fs::read_to_string(&stamp).is_ok_and(|old| old == inputs);
    if unchanged && dist.join("index.html").is_file() {
        println!("==> dist/ is up to date");
    } else {
        let _ = std::fs::remove_file(&stamp);
        fetch_crates()?;
        let mut trunk = Command::new("trunk");
        trunk.arg("build").current_dir(project()).env("PATH", tools.search_path()?);
        trunk.env_remove("NO_COLOR"); // Trunk takes only `true` or `false` for it and stops at `1`.
        trunk.env("IMPORT_PLANNER_COMMIT", commit());
        trunk.env("CARGO_ENCODED_RUSTFLAGS", without_paths_of_this_machine());
        run("Building the page and its worker (about 2 minutes the first time)", &mut trunk)?;
        if let Some(wasm_opt) = &tools.wasm_opt {
            optimise(&dist, wasm_opt)?;
        }
        name_workers_by_content(&dist)?;
        name_scripts_by_content(&dist)?;
        // The licences ask that their texts go with the programs.
        std::fs::copy(project().join(notices::FILE), dist.join("THIRD-PARTY.txt"))
            .map_err(|error| format!("{} cannot be copied: {error}", notices::FILE))?;
        offline::write(&dist)?;
        // Where CARGO_TARGET_DIR names another folder, this one has not been made.
        std::fs::create_dir_all(project().join("target"))
            .and_then(|()| std::fs::write(&stamp, inputs))
            .map_err(|error| format!("{} cannot be written: {error}", stamp.display()))?;
    }
    if sizes == Sizes::Print {
        let (first_load, programs) = print_sizes(&dist)?;
        let (most, most_of_programs) = MOST_OF_FIRST_LOAD;
        // Without wasm-opt programs are a third larger, which is nobody's fault.
        if tools.wasm_opt.is_some() && (first_load > most || programs > most_of_programs) {
            return Err(format!(
                "the first load is {first_load} bytes with {programs} of WebAssembly, and may be {most} with {most_of_programs}"
            ));
        }
    }
    Ok(())
}

/// Flags that keep the folders of the machine that built it out of the program: panics name source files.
fn without_paths_of_this_machine() -> String {
    let home = std::env::var("CARGO_HOME")
        .ok()
        .or_else(|| std::env::var("HOME").ok().map(|home| format!("{home}/.cargo")))
        .unwrap_or_default();
    let sysroot = output_of("rustc", &["--print", "sysroot"]).unwrap_or_default();
    let mut folders = vec![
        (format!("{sysroot}/lib/rustlib/src/rust/library"), "std"),
        (project().to_string_lossy().into_owned(), "import-planner"),
    ];
    // Below it each registry has a folder of its own, and in it each crate.
    let registries = std::fs::read_dir(format!("{home}/registry/src")).into_iter().flatten().flatten();
    folders.extend(registries.map(|registry| (registry.path().to_string_lossy().into_owned(), "crates")));
    let flags = folders.iter().map(|(from, to)| format!("--remap-path-prefix={from}={to}"));
    flags.collect::<Vec<_>>().join("\u{1f}")
}

/// Trunk builds with `--offline`, so the crates must lie in cargo's own cache first.
fn fetch_crates() -> Result<()> {
    let mut offline = cargo();
    offline.args(["fetch", "--locked", "--offline", "--quiet"]);
    let there = offline.stderr(std::process::Stdio::null()).status().is_ok_and(|status| status.success());
    if there { Ok(()) } else { run("Fetching the crates", cargo().args(["fetch", "--locked"])) }
}

/// The commit that the footer names, with a plus sign when the tree has changed since.
fn commit() -> String {
    let project = project();
    let project = project.to_string_lossy();
    let Some(hash) = output_of("git", &["-C", &project, "rev-parse", "--short=10", "HEAD"]) else {
        return String::new();
    };
    let changed =
        output_of("git", &["-C", &project, "status", "--porcelain"]).is_some_and(|text| !text.is_empty());
    if changed { format!("{hash}+") } else { hash }
}

fn digest_of_inputs(optimised: bool) -> Result<String> {
    let mut files = Vec::new();
    for input in INPUTS {
        collect(&project().join(input), &mut files)?;
    }
    files.sort();
    let mut digest = Sha256::new();
    digest.update([u8::from(optimised)]);
    digest.update(commit());
    for file in files {
        digest.update(file.to_string_lossy().as_bytes());
        digest.update(read(&file)?);
    }
    Ok(hexadecimal(&digest.finalize()))
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_dir() {
        let entries = std::fs::read_dir(path).map_err(|error| format!("{}: {error}", path.display()))?;
        for entry in entries.flatten() {
            collect(&entry.path(), files)?;
        }
    } else if path.is_file() {
        files.push(path.to_path_buf());
    }
    Ok(())
}

fn optimise(dist: &Path, wasm_opt: &Path) -> Result<()> {
    for file in files_ending(dist, ".wasm")? {
        // What reads and hashes files is judged by its speed, the others by their size.
        let is_fast = FAST.iter().any(|program| name_of(&file).starts_with(program));
        let level = if is_fast { "-O3" } else { "-Oz" };
        let mut command = Command::new(wasm_opt);
        command.arg(level);
        if !is_fast {
            // Functions of one kind have similar names and similar code; side by side they compress better.
            command.arg("--reorder-functions-by-name");
        }
        command.arg(&file).arg("-o").arg(&file);
        run(&format!("Optimising {} ({level})", name_of(&file)), &mut command)?;
    }
    Ok(())
}

/// The programs that are optimised for speed; `index.html` builds them by the profile `worker`.
const FAST: &[&str] = &["worker", "uploader"];

/// The programs that run in workers; each is loaded by a copy of `www/worker.mjs`.
const WORKERS: &[&str] = &["worker", "composer", "uploader"];

/// Renames each worker's three files from the innermost outwards, putting each new name into the file that loads it,
/// so that they can be kept forever, and page and workers are never of two versions.
fn name_workers_by_content(dist: &Path) -> Result<()> {
    let loader = dist.join("worker.mjs");
    let source = String::from_utf8(read(&loader)?).map_err(|_| "www/worker.mjs is not text")?;
    std::fs::remove_file(&loader).map_err(|error| format!("{}: {error}", loader.display()))?;
    for program in WORKERS {
        let (script, wasm, loader) =
            (format!("{program}.js"), format!("{program}_bg.wasm"), format!("{program}.mjs"));
        let named = source.replace("worker.js", &script).replace("worker_bg.wasm", &wasm);
        std::fs::write(dist.join(&loader), named).map_err(|error| format!("{loader}: {error}"))?;
        let wasm_named = rename_by_content(dist, &wasm, &[])?;
        let script_named = rename_by_content(dist, &script, &[(&wasm, &wasm_named)])?;
        let inside = [(script.as_str(), script_named.as_str()), (&wasm, &wasm_named)];
        let loader_named = rename_by_content(dist, &loader, &inside)?;
        substitute(&dist.join("index.html"), &[(&format!("\"{loader}\""), &format!("\"{loader_named}\""))])?;
    }
    Ok(())
}

/// Does the same for the page's own small scripts: what index.html names is then what it was built with.
fn name_scripts_by_content(dist: &Path) -> Result<()> {
    let updates = rename_by_content(dist, "updates.mjs", &[])?;
    let boot = rename_by_content(dist, "boot.mjs", &[("updates.mjs", &updates)])?;
    let mut named = vec![("boot.mjs", boot)];
    for name in ["theme.js", "language.js", "help.mjs", "stopped.mjs"] {
        named.push((name, rename_by_content(dist, name, &[])?));
    }
    let quoted = named.iter().map(|(name, own)| (format!("\"./{name}\""), format!("\"./{own}\"")));
    let quoted: Vec<(String, String)> = quoted.collect();
    let substitutions: Vec<(&str, &str)> =
        quoted.iter().map(|(name, own)| (name.as_str(), own.as_str())).collect();
    substitute(&dist.join("index.html"), &substitutions)
}

fn rename_by_content(dist: &Path, name: &str, substitutions: &[(&str, &str)]) -> Result<String> {
    let path = dist.join(name);
    if !substitutions.is_empty() {
        substitute(&path, substitutions)?;
    }
    let hash = hexadecimal(&Sha256::digest(read(&path)?));
    let (stem, ending) = name.split_once('.').unwrap_or((name, ""));
    let renamed = format!("{}-{}.{ending}", stem.replace('_', "-"), &hash[..16]);
    std::fs::rename(&path, dist.join(&renamed))
        .map_err(|error| format!("{name} cannot be renamed: {error}"))?;
    Ok(renamed)
}

fn substitute(path: &Path, substitutions: &[(&str, &str)]) -> Result<()> {
    let mut text = String::from_utf8(read(path)?).map_err(|_| format!("{} is not text", path.display()))?;
    for (from, to) in substitutions {
        if !text.contains(from) {
            return Err(format!("{} does not name {from}", path.display()));
        }
        text = text.replace(from, to);
    }
    std::fs::write(path, text).map_err(|error| format!("{} cannot be written: {error}", path.display()))
}

/// Prints the size of each file; gives that of the first load, and of the WebAssembly in it.
fn print_sizes(dist: &Path) -> Result<(usize, usize)> {
    println!("\n{:<52} {:>10} {:>10}", "dist/", "bytes", "brotli");
    let index = String::from_utf8_lossy(&read(&dist.join("index.html"))?).into_owned();
    let (mut first_load, mut programs) = (0, 0);
    let mut files = Vec::new();
    collect(dist, &mut files)?;
    files.sort();
    for file in files {
        let bytes = read(&file)?;
        let (name, compressed) = (name_of(&file), brotli_size(&bytes));
        println!("{name:<52} {:>10} {compressed:>10}", bytes.len());
        if is_of_first_load(&name, &index) {
            first_load += compressed;
            programs += if headers::content_type(&name) == Some("application/wasm") { compressed } else { 0 };
        }
    }
    println!("\nFirst load, brotli: {first_load} bytes, of them {programs} of WebAssembly");
    Ok((first_load, programs))
}

/// What the first load may take, and WebAssembly in it, in bytes after brotli.
const MOST_OF_FIRST_LOAD: (usize, usize) = (220_000, 180_000);

/// Whether a browser fetches the file to draw the page: what index.html names, but for the workers, which are started
/// when they are needed, and for pictures that belong to the system.
fn is_of_first_load(name: &str, index: &str) -> bool {
    let is_of_worker = WORKERS.iter().any(|program| name.starts_with(&format!("{program}-")));
    name == "index.html"
        || (index.contains(name) && !is_of_worker && headers::content_type(name) != Some("image/png"))
}

fn brotli_size(bytes: &[u8]) -> usize {
    brotli(bytes, 11).len()
}

/// The bytes compressed by brotli, of this quality of 11.
pub(crate) fn brotli(bytes: &[u8], quality: i32) -> Vec<u8> {
    let mut compressed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality, lgwin: 22, ..Default::default() };
    match brotli::BrotliCompress(&mut &bytes[..], &mut compressed, &parameters) {
        Ok(_) => compressed,
        Err(_) => bytes.to_vec(),
    }
}

fn files_ending(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    collect(folder, &mut files)?;
    files.retain(|file| name_of(file).ends_with(ending));
    Ok(files)
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))
}

pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
