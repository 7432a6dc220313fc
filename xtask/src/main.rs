//! `cargo xtask`: builds, serves, deploys and tests Import Planner. `cargo xtask --help` lists what it does.

mod bench;
mod build;
mod dependencies;
mod deploy;
mod headers;
#[cfg(all(test, unix))]
mod hosting_tests;
mod notices;
mod offline;
mod packages;
mod process;
mod serve;
mod tests;
mod tools;

use std::process::ExitCode;

/// An error with a sentence that says what to do.
type Result<T> = std::result::Result<T, String>;

const HELP: &str = "\
Usage: cargo xtask COMMAND [OPTIONS]

Commands:
  serve   Set up the tools that are missing, build the release page and serve it
            --port P        the port on 127.0.0.1 (default 8080; 0 takes a free one)
            --no-build      serve dist/ as it is
            --prefix /PATH  serve it below a path, as some hosts do
            --folder F      serve this folder in the place of dist/, as it is
            --s3-origin O   also let the page upload to this origin (may be repeated)
  build   Build the hostable folder dist/ and print its sizes
  stamp   Write the list of files into the service worker anew, after files of a build were changed by hand
            [FOLDER]        the folder (default dist/)
  deploy  Build, and put dist/ on S3 with the AWS CLI, each file with its type and its cache rule
            --bucket B        the bucket
            --region R        the bucket's Region, where it is not the profile's own
            --stack S         first make or update bucket, distribution and headers by hosting/cloudformation.yaml
            --s3-origin O     with --stack: also let the page upload to this origin (may be repeated)
            --distribution D  afterwards have this CloudFront distribution forget the files that change
            --delete-old      delete the hashed files of earlier builds; pages that are still open may need them
            --no-build        send dist/ as it is
            --dry-run         print the commands and run none; sends dist/ as it is
  notices Write THIRD-PARTY.md, the licences of what the programs are made of
  test    Set up what the tests need and run all of them
            --yes           install missing system packages without asking
            --only STEP     run one step: format, lint, lint-wasm, dependencies, documentation, native, wasm, end-to-end
            --test NAME     with --only: only the tests whose name contains NAME
            --s3 garage     the journeys of uploads alone, against Garage (15 minutes to compile, once)
            --browser B     run the journeys in another browser instead: firefox
  bench   Measure and print a table
            inspect         the inspector beside qemu-img info; also when nothing is named
            page            the page by Lighthouse
            upload          the page's upload beside aws s3 cp and curl, to Garage (as above)
            --size G        with upload: a file of G GiB (may be repeated; default 2 and 8)
            --link M        with upload: over a link of M Mbit/s, as to a server that is elsewhere

Tools are kept in a per-user cache folder; IMPORT_PLANNER_CACHE names another one.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("\nxtask: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<()> {
    let Some((command, options)) = arguments.split_first() else {
        print!("{HELP}");
        return Ok(());
    };
    let mut options = Options(options.to_vec());
    match command.as_str() {
        "serve" => {
            let serve = serve::Options {
                port: options.value("--port")?.map_or(Ok(8080), |port| {
                    port.parse().map_err(|_| format!("--port takes a number up to 65535, not {port:?}"))
                })?,
                build: !options.flag("--no-build"),
                prefix: options.value("--prefix")?.unwrap_or_default(),
                folder: options.value("--folder")?.map(Into::into),
                s3_origins: options.origins()?,
            };
            options.finish()?;
            serve::serve(&serve)
        }
        "deploy" => {
            let deploy = deploy::Options {
                bucket: options
                    .value("--bucket")?
                    .ok_or("deploy takes --bucket, the bucket to put dist/ into")?,
                region: options.value("--region")?,
                stack: options.value("--stack")?,
                s3_origins: options.origins()?,
                distribution: options.value("--distribution")?,
                delete_old: options.flag("--delete-old"),
                build: !options.flag("--no-build"),
                dry_run: options.flag("--dry-run"),
            };
            options.finish()?;
            deploy::deploy(&deploy)
        }
        "notices" => {
            options.finish()?;
            notices::write()
        }
        "build" => {
            options.finish()?;
            build::build(build::Sizes::Print)
        }
        "stamp" => {
            let folder = options.word().map_or_else(|| process::project().join("dist"), Into::into);
            options.finish()?;
            offline::write(&folder)
        }
        "test" => {
            let test = tests::Options {
                yes: options.flag("--yes"),
                only: options.value("--only")?,
                test: options.value("--test")?,
                s3: options.value("--s3")?,
                browser: options.value("--browser")?,
            };
            options.finish()?;
            tests::test(&test)
        }
        "bench" => {
            let sizes = options.values("--size")?;
            let size = |text: &String| {
                let size = text.parse::<u64>().ok().filter(|size| (1..=64).contains(size));
                size.ok_or_else(|| format!("--size takes a number of GiB from 1 to 64, not {text:?}"))
            };
            let sizes = sizes.iter().map(size).collect::<Result<Vec<u64>>>()?;
            let link = options.value("--link")?;
            let megabits = |text: String| {
                let speed = text.parse::<u64>().ok().filter(|speed| (1..=100_000).contains(speed));
                speed.ok_or_else(|| format!("--link takes a number of Mbit/s from 1 to 100000, not {text:?}"))
            };
            let link = link.map(megabits).transpose()?;
            let subject = options.word();
            options.finish()?;
            bench::bench(subject.as_deref(), &sizes, link)
        }
        "-h" | "--help" | "help" => {
            print!("{HELP}");
            Ok(())
        }
        other => Err(format!("there is no command {other:?}; `cargo xtask --help` lists them")),
    }
}

/// The options after the command, taken out one by one so that what is left over is an error.
struct Options(Vec<String>);

impl Options {
    fn flag(&mut self, name: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|argument| argument != name);
        self.0.len() < before
    }

    /// The next argument that is no option.
    fn word(&mut self) -> Option<String> {
        let at = self.0.iter().position(|argument| !argument.starts_with("--"))?;
        Some(self.0.remove(at))
    }

    fn value(&mut self, name: &str) -> Result<Option<String>> {
        Ok(self.values(name)?.pop())
    }

    fn values(&mut self, name: &str) -> Result<Vec<String>> {
        let mut values = Vec::new();
        while let Some(at) = self.0.iter().position(|argument| argument == name) {
            if at + 1 >= self.0.len() {
                return Err(format!("{name} takes a value"));
            }
            values.push(self.0.remove(at + 1));
            self.0.remove(at);
        }
        Ok(values)
    }

    fn origins(&mut self) -> Result<Vec<String>> {
        self.values("--s3-origin")?.iter().map(|origin| headers::origin(origin)).collect()
    }

    fn finish(self) -> Result<()> {
        match self.0.first() {
            None => Ok(()),
            Some(unknown) => Err(format!("unknown option {unknown:?}; `cargo xtask --help` lists them")),
        }
    }
}
