//! What keeps the objects of the test's S3 server: s3s-fs in the test's own process, or Garage.

use crate::garage::{self, Garage};
use crate::images::sha256;
use http_body_util::BodyExt;
use hyper::{Request, Response, Uri};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use s3s::Body;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s_fs::FileSystem;
use std::error::Error;
use std::path::Path;
use tempfile::TempDir;

/// The bucket that is there.
pub(crate) const BUCKET: &str = "import-bucket";

/// Names the store of the tests: `garage`, or s3s-fs where it is not set. `cargo xtask test --s3 garage` sets it.
const STORE: &str = "IMPORT_PLANNER_S3";
/// Where Garage's program lies.
const GARAGE: &str = "IMPORT_PLANNER_GARAGE";

type Failure = Box<dyn Error + Send + Sync>;

/// What keeps the objects.
pub(crate) enum Store {
    /// s3s checks the signatures and s3s-fs keeps the objects; CORS, the ETags of lists and what Complete must hold to,
    /// which they do not know, are the server's.
    Files { service: Box<S3Service>, folder: TempDir },
    /// A server of its own, which requests are passed on to as they came.
    Garage { garage: Garage, client: Client<HttpConnector, Body> },
}

impl Store {
    /// The store that the environment names.
    pub(crate) fn start() -> Self {
        if std::env::var(STORE).is_ok_and(|store| store == "garage") {
            let program = std::env::var(GARAGE).expect("`cargo xtask test --s3 garage` names the program");
            let garage = Garage::start(Path::new(&program), &std::env::temp_dir(), BUCKET);
            let client = Client::builder(TokioExecutor::new()).build(HttpConnector::new());
            return Self::Garage { garage, client };
        }
        let folder = tempfile::tempdir().expect("a folder for the objects");
        std::fs::create_dir(folder.path().join(BUCKET)).expect("the bucket");
        let mut builder = S3ServiceBuilder::new(FileSystem::new(folder.path()).expect("the object store"));
        builder.set_auth(SimpleAuth::from_single(
            "AKIAIOSFODNN7EXAMPLE",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        ));
        Self::Files { service: Box::new(builder.build()), folder }
    }

    /// The access key and the secret key that it knows.
    pub(crate) fn keys(&self) -> (&'static str, &'static str) {
        match self {
            Self::Files { .. } => ("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
            Self::Garage { .. } => (garage::ACCESS_KEY, garage::SECRET_KEY),
        }
    }

    /// Whether it answers as S3 does by itself, in CORS and all.
    pub(crate) fn is_whole(&self) -> bool {
        matches!(self, Self::Garage { .. })
    }

    /// Answers a request.
    pub(crate) async fn answer(&self, mut request: Request<Body>) -> Result<Response<Body>, Failure> {
        match self {
            Self::Files { service, .. } => {
                service.call(request).await.map_err(|error| format!("{error:?}").into())
            }
            Self::Garage { garage, client } => {
                // The Host header stays what the page signed.
                let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
                *request.uri_mut() = format!("http://127.0.0.1:{}{path}", garage.port).parse::<Uri>()?;
                let response = client.request(request).await?;
                Ok(response.map(|body| Body::http_body(body.map_err(std::io::Error::other))))
            }
        }
    }

    /// Sets the bucket's CORS rules, where the store has any.
    pub(crate) fn set_cors(&self, configuration: &str) {
        if let Self::Garage { garage, .. } = self {
            garage.set_cors(configuration);
        }
    }

    /// Ends a server that is a process, and starts it on what it has stored.
    pub(crate) fn restart(&self) {
        if let Self::Garage { garage, .. } = self {
            garage.stop();
            garage.start_again();
        }
    }

    /// The SHA-256 of an object; `None` where there is none.
    pub(crate) fn object_sha256(&self, key: &str) -> Option<String> {
        match self {
            Self::Files { folder, .. } => {
                let path = folder.path().join(BUCKET).join(key);
                path.exists().then(|| sha256(&path))
            }
            Self::Garage { garage, .. } => {
                let lines = "try:\n body = s3.get_object(Bucket=BUCKET, Key=sys.argv[1])['Body']\n \
                             print(hashlib.file_digest(body, 'sha256').hexdigest())\n\
                             except s3.exceptions.NoSuchKey: pass";
                let printed = garage.run(lines, &[key]).unwrap_or_else(|error| panic!("{key}: {error}"));
                (!printed.is_empty()).then_some(printed)
            }
        }
    }

    /// What multipart uploads have left, by any name.
    pub(crate) fn left_of_uploads(&self) -> Vec<String> {
        match self {
            Self::Files { folder, .. } => {
                // The store keeps them beside the buckets.
                let entries = std::fs::read_dir(folder.path()).expect("the folder");
                let names =
                    entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
                names.filter(|name| name.starts_with('.') && name.contains("upload")).collect()
            }
            Self::Garage { garage, .. } => {
                let lines = "for upload in s3.list_multipart_uploads(Bucket=BUCKET).get('Uploads', []):\n \
                             print(upload['UploadId'])";
                let printed = garage.run(lines, &[]).unwrap_or_else(|error| panic!("the uploads: {error}"));
                printed.lines().map(str::to_owned).collect()
            }
        }
    }
}
