//! The security headers under which the page is meant to be hosted.

/// Where AWS's own S3 endpoints live, in every partition: `<bucket>.s3.<region>.amazonaws.com` and its kin.
const S3_HOSTS: &[&str] =
    &["https://*.amazonaws.com", "https://*.amazonaws.com.cn", "https://*.amazonaws.eu"];

/// The headers of the response for `path`. `s3_origins` are allowed besides AWS's own S3 hosts.
///
/// A worker obeys the policy of its own response and inherits none: the uploader alone may reach S3. The page, and the
/// workers that parse hostile bytes and pasted text, can reach no other origin.
pub(crate) fn headers(path: &str, s3_origins: &[String]) -> Vec<(&'static str, String)> {
    let name = path.rsplit('/').next().unwrap_or_default();
    let connect = if name.starts_with("uploader") {
        let hosts = S3_HOSTS.iter().copied().chain(s3_origins.iter().map(String::as_str));
        std::iter::once("'self'").chain(hosts).collect::<Vec<_>>().join(" ")
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

/// Files whose name holds a hash of their content never change; the two that name them must be asked for each time.
fn cache_control(name: &str) -> &'static str {
    if is_hashed(name) { "public, max-age=31536000, immutable" } else { "no-cache" }
}

/// Whether a file's name carries a hash: a run of at least 12 hexadecimal digits after a hyphen.
fn is_hashed(name: &str) -> bool {
    name.split(['-', '.', '_'])
        .any(|part| part.len() >= 12 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(path: &str) -> String {
        headers(path, &["http://127.0.0.1:9".into()]).remove(0).1
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
        assert_eq!(cache_control("boot.mjs"), "no-cache");
        assert!(cache_control("import-planner-5e3b4c2d1a0f9e8d_bg.wasm").contains("immutable"));
    }
}
