//! Holds the configurations in `hosting/` to [`crate::headers`], so that no host sends another policy than the one the
//! page was tested under.

use crate::headers;
use crate::process::{find_on_path, project};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Names of every kind that a build makes or may come to make.
const NAMES: &[&str] = &[
    "index.html",
    "service-worker.js",
    "boot-0123456789abcdef.mjs",
    "icon-192.png",
    "icon.svg",
    "manifest.webmanifest",
    "THIRD-PARTY.txt",
    "app-0123456789abcdef.css",
    "import-planner-0123456789abcdef.js",
    "import-planner-0123456789abcdef_bg.wasm",
    "worker-0123456789abcdef.mjs",
    "worker-bg-0123456789abcdef.wasm",
    "composer-0123456789abcdef.js",
    "uploader-0123456789abcdef.mjs",
    "uploader-0123456789abcdef.js",
    "uploader-bg-0123456789abcdef.wasm",
    "uploader.mjs",
    // Too short for a hash, and no hash at all.
    "app-0123456789a.css",
    "app-not-a-hash-at-all.css",
];

type Headers = BTreeMap<String, String>;

fn expected(path: &str) -> Headers {
    headers::headers(path, &[]).into_iter().map(|(name, value)| (name.to_ascii_lowercase(), value)).collect()
}

// CloudFormation

/// The template as cfn-lint reads it, after it has found no fault with it.
fn template() -> Value {
    let python = std::env::var("IMPORT_PLANNER_PYTHON").unwrap_or_else(|_| "python3".into());
    let file = project().join("hosting/cloudformation.yaml");
    let lint = "import sys; from cfnlint.runner import main; main()";
    let lint = Command::new(&python).args(["-c", lint]).arg(&file).output().unwrap();
    assert!(
        lint.status.success(),
        "{}{}\n(`cargo xtask test` installs cfn-lint)",
        String::from_utf8_lossy(&lint.stdout),
        String::from_utf8_lossy(&lint.stderr)
    );
    let program = "import json, sys; from cfnlint.decode import cfn_yaml; json.dump(cfn_yaml.load(sys.argv[1]), sys.stdout)";
    let output = Command::new(&python).args(["-c", program]).arg(&file).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The behaviour that CloudFront takes for a path: the first whose pattern fits, else the default.
fn behaviour<'a>(template: &'a Value, path: &str) -> &'a Value {
    let distribution = &template["Resources"]["Distribution"]["Properties"]["DistributionConfig"];
    let fits = |behaviour: &&Value| {
        let pattern = behaviour["PathPattern"].as_str().unwrap();
        let beginning = pattern.strip_suffix('*').unwrap();
        assert!(!beginning.contains(['*', '?']), "this test reads one asterisk at the end alone");
        path.starts_with(beginning)
    };
    let behaviours = distribution["CacheBehaviors"].as_array().unwrap();
    behaviours.iter().find(fits).unwrap_or(&distribution["DefaultCacheBehavior"])
}

/// The headers that a policy of the template sets, with `S3Hosts` as it is without a choice.
fn policy_headers(template: &Value, policy: &str) -> Headers {
    let config = &template["Resources"][policy]["Properties"]["ResponseHeadersPolicyConfig"];
    let hosts = template["Parameters"]["S3Hosts"]["Default"].as_str().unwrap();
    let security = config["SecurityHeadersConfig"].as_object().unwrap();
    let mut headers = Headers::new();
    for (kind, value) in security {
        let text = |member: &str| match &value[member] {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            substituted => substituted["Fn::Sub"].as_str().unwrap().replace("${S3Hosts}", hosts),
        };
        assert_eq!(value["Override"], true, "{kind}");
        let (name, value) = match kind.as_str() {
            "ContentSecurityPolicy" => ("content-security-policy", text("ContentSecurityPolicy")),
            "ContentTypeOptions" => ("x-content-type-options", "nosniff".into()),
            "FrameOptions" => ("x-frame-options", text("FrameOption")),
            "ReferrerPolicy" => ("referrer-policy", text("ReferrerPolicy")),
            "StrictTransportSecurity" => {
                ("strict-transport-security", format!("max-age={}", text("AccessControlMaxAgeSec")))
            }
            other => panic!("{other} is not in headers.rs"),
        };
        headers.insert(name.into(), value);
    }
    for item in config["CustomHeadersConfig"]["Items"].as_array().unwrap() {
        assert_eq!(item["Override"], true);
        let name = item["Header"].as_str().unwrap().to_ascii_lowercase();
        headers.insert(name, item["Value"].as_str().unwrap().into());
    }
    headers
}

