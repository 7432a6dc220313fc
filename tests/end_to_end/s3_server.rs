//! The S3 server of the tests, in the test's own process: it passes requests to a [`Store`], notes them, and makes
//! faults on request. What S3 does and s3s-fs does not is added here: CORS, the ETags of lists, and what Complete holds to.

use crate::s3_faults::{About, Fault, Faults, LATE, Plan, fail, refusal};
pub(crate) use crate::s3_store::BUCKET;
use crate::s3_store::Store;
use http_body_util::BodyExt;
use hyper::body::{Bytes, Incoming};
use hyper::header::{HeaderMap, HeaderName, HeaderValue};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use s3s::Body;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::task::AbortHandle;

/// Why a request is not answered: the connection is cut.
pub(crate) type Failure = Box<dyn Error + Send + Sync>;

/// A running server; it stops with the runtime that started it.
pub(crate) struct S3Server {
    /// `http://127.0.0.1:PORT`.
    pub(crate) origin: String,
    address: SocketAddr,
    state: Arc<State>,
    /// The task that takes connections, and those that serve them.
    tasks: Arc<Mutex<Vec<AbortHandle>>>,
}

struct State {
    store: Store,
    /// The bucket's CORS rules as `put-bucket-cors` takes them; none at first.
    cors: Mutex<Option<serde_json::Value>>,
    /// Method and path of every request, in order.
    requests: Mutex<Vec<String>>,
    /// How long each PUT is held before it is answered.
    delay: Mutex<Duration>,
    /// The parts that were taken, in order.
    parts: Mutex<Vec<Taken>>,
    /// So many parts are taken, and those that come after them are left without an answer.
    most_parts: Mutex<Option<usize>>,
    /// How many are being taken.
    being_taken: Mutex<usize>,
    faults: Mutex<Faults>,
    /// The uploads that were created with a checksum algorithm.
    with_checksums: Mutex<BTreeSet<String>>,
    /// What Complete answered, by upload.
    completed: Mutex<BTreeMap<String, Bytes>>,
}

/// A part that was taken.
struct Taken {
    upload: String,
    number: u16,
    etag: String,
}

impl S3Server {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("its address");
        let store = tokio::task::spawn_blocking(Store::start).await.expect("the store starts");
        let state = Arc::new(State {
            store,
            cors: Mutex::default(),
            requests: Mutex::default(),
            delay: Mutex::default(),
            parts: Mutex::default(),
            most_parts: Mutex::default(),
            being_taken: Mutex::default(),
            faults: Mutex::default(),
            with_checksums: Mutex::default(),
            completed: Mutex::default(),
        });
        let server = Self { origin: format!("http://{address}"), address, state, tasks: Arc::default() };
        server.serve(listener);
        server
    }

    fn serve(&self, listener: TcpListener) {
        let (state, tasks) = (Arc::clone(&self.state), Arc::clone(&self.tasks));
        let accept = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let state = Arc::clone(&state);
                let connection = tokio::spawn(async move {
                    let answer = service_fn(move |request| answer(request, Arc::clone(&state)));
                    let _ = hyper::server::conn::http1::Builder::new()
                        .serve_connection(TokioIo::new(stream), answer)
                        .await;
                });
                lock(&tasks).push(connection.abort_handle());
            }
        });
        lock(&self.tasks).push(accept.abort_handle());
    }

    /// Closes the port and every connection for a while; what has been stored stays.
    pub(crate) async fn restart(&self, closed_for: Duration) {
        lock(&self.tasks).drain(..).for_each(|task| task.abort());
        let state = Arc::clone(&self.state);
        tokio::task::spawn_blocking(move || state.store.restart()).await.expect("the store starts again");
        tokio::time::sleep(closed_for).await;
        self.serve(TcpListener::bind(self.address).await.expect("the same port"));
    }

    /// The access key and the secret key that the server knows.
    pub(crate) fn keys(&self) -> (&'static str, &'static str) {
        self.state.store.keys()
    }

    /// Sets the bucket's CORS rules: the document that `aws s3api put-bucket-cors` takes.
    pub(crate) fn set_cors(&self, configuration: &str) {
        let rules = serde_json::from_str(configuration).expect("the CORS configuration is JSON");
        self.state.store.set_cors(configuration);
        *lock(&self.state.cors) = Some(rules);
    }

    /// Holds every PUT for a while before it is answered.
    pub(crate) fn set_delay(&self, delay: Duration) {
        *lock(&self.state.delay) = delay;
    }

    /// Lets requests fail from now on, as the plan says; `None` lets all pass.
    pub(crate) fn set_faults(&self, plan: Option<Plan>) {
        lock(&self.state.faults).set_plan(plan);
    }

    /// How many requests have been made to fail, by the way they did.
    pub(crate) fn faults(&self) -> BTreeMap<Fault, u32> {
        lock(&self.state.faults).happened()
    }

    /// Takes so many parts and leaves later ones without an answer; `None` takes all.
    pub(crate) fn set_most_parts(&self, most: Option<usize>) {
        *lock(&self.state.most_parts) = most;
    }

    /// The numbers of the parts that were taken, in order.
    pub(crate) fn parts(&self) -> Vec<u16> {
        lock(&self.state.parts).iter().map(|part| part.number).collect()
    }

    /// What multipart uploads have left, by any name.
    pub(crate) fn left_of_uploads(&self) -> Vec<String> {
        self.state.store.left_of_uploads()
    }

    /// Every request so far: `PUT /import-bucket/disk.vmdk`.
    pub(crate) fn requests(&self) -> Vec<String> {
        lock(&self.state.requests).clone()
    }

    /// The SHA-256 of an object; `None` where there is none.
    pub(crate) fn object_sha256(&self, key: &str) -> Option<String> {
        self.state.store.object_sha256(key)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("not poisoned")
}

