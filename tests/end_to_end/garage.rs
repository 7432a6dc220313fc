//! Garage, an S3 server that shares no code with this project: its own signatures, checksums and CORS rules.
//! `cargo xtask test --s3 garage` and `cargo xtask bench upload` install it and name the program.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Garage takes no key in the form of AWS's.
pub(crate) const ACCESS_KEY: &str = "GK31c2f218a2e44f485b94239e";
pub(crate) const SECRET_KEY: &str = "b892c0665f0ada8a4755dae98baa3b133590e11dae3bcc1f9d769d67f16c3835";

/// How long it may take to answer its first request.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running Garage with one bucket; dropping it ends it and removes what it holds.
pub(crate) struct Garage {
    program: PathBuf,
    folder: TempDir,
    bucket: String,
    /// The port of its S3 API on 127.0.0.1.
    pub(crate) port: u16,
    process: Mutex<Option<Child>>,
}

impl Garage {
    /// Starts `program` with a bucket, its data below `place`, and waits until it answers.
    pub(crate) fn start(program: &Path, place: &Path, bucket: &str) -> Self {
        let folder = tempfile::tempdir_in(place).expect("a folder for Garage");
        let (port, rpc) = (free_port(), free_port());
        let path = |name: &str| folder.path().join(name).display().to_string();
        // Without compression: what is uploaded here is random, and the processor is the browser's.
        let configuration = format!(
            "metadata_dir = \"{}\"\ndata_dir = \"{}\"\ndb_engine = \"sqlite\"\nreplication_factor = 1\n\
             compression_level = \"none\"\nrpc_bind_addr = \"127.0.0.1:{rpc}\"\nrpc_secret = \"{SECRET_KEY}\"\n\
             [s3_api]\napi_bind_addr = \"127.0.0.1:{port}\"\ns3_region = \"us-east-1\"\n",
            path("meta"),
            path("data"),
        );
        std::fs::write(folder.path().join("garage.toml"), configuration).expect("the configuration");
        let (program, bucket) = (program.to_owned(), bucket.to_owned());
        let garage = Self { program, folder, bucket, port, process: Mutex::default() };
        garage.start_again();
        garage
    }

    /// Ends the process; what it has stored stays.
    pub(crate) fn stop(&self) {
        if let Some(mut process) = self.process.lock().expect("not poisoned").take() {
            let _ = process.kill();
            let _ = process.wait();
        }
    }

    /// Starts it on what it had stored.
    pub(crate) fn start_again(&self) {
        let mut command = Command::new(&self.program);
        command.arg("-c").arg(self.folder.path().join("garage.toml"));
        command.args(["server", "--single-node", "--default-bucket"]);
        command.env("GARAGE_DEFAULT_ACCESS_KEY", ACCESS_KEY).env("GARAGE_DEFAULT_SECRET_KEY", SECRET_KEY);
        command.env("GARAGE_DEFAULT_BUCKET", &self.bucket).env("RUST_LOG", "garage=warn");
        let process = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{} does not start: {error}", self.program.display()));
        *self.process.lock().expect("not poisoned") = Some(process);
        let started = Instant::now();
        while !self.answers() {
            assert!(started.elapsed() < PATIENCE, "Garage does not answer on port {}", self.port);
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Whether it answers a request that nobody signed: with a refusal, once its bucket is there.
    fn answers(&self) -> bool {
        let asked = || -> std::io::Result<String> {
            let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
            stream.set_read_timeout(Some(Duration::from_secs(2)))?;
            stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
            let mut answer = [0; 12];
            stream.read_exact(&mut answer)?;
            Ok(String::from_utf8_lossy(&answer).into_owned())
        };
        asked().is_ok_and(|status| status == "HTTP/1.1 403")
            && self.run("s3.head_bucket(Bucket=BUCKET)", &[]).is_ok()
    }

    /// Runs a few lines of Python with `s3`, a client of this server by boto3, and gives what they print.
    pub(crate) fn run(&self, lines: &str, arguments: &[&str]) -> Result<String, String> {
        let program = format!(
            "import boto3, hashlib, json, sys\nfrom botocore.config import Config\nBUCKET = {:?}\n\
             s3 = boto3.client('s3', region_name='us-east-1', config=Config(signature_version='s3v4', s3={{'addressing_style': 'path'}}))\n{lines}\n",
            self.bucket
        );
        let python = std::env::var("IMPORT_PLANNER_PYTHON").unwrap_or_else(|_| "python3".into());
        let output = Command::new(python)
            .args(["-c", &program])
            .args(arguments)
            .env("AWS_ENDPOINT_URL_S3", format!("http://127.0.0.1:{}", self.port))
            .env("AWS_ACCESS_KEY_ID", ACCESS_KEY)
            .env("AWS_SECRET_ACCESS_KEY", SECRET_KEY)
            .output()
            .map_err(|error| format!("Python does not start: {error}"))?;
        if output.status.success() {
            Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
        } else {
            Err(String::from_utf8_lossy(&output.stderr).into_owned())
        }
    }

    /// Sets the bucket's CORS rules: the document that `aws s3api put-bucket-cors` takes.
    pub(crate) fn set_cors(&self, configuration: &str) {
        let lines = "s3.put_bucket_cors(Bucket=BUCKET, CORSConfiguration=json.loads(sys.argv[1]))";
        self.run(lines, &[configuration]).unwrap_or_else(|error| panic!("the CORS rules: {error}"));
    }
}

impl Drop for Garage {
    fn drop(&mut self) {
        self.stop();
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    listener.expect("a free port").port()
}
