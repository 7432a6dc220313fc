//! Serves `dist/` on 127.0.0.1 with the headers it is meant to be hosted under.

use crate::process::project;
use crate::{Result, build, headers};
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::get_service;
use std::path::PathBuf;
use std::sync::Arc;
use tower_http::services::ServeDir;

/// What `cargo xtask serve` was asked for.
pub(crate) struct Options {
    /// The port on 127.0.0.1; 0 takes a free one.
    pub(crate) port: u16,
    /// Whether to build first.
    pub(crate) build: bool,
    /// The path below which the page is served; empty for the root.
    pub(crate) prefix: String,
    /// The folder that is served in the place of `dist/`, without building.
    pub(crate) folder: Option<PathBuf>,
    /// Origins besides AWS's that the page may upload to.
    pub(crate) s3_origins: Vec<String>,
}

/// Builds, then serves until it is stopped.
pub(crate) fn serve(options: &Options) -> Result<()> {
    if options.build && options.folder.is_none() {
        build::build(build::Sizes::Quiet)?;
    }
    let dist = options.folder.clone().unwrap_or_else(|| project().join("dist"));
    if !dist.join("index.html").is_file() {
        return Err(format!("there is no {} to serve: run `cargo xtask build` first", dist.display()));
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()
        .map_err(|error| format!("the server did not start: {error}"))?;
    runtime.block_on(async {
        let origins = Arc::new(options.s3_origins.clone());
        // `cargo xtask bench page` puts compressed files beside the others.
        let files = get_service(ServeDir::new(dist).precompressed_br());
        let prefix = options.prefix.trim_end_matches('/');
        let router = if prefix.is_empty() {
            axum::Router::new().fallback_service(files)
        } else {
            axum::Router::new().nest_service(prefix, files)
        };
        let router = router.layer(from_fn(move |request: Request, next: Next| {
            let origins = Arc::clone(&origins);
            async move {
                let path = request.uri().path().to_owned();
                with_headers(&path, next.run(request).await, &origins)
            }
        }));
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", options.port)).await.map_err(|error| {
            format!("port {} cannot be used ({error}): choose another with --port", options.port)
        })?;
        let port = listener.local_addr().map_or(options.port, |address| address.port());
        println!("Import Planner is at http://127.0.0.1:{port}{prefix}/  (stop with Ctrl+C)");
        axum::serve(listener, router).await.map_err(|error| format!("the server stopped: {error}"))
    })
}

fn with_headers(path: &str, mut response: Response, s3_origins: &[String]) -> Response {
    let mut headers = headers::headers(path, s3_origins);
    let is_there = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    if !is_there {
        // A file that is missing today may be there after the next deployment, whatever its name.
        headers.push(("Cache-Control", "no-cache".into()));
    } else if let Some(content_type) =
        headers::content_type(if path.ends_with('/') { "index.html" } else { path })
    {
        headers.push(("Content-Type", content_type.into()));
    }
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
