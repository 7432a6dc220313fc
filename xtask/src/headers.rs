//! The headers under which the page is meant to be hosted: what `cargo xtask serve` sends, what `cargo xtask deploy` gives
//! to each file, and what the configurations in `hosting/` are held to.

use crate::Result;

/// Where AWS's own S3 endpoints live: `<bucket>.s3.<region>.amazonaws.com` and its kin, in each partition of
/// `src/request/regions.rs`.
const S3_HOSTS: &[&str] = &[
    "https://*.amazonaws.com",
    "https://*.amazonaws.com.cn",
    "https://*.amazonaws.eu",
    "https://*.c2s.ic.gov",
    "https://*.sc2s.sgov.gov",
    "https://*.cloud.adc-e.uk",
    "https://*.csp.hci.ic.gov",
];

/// What may follow `--s3-origin`: a scheme and a host, with a port if need be, and nothing that would end the source
/// list of a policy.
pub(crate) fn origin(text: &str) -> Result<String> {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or_default();
    let is_host = !host.is_empty()
        && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:*[]".contains(&byte));
    if is_host {
        Ok(text.to_owned())
    } else {
        Err(format!(
            "--s3-origin takes a scheme and a host, as in https://s3.example.com:9000, without a path: not {text:?}"
        ))
    }
}

/// The hosts that the uploader may reach besides its own origin, as a policy lists them: AWS's own, then `s3_origins`.
pub(crate) fn s3_hosts(s3_origins: &[String]) -> String {
    let hosts: Vec<_> = S3_HOSTS.iter().copied().chain(s3_origins.iter().map(String::as_str)).collect();
    hosts.join(" ")
}

/// The headers of a successful response for `path`. `s3_origins` are allowed besides AWS's own S3 hosts.
///
/// A worker obeys the policy of its own response and inherits none: the uploader alone may reach S3. The page, and the
/// workers that parse hostile bytes and pasted text, can reach no other origin.
pub(crate) fn headers(path: &str, s3_origins: &[String]) -> Vec<(&'static str, String)> {
    let name = path.rsplit('/').next().unwrap_or_default();
    let connect = if name.starts_with("uploader") {
        format!("'self' {}", s3_hosts(s3_origins))
    } else {
        String::from("'self'")
    };
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src {connect}; \
         img-src 'self' data:; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'"
    );
    vec![
        ("Content-Security-Policy", policy),
        ("X-Content-Type-Options", "nosniff".into()),
        ("Referrer-Policy", "no-referrer".into()),
        ("X-Frame-Options", "DENY".into()),
        ("Cross-Origin-Opener-Policy", "same-origin".into()),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=()".into()),
        ("Strict-Transport-Security", "max-age=63072000".into()),
        ("Cache-Control", cache_control(name).into()),
    ]
}

/// The types of the files that a build may hold, by the ending of their names.
const CONTENT_TYPES: &[(&str, &str)] = &[
    ("html", "text/html; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    // Under any other type a browser compiles the program only after all of it has arrived.
    ("wasm", "application/wasm"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("webmanifest", "application/manifest+json"),
    ("json", "application/json"),
    ("txt", "text/plain; charset=utf-8"),
    // The sample images.
    ("vmdk", "application/octet-stream"),
    ("qcow2", "application/octet-stream"),
];

/// The type of a file, by its name; `None` for a kind that no build holds so far.
pub(crate) fn content_type(name: &str) -> Option<&'static str> {
    let (_, ending) = name.rsplit_once('.')?;
    CONTENT_TYPES.iter().find(|(known, _)| *known == ending).map(|(_, content_type)| *content_type)
}

/// How long a file may be kept. Those whose name holds a hash of their content never change; the others name them, and
/// must be asked for each time.
pub(crate) fn cache_control(name: &str) -> &'static str {
    if is_hashed(name) { "public, max-age=31536000, immutable" } else { "no-cache" }
}

/// Whether a file's name carries a hash: a run of at least 12 hexadecimal digits between hyphens, underscores or dots.
pub(crate) fn is_hashed(name: &str) -> bool {
    hash_in(name).is_some()
}

/// The hash in a file's name.
pub(crate) fn hash_in(name: &str) -> Option<&str> {
    name.split(['-', '.', '_'])
        .find(|part| part.len() >= 12 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn policy(path: &str) -> String {
        headers(path, &["http://127.0.0.1:9".into()]).remove(0).1
    }

    #[test]
    fn the_uploader_may_reach_s3_in_every_partition() {
        let regions = include_str!("../../src/request/regions.rs");
        let suffixes = regions
            .lines()
            .filter_map(|line| line.trim().strip_prefix("dns_suffix: \"")?.strip_suffix("\","));
        let hosts: BTreeSet<String> = suffixes.map(|suffix| format!("https://*.{suffix}")).collect();
        assert!(hosts.len() > 5, "{hosts:?}");
        assert_eq!(hosts, S3_HOSTS.iter().map(|host| (*host).to_owned()).collect());
    }

    #[test]
    fn the_uploader_alone_may_reach_s3() {
        for path in ["/", "/index.html", "/worker-0123456789abcdef.mjs", "/composer-0123456789abcdef.mjs"] {
            assert!(policy(path).contains("connect-src 'self';"), "{path}");
        }
        assert!(
            policy("/uploader-0123456789abcdef.mjs").contains("amazonaws.com https://")
                && policy("/uploader.mjs").contains("http://127.0.0.1:9")
        );
    }

    #[test]
    fn only_files_named_by_their_content_are_kept() {
        assert_eq!(cache_control("index.html"), "no-cache");
        assert_eq!(cache_control("service-worker.js"), "no-cache");
        assert!(cache_control("import-planner-5e3b4c2d1a0f9e8d_bg.wasm").contains("immutable"));
    }

    #[test]
    fn an_origin_cannot_end_the_list_it_is_put_into() {
        for good in
            ["https://s3.example.com", "http://127.0.0.1:9000", "https://*.example.com", "http://[::1]:9"]
        {
            assert_eq!(origin(good).as_deref(), Ok(good));
        }
        for bad in
            ["", "s3.example.com", "https://", "https://a.b/c", "https://a.b; script-src *", "https://a.b c"]
        {
            assert!(origin(bad).is_err(), "{bad}");
        }
    }
}
