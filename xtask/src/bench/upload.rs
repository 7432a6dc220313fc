//! The page's upload beside `aws s3 cp` and `curl -T`: sets up what `xtask/benches/upload` needs, and runs it.

use crate::process::{cargo, run};
use crate::{Result, build, packages, tools};

/// The sizes of the files that are uploaded, in GiB, unless others are named.
const SIZES: &[u64] = &[2, 8];

/// What uploads, besides what is in the cache.
const PROGRAMS: &[&str] = &["chromium", "chromedriver", "curl", "python3"];

/// Prints a table for each size in GiB, and fails when a promise is not kept. `link` is the speed of the link to the server
/// in Mbit/s; without it client and server have nothing between them but the processor they share.
pub(super) fn bench(sizes: &[u64], link: Option<u64>) -> Result<()> {
    packages::set_up_only(PROGRAMS)?;
    build::build(build::Sizes::Quiet)?;
    let sizes = if sizes.is_empty() { SIZES } else { sizes };
    let mut command = cargo();
    // By the profile of the tests: what is measured are other programs.
    command.args(["test", "--quiet", "--locked", "--package", "xtask", "--bench", "upload", "--"]);
    command.args(sizes.iter().map(u64::to_string));
    command.env("IMPORT_PLANNER_PYTHON", tools::aws_python()?).env("IMPORT_PLANNER_GARAGE", tools::garage()?);
    if let Some(link) = link {
        command.env("IMPORT_PLANNER_LINK", link.to_string());
    }
    run("Uploading (about 15 minutes)", &mut command)
}
