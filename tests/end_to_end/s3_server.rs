//! An S3 server in the test's own process: s3s checks the signatures and s3s-fs keeps the objects; CORS, which neither
//! knows, is added here as a bucket's rule would be.

use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::header::{HeaderMap, HeaderName, HeaderValue};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s::{Body, HttpError};
use s3s_fs::FileSystem;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::TempDir;

/// The credentials the server knows.
pub(crate) const ACCESS_KEY: &str = "AKIAIOSFODNN7EXAMPLE";
pub(crate) const SECRET_KEY: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
/// The bucket that is there.
pub(crate) const BUCKET: &str = "import-bucket";

/// A running server; it stops with the runtime that started it.
pub(crate) struct S3Server {
    /// `http://127.0.0.1:PORT`.
    pub(crate) origin: String,
    folder: TempDir,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    /// The bucket's CORS rules as `put-bucket-cors` takes them; none at first.
    cors: Mutex<Option<serde_json::Value>>,
    /// Method and path of every request, in order.
    requests: Mutex<Vec<String>>,
    /// How long each PUT is held before it is answered.
    delay: Mutex<Duration>,
}

impl S3Server {
    pub(crate) async fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the objects");
        std::fs::create_dir(folder.path().join(BUCKET)).expect("the bucket");
        let mut builder = S3ServiceBuilder::new(FileSystem::new(folder.path()).expect("the object store"));
        builder.set_auth(SimpleAuth::from_single(ACCESS_KEY, SECRET_KEY));
        let service = builder.build();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let origin = format!("http://{}", listener.local_addr().expect("its address"));
        let state = Arc::new(State::default());
        let shared = Arc::clone(&state);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (service, state) = (service.clone(), Arc::clone(&shared));
                tokio::spawn(async move {
                    let answer =
                        service_fn(move |request| answer(request, service.clone(), Arc::clone(&state)));
                    let _ = hyper::server::conn::http1::Builder::new()
                        .serve_connection(TokioIo::new(stream), answer)
                        .await;
                });
            }
        });
        Self { origin, folder, state }
    }

    /// Sets the bucket's CORS rules: the document that `aws s3api put-bucket-cors` takes.
    pub(crate) fn set_cors(&self, configuration: &str) {
        let rules = serde_json::from_str(configuration).expect("the CORS configuration is JSON");
        *self.state.cors.lock().expect("not poisoned") = Some(rules);
    }

    /// Holds every PUT for a while before it is answered.
    pub(crate) fn set_delay(&self, delay: Duration) {
        *self.state.delay.lock().expect("not poisoned") = delay;
    }

    /// Every request so far: `PUT /import-bucket/disk.vmdk`.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.state.requests.lock().expect("not poisoned").clone()
    }

    /// The file in which the object lies.
    pub(crate) fn object(&self, key: &str) -> PathBuf {
        self.folder.path().join(BUCKET).join(key)
    }
}

async fn answer(
    request: Request<Incoming>,
    service: S3Service,
    state: Arc<State>,
) -> Result<Response<Body>, HttpError> {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    state.requests.lock().expect("not poisoned").push(format!("{method} {path}"));
    let delay = *state.delay.lock().expect("not poisoned");
    let allowed = allowed_by_cors(&state, &request);
    if method == Method::OPTIONS {
        let mut response = Response::new(Body::empty());
        match allowed {
            Some(headers) => response.headers_mut().extend(headers),
            None => *response.status_mut() = StatusCode::FORBIDDEN,
        }
        return Ok(response);
    }
    if method == Method::PUT && !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
    let mut response =
        service.call(request.map(|body| Body::http_body(body.map_err(std::io::Error::other)))).await?;
    if let Some(headers) = allowed {
        response.headers_mut().extend(headers);
    }
    Ok(response)
}

/// The headers that let a page see the answer; `None` where no rule of the bucket allows the request.
fn allowed_by_cors(state: &State, request: &Request<Incoming>) -> Option<HeaderMap> {
    let rules = state.cors.lock().expect("not poisoned").clone()?;
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let origin = header("origin")?;
    let method = header("access-control-request-method").unwrap_or(request.method().as_str());
    let has = |rule: &serde_json::Value, list: &str, wanted: &str| {
        rule[list].as_array().is_some_and(|values| values.iter().any(|value| value == wanted || value == "*"))
    };
    let rule = rules["CORSRules"]
        .as_array()?
        .iter()
        .find(|rule| has(rule, "AllowedOrigins", origin) && has(rule, "AllowedMethods", method))?;
    let list = |name: &str| {
        let words: Vec<&str> =
            rule[name].as_array().into_iter().flatten().filter_map(|word| word.as_str()).collect();
        words.join(", ")
    };
    let entries = [
        ("access-control-allow-origin", origin.to_owned()),
        ("access-control-allow-methods", list("AllowedMethods")),
        (
            "access-control-allow-headers",
            header("access-control-request-headers").unwrap_or_default().to_owned(),
        ),
        ("access-control-expose-headers", list("ExposeHeaders")),
    ];
    Some(
        entries
            .into_iter()
            .map(|(name, value)| {
                let value = HeaderValue::try_from(value).expect("a rule is plain text");
                (HeaderName::from_static(name), value)
            })
            .collect(),
    )
}