async fn answer(request: Request<Incoming>, state: Arc<State>) -> Result<Response<Body>, Failure> {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    lock(&state.requests).push(format!("{method} {path}"));
    let allowed = allowed_by_cors(&state, &request);
    if method == Method::OPTIONS {
        return preflight(request, &state, allowed).await;
    }
    let delay = *lock(&state.delay);
    if method == Method::PUT && !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
    let about = About::of(&request);
    let fault = about.and_then(|about| lock(&state.faults).next(about));
    let mut response = match (fault, about) {
        (None, _) => take(request, about, &state).await?,
        (Some(Fault::AnswerLost), _) => {
            take(request, about, &state).await?;
            return Err("the answer is lost".into());
        }
        (Some(Fault::AnsweredLate), _) => {
            let response = take(request, about, &state).await?;
            tokio::time::sleep(LATE).await;
            response
        }
        (Some(Fault::WrongEtag), _) => {
            let mut response = take(request, about, &state).await?;
            let other = HeaderValue::from_static("\"00000000000000000000000000000000\"");
            response.headers_mut().insert("etag", other);
            response
        }
        (Some(fault), _) => fail(fault, request).await?,
    };
    let has_own = response.headers().contains_key("access-control-allow-origin");
    if let Some(headers) = allowed.filter(|_| !has_own) {
        response.headers_mut().extend(headers);
    }
    Ok(response)
}

/// The answer to whether a page may send a request.
async fn preflight(
    request: Request<Incoming>,
    state: &State,
    allowed: Option<HeaderMap>,
) -> Result<Response<Body>, Failure> {
    if state.store.is_whole() {
        return state.store.answer(request.map(body)).await;
    }
    let mut response = Response::new(Body::empty());
    match allowed {
        Some(headers) => response.headers_mut().extend(headers),
        None => *response.status_mut() = StatusCode::FORBIDDEN,
    }
    Ok(response)
}

fn body(incoming: Incoming) -> Body {
    Body::http_body(incoming.map_err(std::io::Error::other))
}

/// Has the store answer, and notes the parts it takes.
async fn take(
    request: Request<Incoming>,
    about: Option<About>,
    state: &State,
) -> Result<Response<Body>, Failure> {
    let upload = parameter(&request, "uploadId").unwrap_or_default();
    match about {
        Some(About::Create) => create(request, state).await,
        // "Checksum Type mismatch occurred, expected checksum Type: null"
        Some(About::Part(_)) if is_unpromised(&request, &upload, state) => {
            fail(Fault::Refused(400, "InvalidRequest"), request).await
        }
        Some(About::Part(number)) => {
            let request = if lock(&state.most_parts).is_some() {
                // One that is broken off while it waits has never been sent: S3 knows nothing of it.
                let (head, incoming) = request.into_parts();
                Request::from_parts(head, Body::from(incoming.collect().await?.to_bytes()))
            } else {
                request.map(body)
            };
            let _turn = wait_for_turn(state).await;
            let response = state.store.answer(request).await?;
            if response.status().is_success() {
                let etag = response.headers().get("etag").and_then(|etag| etag.to_str().ok());
                let etag = etag.unwrap_or_default().to_owned();
                lock(&state.parts).push(Taken { upload, number, etag });
            }
            Ok(response)
        }
        Some(About::List) if !state.store.is_whole() => {
            let response = state.store.answer(request.map(body)).await?;
            if response.status().is_success() {
                with_etags(response, &upload, state).await
            } else {
                Ok(response)
            }
        }
        Some(About::Complete) if !state.store.is_whole() => complete(request, upload, state).await,
        _ => state.store.answer(request.map(body)).await,
    }
}

