//! The commands as they are planned, and what the real AWS CLI sends when it runs them.

use super::*;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use std::sync::mpsc;

const HASH: &str = "0123456789abcdef";

fn options() -> Options {
    Options {
        bucket: "page-bucket".into(),
        region: None,
        stack: None,
        s3_origins: Vec::new(),
        distribution: None,
        delete_old: false,
        build: false,
        dry_run: false,
    }
}

/// A folder with files of every kind a build makes.
fn built() -> tempfile::TempDir {
    let dist = tempfile::tempdir().unwrap();
    for name in [
        "index.html".to_owned(),
        "service-worker.js".into(),
        "icon.svg".into(),
        format!("worker-{HASH}.mjs"),
        format!("import-planner-{HASH}_bg.wasm"),
        format!("app-{HASH}.css"),
    ] {
        std::fs::write(dist.path().join(&name), name).unwrap();
    }
    dist
}

fn planned(options: &Options) -> Result<Vec<String>> {
    Ok(steps(&files(built().path())?, options)?.iter().map(shown).collect())
}

#[test]
fn files_go_before_those_that_name_them() {
    let sent: Vec<_> = planned(&options())
        .unwrap()
        .iter()
        .map(|command| command.split_whitespace().nth(3).unwrap().trim_start_matches("dist/").to_owned())
        .collect();
    let hashed =
        [format!("app-{HASH}.css"), format!("import-planner-{HASH}_bg.wasm"), format!("worker-{HASH}.mjs")];
    assert_eq!(sent[..3], hashed);
    assert_eq!(sent[3..], ["icon.svg", "index.html", "service-worker.js"]);
}

#[test]
fn a_command_can_be_pasted() {
    let commands = planned(&Options { region: Some("eu-central-1".into()), ..options() }).unwrap();
    assert_eq!(
        commands[0],
        format!(
            "aws s3 cp dist/app-{HASH}.css s3://page-bucket/app-{HASH}.css --only-show-errors --content-type \
             'text/css; charset=utf-8' --cache-control 'public, max-age=31536000, immutable' --region eu-central-1"
        )
    );
    assert_eq!(quoted("it's"), r"'it'\''s'");
    assert_eq!(quoted(""), "''");
    assert_eq!(quoted("*"), "'*'");
}

#[test]
fn the_distribution_forgets_the_files_whose_names_stay() {
    let commands = planned(&Options { distribution: Some("E2EXAMPLE".into()), ..options() }).unwrap();
    assert_eq!(
        commands.last().unwrap(),
        "aws cloudfront create-invalidation --distribution-id E2EXAMPLE --paths / /icon.svg /index.html /service-worker.js"
    );
}

#[test]
fn the_stack_comes_first_and_allows_the_origins_that_were_named() {
    let options = Options {
        stack: Some("planner".into()),
        s3_origins: vec!["https://s3.example.com:9000".into()],
        ..options()
    };
    let commands = planned(&options).unwrap();
    assert!(
        commands[0].starts_with("aws cloudformation deploy --stack-name planner")
            && commands[0].contains("BucketName=page-bucket")
            && commands[0].contains("'S3Hosts=https://*.amazonaws.com ")
            && commands[0].contains(" https://s3.example.com:9000'"),
        "{}",
        commands[0]
    );
    assert!(commands.last().unwrap().contains("describe-stacks"));
}

#[test]
fn what_cannot_work_is_refused_before_anything_is_sent() {
    let refused = |options: Options| planned(&options).unwrap_err();
    assert!(refused(Options { bucket: "--debug".into(), ..options() }).contains("--debug"));
    assert!(refused(Options { bucket: "a/b".into(), ..options() }).contains("bare name"));
    let origins = vec!["https://s3.example.com".into()];
    assert!(refused(Options { s3_origins: origins, ..options() }).contains("--stack"));
    let dist = built();
    std::fs::write(dist.path().join("notes.odt"), "").unwrap();
    let error = steps(&files(dist.path()).unwrap(), &options()).unwrap_err();
    assert!(error.contains("notes.odt"), "{error}");
    std::fs::remove_file(dist.path().join("index.html")).unwrap();
    assert!(files(dist.path()).unwrap_err().contains("index.html"));
    assert!(files(&dist.path().join("nothing")).unwrap_err().contains("cargo xtask build"));
}

/// Method, path with query, type and cache rule of a request.
type Received = (String, String, String, String);

/// Answers as S3 and CloudFront do and tells of each request; stops with the process.
fn endpoint(listing: &'static str) -> (String, mpsc::Receiver<Received>) {
    let (sender, receiver) = mpsc::channel();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async move {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            let router =
                axum::Router::new().fallback(move |request: Request| answer(request, sender, listing));
            axum::serve(listener, router).await.unwrap();
        });
    });
    (address, receiver)
}