#[test]
fn the_cloudformation_template_passes_cfn_lint_and_sends_these_headers() {
    let template = template();
    for path in std::iter::once(String::from("/")).chain(NAMES.iter().map(|name| format!("/{name}"))) {
        let behaviour = behaviour(&template, &path);
        let mut expected = expected(&path);
        // It comes from the bucket: `cargo xtask deploy` gives it to each file.
        expected.remove("cache-control");
        let policy = behaviour["ResponseHeadersPolicyId"]["Ref"].as_str().unwrap();
        assert_eq!(policy_headers(&template, policy), expected, "{path}");
        assert_eq!(behaviour["Compress"], true);
        assert_eq!(behaviour["ViewerProtocolPolicy"], "redirect-to-https");
    }
}

// nginx

/// The real nginx with the file in `hosting/`, on sockets in a folder of its own; dropping it stops it.
struct Nginx {
    process: Child,
    folder: tempfile::TempDir,
}

impl Nginx {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("dist")).unwrap();
        for name in NAMES {
            std::fs::write(at("dist").join(name), name.repeat(200)).unwrap();
        }
        let mut site = std::fs::read_to_string(project().join("hosting/nginx.conf")).unwrap();
        let replacements = [
            ("listen 443 ssl;", format!("listen unix:{};", at("https").display())),
            ("listen 80;", format!("listen unix:{};", at("http").display())),
            ("root /var/www/import-planner;", format!("root {};", at("dist").display())),
            ("ssl_certificate /etc/ssl/import-planner.pem;", String::new()),
            ("ssl_certificate_key /etc/ssl/import-planner.key;", String::new()),
        ];
        for (from, to) in replacements {
            assert_eq!(site.matches(from).count(), 1, "{from}");
            site = site.replace(from, &to);
        }
        let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map(|kind| format!("{kind}_temp_path {};\n", at(kind).display()))
            .concat();
        let main = format!(
            "daemon off; master_process off; pid {};\nevents {{}}\nhttp {{\naccess_log off;\n{temporary}{site}}}\n",
            at("pid").display()
        );
        std::fs::write(at("nginx.conf"), main).unwrap();
        let nginx = find_on_path("nginx").expect("`cargo xtask test` installs nginx");
        let mut process = Command::new(nginx)
            .args(["-e", "stderr", "-c"])
            .arg(at("nginx.conf"))
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let deadline = Instant::now() + Duration::from_secs(20);
        while UnixStream::connect(at("https")).is_err() {
            if process.try_wait().unwrap().is_some() || Instant::now() > deadline {
                let _ = process.kill();
                let mut said = String::new();
                process.stderr.take().unwrap().read_to_string(&mut said).unwrap();
                panic!("nginx did not start: {said}");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Self { process, folder }
    }

    fn socket(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Status and headers of the answer to a GET.
fn get(socket: &Path, path: &str, more: &str) -> (u16, Headers) {
    let mut stream = UnixStream::connect(socket).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: page.example\r\nConnection: close\r\n{more}\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let answer = String::from_utf8_lossy(&answer);
    let (head, _) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let mut headers = Headers::new();
    for (name, value) in head.lines().skip(1).filter_map(|line| line.split_once(": ")) {
        let before = headers.insert(name.to_ascii_lowercase(), value.to_owned());
        assert!(before.is_none(), "{path}: {name} is sent twice");
    }
    (status, headers)
}

#[test]
fn nginx_sends_these_headers() {
    let nginx = Nginx::start();
    let https = nginx.socket("https");
    for path in std::iter::once(String::from("/")).chain(NAMES.iter().map(|name| format!("/{name}"))) {
        let (status, sent) = get(&https, &path, "");
        assert_eq!(status, 200, "{path}");
        for (name, value) in expected(&path) {
            assert_eq!(sent.get(&name), Some(&value), "{path}: {name}");
        }
        let name = if path == "/" { "index.html" } else { &path };
        assert_eq!(sent.get("content-type").map(String::as_str), headers::content_type(name), "{path}");
    }
}

#[test]
fn nginx_keeps_no_error_and_compresses_programs() {
    let nginx = Nginx::start();
    let https = nginx.socket("https");
    let (status, sent) = get(&https, "/worker-ffffffffffffffff.mjs", "");
    assert_eq!((status, sent["cache-control"].as_str()), (404, "no-cache"));
    assert_eq!(sent.get("content-security-policy"), expected("/worker.mjs").get("content-security-policy"));

    let wasm = "/import-planner-0123456789abcdef_bg.wasm";
    let (_, sent) = get(&https, wasm, "Accept-Encoding: gzip\r\n");
    assert_eq!(sent.get("content-encoding").map(String::as_str), Some("gzip"));
    let again = format!("If-None-Match: {}\r\n", sent["etag"]);
    let (status, sent) = get(&https, wasm, &again);
    assert_eq!(status, 304);
    assert_eq!(sent.get("cache-control"), expected(wasm).get("cache-control"));

    let (status, sent) = get(&nginx.socket("http"), "/?a=b", "");
    assert_eq!((status, sent["location"].as_str()), (301, "https://page.example/?a=b"));
}