/// Has the store create an upload, and notes whether its parts may bring checksums.
async fn create(request: Request<Incoming>, state: &State) -> Result<Response<Body>, Failure> {
    let has_checksums = request.headers().contains_key("x-amz-checksum-algorithm");
    let response = state.store.answer(request.map(body)).await?;
    let (head, body) = response.into_parts();
    let body = body.collect().await?.to_bytes();
    if has_checksums && let Some(upload) = within(std::str::from_utf8(&body)?, "UploadId") {
        lock(&state.with_checksums).insert(upload);
    }
    Ok(Response::from_parts(head, Body::from(body)))
}

/// Whether a part brings a checksum to an upload that was created without an algorithm.
fn is_unpromised(request: &Request<Incoming>, upload: &str, state: &State) -> bool {
    request.headers().contains_key("x-amz-checksum-crc64nvme")
        && !lock(&state.with_checksums).contains(upload)
}

/// The text of the first element of this name.
fn within(text: &str, name: &str) -> Option<String> {
    let after = text.split_once(&format!("<{name}>"))?.1;
    Some(after.split_once(&format!("</{name}>"))?.0.to_owned())
}

/// The list of parts as S3 writes it: s3s-fs leaves out the ETags.
async fn with_etags(
    response: Response<Body>,
    upload: &str,
    state: &State,
) -> Result<Response<Body>, Failure> {
    let (mut head, body) = response.into_parts();
    head.headers.remove("content-length");
    let body = body.collect().await?.to_bytes();
    let mut list = String::from_utf8(body.to_vec())?;
    assert!(!list.contains("<ETag>"), "s3s-fs lists the ETags by now: this function can go");
    for part in latest(state, upload).values() {
        let number = format!("<PartNumber>{}</PartNumber>", part.0);
        list = list.replace(&number, &format!("{number}<ETag>{}</ETag>", part.1.replace('"', "&quot;")));
    }
    Ok(Response::from_parts(head, Body::from(list)))
}

/// The parts of an upload that count: of two with one number the later.
fn latest(state: &State, upload: &str) -> BTreeMap<u16, (u16, String)> {
    let parts = lock(&state.parts);
    let own = parts.iter().filter(|part| part.upload == upload);
    own.map(|part| (part.number, (part.number, part.etag.clone()))).collect()
}

/// Complete as S3 does it: it refuses an ETag that is not the part's, and answers the same again when it is asked again.
async fn complete(
    request: Request<Incoming>,
    upload: String,
    state: &State,
) -> Result<Response<Body>, Failure> {
    let (head, incoming) = request.into_parts();
    let asked = incoming.collect().await?.to_bytes();
    if let Some(answer) = lock(&state.completed).get(&upload) {
        return Ok(Response::new(Body::from(answer.clone())));
    }
    let text = String::from_utf8(asked.to_vec())?.replace("&quot;", "").replace('"', "");
    let taken = latest(state, &upload);
    let is_right = |part: &str| {
        let number = within(part, "PartNumber")?.parse().ok()?;
        let (_, etag) = taken.get(&number)?;
        Some(within(part, "ETag")? == etag.trim_matches('"'))
    };
    if text.split("<Part>").skip(1).any(|part| is_right(part) != Some(true)) {
        return refusal(StatusCode::BAD_REQUEST, "InvalidPart", "A part could not be found as it was named");
    }
    let response = state.store.answer(Request::from_parts(head, Body::from(asked))).await?;
    let (head, body) = response.into_parts();
    let body = body.collect().await?.to_bytes();
    if head.status.is_success() {
        lock(&state.completed).insert(upload, body.clone());
    }
    Ok(Response::from_parts(head, Body::from(body)))
}

fn parameter(request: &Request<Incoming>, name: &str) -> Option<String> {
    let query = request.uri().query()?;
    query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')).map(str::to_owned)
}

/// A part that is being taken: it counts until it has been, so that several at once are not each taken for the last.
struct Turn<'a>(&'a State);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        *lock(&self.0.being_taken) -= 1;
    }
}

/// Ends once another part may be taken.
async fn wait_for_turn(state: &State) -> Turn<'_> {
    loop {
        {
            let most = *lock(&state.most_parts);
            let mut being_taken = lock(&state.being_taken);
            if most.is_none_or(|most| lock(&state.parts).len() + *being_taken < most) {
                *being_taken += 1;
                return Turn(state);
            }
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// The headers that let a page see the answer; `None` where no rule of the bucket allows the request.
fn allowed_by_cors(state: &State, request: &Request<Incoming>) -> Option<HeaderMap> {
    let rules = lock(&state.cors).clone()?;
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