async fn answer(request: Request, sender: mpsc::Sender<Received>, listing: &'static str) -> Response {
    let (parts, body) = request.into_parts();
    axum::body::to_bytes(body, 1 << 20).await.unwrap();
    let header = |name: &str| {
        parts.headers.get(name).map_or(String::new(), |value| value.to_str().unwrap().to_owned())
    };
    let path = parts.uri.to_string();
    let is_listing = path.contains("list-type=2");
    let is_invalidation = path.contains("/invalidation");
    sender.send((parts.method.to_string(), path, header("content-type"), header("cache-control"))).unwrap();
    let xml = [("content-type", "application/xml")];
    if is_listing {
        (xml, listing).into_response()
    } else if is_invalidation {
        (axum::http::StatusCode::CREATED, xml, INVALIDATION).into_response()
    } else if parts.method == "DELETE" {
        axum::http::StatusCode::NO_CONTENT.into_response()
    } else {
        [("etag", "\"d41d8cd98f00b204e9800998ecf8427e\"")].into_response()
    }
}

const INVALIDATION: &str = "<?xml version=\"1.0\"?><Invalidation xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\">\
    <Id>I1</Id><Status>InProgress</Status><CreateTime>2026-01-01T00:00:00Z</CreateTime><InvalidationBatch><Paths>\
    <Quantity>1</Quantity><Items><Path>/</Path></Items></Paths><CallerReference>c</CallerReference>\
    </InvalidationBatch></Invalidation>";

/// What the bucket holds: a file of this build, the same one of an earlier build, and somebody else's.
const LISTING: &str = "<?xml version=\"1.0\"?><ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">\
    <Name>page-bucket</Name><IsTruncated>false</IsTruncated>\
    <Contents><Key>worker-0123456789abcdef.mjs</Key><Size>1</Size><LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>\
    <Contents><Key>worker-fedcba9876543210.mjs</Key><Size>1</Size><LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>\
    <Contents><Key>index.html</Key><Size>1</Size><LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>\
    <Contents><Key>images/disk-fedcba9876543210.vmdk</Key><Size>1</Size><LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>\
    </ListBucketResult>";

/// The AWS CLI of the tests, against `endpoint`.
fn aws(endpoint: &str) -> Command {
    let python = std::env::var("IMPORT_PLANNER_PYTHON").unwrap_or_else(|_| "python3".into());
    let mut command = Command::new(python);
    command.args(["-m", "awscli", "--endpoint-url", endpoint]);
    command.env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE");
    command.env("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    command.env("AWS_CONFIG_FILE", "/nonexistent").env("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent");
    command.env("AWS_DEFAULT_REGION", "eu-central-1").env("AWS_PAGER", "").env_remove("AWS_PROFILE");
    command
}

#[test]
fn the_real_aws_cli_sends_each_file_with_its_headers_and_deletes_only_what_is_old() {
    let dist = built();
    let names = files(dist.path()).unwrap();
    let options = Options { delete_old: true, distribution: Some("E2EXAMPLE".into()), ..options() };
    let mut steps = steps(&names, &options).unwrap();
    // The paths are below the project's dist/, which a fresh clone has not built.
    let folder = format!("{}/", dist.path().display());
    for argument in steps.iter_mut().flat_map(|step| &mut step.arguments) {
        *argument = argument.replace("dist/", &folder);
    }
    let (address, received) = endpoint(LISTING);
    run_steps(&steps, || aws(&address)).unwrap();
    let received: Vec<Received> = received.try_iter().collect();

    let sent: Vec<_> = received.iter().filter(|request| request.0 == "PUT").collect();
    assert_eq!(sent.len(), names.len(), "{received:#?}");
    for ((_, path, content_type, cache_control), name) in sent.iter().zip(&names) {
        assert_eq!(path, &format!("/page-bucket/{name}"));
        assert_eq!(Some(content_type.as_str()), headers::content_type(name), "{name}");
        assert_eq!(cache_control, headers::cache_control(name), "{name}");
    }
    let deleted: Vec<_> =
        received.iter().filter(|request| request.0 == "DELETE").map(|request| request.1.as_str()).collect();
    assert_eq!(deleted, ["/page-bucket/worker-fedcba9876543210.mjs"]);
    let last = received.last().unwrap();
    assert_eq!(
        (last.0.as_str(), last.1.as_str()),
        ("POST", "/2020-05-31/distribution/E2EXAMPLE/invalidation")
    );
}
