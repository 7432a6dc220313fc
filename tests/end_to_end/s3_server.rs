//! An S3 server in the test's own process: s3s checks the signatures and s3s-fs keeps the objects; CORS, which neither
//! knows, is added here as a bucket's rule would be.

use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::header::{HeaderMap, HeaderName, HeaderValue};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use s3s::Body;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s_fs::FileSystem;
use std::error::Error;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
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
    /// The numbers of the parts that were taken, in order, and their ETags.
    parts: Mutex<Vec<(u16, String)>>,
    /// So many parts are taken, and those that come after them are left without an answer.
    most_parts: Mutex<Option<usize>>,
    /// Whether requests meet with failures.
    has_faults: AtomicBool,
    /// How many requests have come since then.
    count: AtomicU32,
    /// How many failures there were.
    faults: AtomicU32,
}

/// What happens to a request instead of being answered.
#[derive(Clone, Copy)]
enum Fault {
    /// S3's answer with this status and code.
    Answer(StatusCode, &'static str),
    /// The connection is cut once some of the request has come.
    Cut,
}

/// The fault of the request with this number: two of five meet with one, of every kind in turn.
fn fault(number: u32) -> Option<Fault> {
    match number % 10 {
        1 => Some(Fault::Answer(StatusCode::SERVICE_UNAVAILABLE, "SlowDown")),
        4 => Some(Fault::Cut),
        6 => Some(Fault::Answer(StatusCode::INTERNAL_SERVER_ERROR, "InternalError")),
        9 => Some(Fault::Answer(StatusCode::SERVICE_UNAVAILABLE, "ServiceUnavailable")),
        _ => None,
    }
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

    /// Lets requests fail from now on.
    pub(crate) fn set_faults(&self) {
        self.state.has_faults.store(true, Ordering::Relaxed);
    }

    /// How many requests have been made to fail.
    pub(crate) fn faults(&self) -> u32 {
        self.state.faults.load(Ordering::Relaxed)
    }

    /// Takes so many parts and leaves later ones without an answer; `None` takes all.
    pub(crate) fn set_most_parts(&self, most: Option<usize>) {
        *self.state.most_parts.lock().expect("not poisoned") = most;
    }

    /// The numbers of the parts that were taken, in order.
    pub(crate) fn parts(&self) -> Vec<u16> {
        self.state.parts.lock().expect("not poisoned").iter().map(|(number, _)| *number).collect()
    }

    /// The names of the files that multipart uploads have left: the store keeps them beside the buckets.
    pub(crate) fn left_of_uploads(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).expect("the folder");
        let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
        names.filter(|name| name.starts_with('.') && name.contains("upload")).collect()
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
) -> Result<Response<Body>, Box<dyn Error + Send + Sync>> {
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
    let part = part_number(&request);
    let is_list =
        method == Method::GET && request.uri().query().is_some_and(|query| query.contains("uploadId="));
    let mut response = if let Some(fault) = next_fault(&state) {
        fail(fault, request).await?
    } else {
        if part.is_some() {
            wait_for_turn(&state).await;
        }
        let request = request.map(|body| Body::http_body(body.map_err(std::io::Error::other)));
        service.call(request).await.map_err(|error| format!("{error:?}"))?
    };
    if let Some(part) = part.filter(|_| response.status().is_success()) {
        let etag = response.headers().get("etag").and_then(|etag| etag.to_str().ok()).unwrap_or_default();
        state.parts.lock().expect("not poisoned").push((part, etag.to_owned()));
    }
    if is_list && response.status().is_success() {
        response = with_etags(response, &state).await?;
    }
    if let Some(headers) = allowed {
        response.headers_mut().extend(headers);
    }
    Ok(response)
}

/// The list of parts as S3 writes it: s3s-fs leaves out the ETags.
async fn with_etags(
    response: Response<Body>,
    state: &State,
) -> Result<Response<Body>, Box<dyn Error + Send + Sync>> {
    let (mut head, body) = response.into_parts();
    head.headers.remove("content-length");
    let body = body.collect().await?.to_bytes();
    let mut list = String::from_utf8(body.to_vec())?;
    assert!(!list.contains("<ETag>"), "s3s-fs lists the ETags by now: this function can go");
    for (number, etag) in state.parts.lock().expect("not poisoned").iter() {
        let number = format!("<PartNumber>{number}</PartNumber>");
        list = list.replace(&number, &format!("{number}<ETag>{}</ETag>", etag.replace('"', "&quot;")));
    }
    Ok(Response::from_parts(head, Body::from(list)))
}

fn part_number(request: &Request<Incoming>) -> Option<u16> {
    let query = request.uri().query()?;
    query.split('&').find_map(|pair| pair.strip_prefix("partNumber="))?.parse().ok()
}

/// Ends once another part may be taken.
async fn wait_for_turn(state: &State) {
    let is_full = || {
        let most = *state.most_parts.lock().expect("not poisoned");
        most.is_some_and(|most| state.parts.lock().expect("not poisoned").len() >= most)
    };
    while is_full() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn next_fault(state: &State) -> Option<Fault> {
    if !state.has_faults.load(Ordering::Relaxed) {
        return None;
    }
    let fault = fault(state.count.fetch_add(1, Ordering::Relaxed))?;
    state.faults.fetch_add(1, Ordering::Relaxed);
    Some(fault)
}

async fn fail(
    fault: Fault,
    request: Request<Incoming>,
) -> Result<Response<Body>, Box<dyn Error + Send + Sync>> {
    let mut body = request.into_body();
    match fault {
        Fault::Cut => {
            let _ = body.frame().await;
            Err("the connection is cut".into())
        }
        Fault::Answer(status, code) => {
            // Read to its end, as S3 does: an answer in the midst of a body would be a cut connection to the browser.
            while let Some(Ok(_)) = body.frame().await {}
            let text =
                format!("<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>{code}</Message></Error>");
            Ok(Response::builder().status(status).body(Body::from(text))?)
        }
    }
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
