//! The system packages the tests need, found by the programs they bring.

use crate::Result;
use crate::process::{find_on_path, run};
use std::io::{IsTerminal, Write};
use std::process::Command;

/// A program that tests run, and the Debian package that brings it.
const PROGRAMS: &[(&str, &str)] = &[
    ("chromium", "chromium"),
    ("chromedriver", "chromium-driver"),
    ("qemu-img", "qemu-utils"),
    ("qemu-io", "qemu-utils"),
    // Real file systems for the guest stage.
    ("mke2fs", "e2fsprogs"),
    ("debugfs", "e2fsprogs"),
    ("mkfs.vfat", "dosfstools"),
    ("mcopy", "mtools"),
    ("mkntfs", "ntfs-3g"),
    ("wimapply", "wimtools"),
    ("mkfs.xfs", "xfsprogs"),
    ("mkfs.btrfs", "btrfs-progs"),
    ("mkfs.exfat", "exfatprogs"),
    ("mkswap", "util-linux"),
    ("cryptsetup", "cryptsetup-bin"),
    ("sfdisk", "fdisk"),
    // Other readers of the same files and disks.
    ("blkid", "util-linux"),
    ("vhdiinfo", "libvhdi-utils"),
    ("vmdkinfo", "libvmdk-utils"),
    ("qcowinfo", "libqcow-utils"),
    // The real AWS CLI, version 1; version 2 is asked for below.
    ("python3", "python3"),
    // It brings axe-core, and wasm-opt.
    ("npm", "npm"),
    // The configuration in hosting/ is held to the headers by running it.
    ("nginx", "nginx"),
    // The generated bash.
    ("shellcheck", "shellcheck"),
];

/// Programs that no test runs, and measurements do.
const MORE_PROGRAMS: &[(&str, &str)] = &[("curl", "curl")];

/// Packages that draw text and depend on no fonts.
const BROWSERS: &[&str] = &["chromium", FIREFOX];
const FIREFOX: &str = "firefox-esr";

/// Installs Firefox where there is none, in the same way.
pub(crate) fn set_up_firefox(yes: bool) -> Result<()> {
    let is_there = ["firefox-esr", "firefox"].iter().any(|program| find_on_path(program).is_some());
    install(yes, if is_there { Vec::new() } else { vec![FIREFOX] })
}

/// The Python of Debian's packages, which has version 2 of the AWS CLI when it is installed.
const SYSTEM_PYTHON: &str = "/usr/bin/python3";

/// The variable that names another Python with it; the wire tests read it too.
const PYTHON_OF_VERSION_2: &str = "IMPORT_PLANNER_PYTHON_AWSCLI_2";

/// Whether there is a version 2 of the AWS CLI. The `aws` on PATH does not tell: it may be version 1.
fn has_aws_cli_2() -> bool {
    let python = std::env::var(PYTHON_OF_VERSION_2).unwrap_or_else(|_| SYSTEM_PYTHON.into());
    let program = "import awscli; assert awscli.__version__.startswith('2.')";
    crate::process::output_of(&python, &["-c", program]).is_some()
}

/// Installs the packages whose programs are missing: without asking under CI or with `--yes`, else after a yes.
pub(crate) fn set_up(yes: bool) -> Result<()> {
    let mut missing = missing(PROGRAMS, |_| true);
    // Debian's python3 comes without the module that fills a virtual environment.
    if crate::process::output_of("python3", &["-c", "import ensurepip"]).is_none() {
        missing.push("python3-venv");
    }
    if !has_aws_cli_2() {
        missing.push("awscli");
    }
    install(yes, missing)
}

/// The same for a few of the programs.
pub(crate) fn set_up_only(programs: &[&str]) -> Result<()> {
    let is_wanted = |program: &str| programs.contains(&program);
    let mut wanted = missing(PROGRAMS, is_wanted);
    wanted.extend(missing(MORE_PROGRAMS, is_wanted));
    install(false, wanted)
}

/// The packages of the programs that are wanted and not here.
fn missing(
    programs: &'static [(&'static str, &'static str)],
    is_wanted: impl Fn(&str) -> bool,
) -> Vec<&'static str> {
    programs
        .iter()
        .filter(|(program, _)| is_wanted(program) && find_on_path(program).is_none())
        .map(|(_, package)| *package)
        .collect()
}

fn install(yes: bool, mut missing: Vec<&str>) -> Result<()> {
    missing.sort_unstable();
    missing.dedup();
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    if find_on_path("apt-get").is_none() {
        return Err(format!(
            "the tests need programs that are not here. In Debian's names: {list}. Install them by your system's own way"
        ));
    }
    if !yes && std::env::var_os("CI").is_none() && !agreed(&list)? {
        return Err(format!("install them yourself, then run this again: apt-get install {list}"));
    }
    let mut update = apt();
    run("Reading the lists of packages", update.arg("update").arg("-qq"))?;
    let mut install = apt();
    install.args(["install", "-y", "-qq", "--no-install-recommends"]).args(&missing);
    if missing.iter().any(|package| BROWSERS.contains(package)) {
        install.arg("fonts-dejavu-core");
    }
    run(&format!("Installing {list} (about a minute)"), &mut install)
}

fn apt() -> Command {
    let is_root = crate::process::output_of("id", &["-u"]).is_some_and(|id| id == "0");
    let mut command = if is_root || find_on_path("sudo").is_none() {
        Command::new("apt-get")
    } else {
        let mut sudo = Command::new("sudo");
        sudo.arg("apt-get");
        sudo
    };
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn agreed(list: &str) -> Result<bool> {
    if !std::io::stdin().is_terminal() {
        return Err(format!("the tests need the packages {list}; run with --yes to install them"));
    }
    print!("The tests need these packages: {list}. Install them with apt-get? [y/N] ");
    std::io::stdout().flush().map_err(|error| error.to_string())?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer).map_err(|error| error.to_string())?;
    Ok(answer.trim().eq_ignore_ascii_case("y") || answer.trim().eq_ignore_ascii_case("yes"))
}
