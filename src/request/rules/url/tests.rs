use super::{REMOVED_SIGNATURE, check, decode, parse, without_signature};
use crate::request::calls::IMPORT_SNAPSHOT;
use crate::request::rules::testing::{problems_in, validate_with};
use crate::request::validate::{Circumstances, Level};
use serde_json::json;

const SIGNED: &str = "https://disks.s3.eu-west-1.amazonaws.com/a.raw?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20260102%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Date=20260102T030405Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&X-Amz-Signature=abcdef";

#[test]
fn bucket_key_and_region_are_read_from_every_form_of_host() {
    for (host_and_path, bucket, region) in [
        ("disks.s3.eu-west-1.amazonaws.com/a.raw", "disks", Some("eu-west-1")),
        ("disks.s3-eu-west-1.amazonaws.com/a.raw", "disks", Some("eu-west-1")),
        ("disks.s3.amazonaws.com/a.raw", "disks", None),
        ("disks.s3-fips-us-gov-west-1.amazonaws.com/a.raw", "disks", Some("us-gov-west-1")),
        ("disks.s3-external-1.amazonaws.com/a.raw", "disks", Some("us-east-1")),
        ("disks.s3.dualstack.eu-west-1.amazonaws.com/a.raw", "disks", Some("eu-west-1")),
        ("disks.s3-accelerate.amazonaws.com/a.raw", "disks", None),
        ("disks.s3-accelerate.dualstack.amazonaws.com/a.raw", "disks", None),
        ("disks.s3-fips.us-gov-west-1.amazonaws.com/a.raw", "disks", Some("us-gov-west-1")),
        ("disks.s3-fips.dualstack.us-east-2.amazonaws.com/a.raw", "disks", Some("us-east-2")),
        ("disks.s3.cn-north-1.amazonaws.com.cn/a.raw", "disks", Some("cn-north-1")),
        ("disks.s3.eusc-de-east-1.amazonaws.eu/a.raw", "disks", Some("eusc-de-east-1")),
        ("s3.eu-west-1.amazonaws.com/disks/a.raw", "disks", Some("eu-west-1")),
        ("s3-eu-west-1.amazonaws.com/disks/a.raw", "disks", Some("eu-west-1")),
        ("s3.amazonaws.com/disks/a.raw", "disks", None),
        ("s3.dualstack.eu-west-1.amazonaws.com:443/disks/a.raw", "disks", Some("eu-west-1")),
        ("my.disks.s3.eu-west-1.amazonaws.com/a.raw", "my.disks", Some("eu-west-1")),
        ("s3.disks.s3.eu-west-1.amazonaws.com/a.raw", "s3.disks", Some("eu-west-1")),
        ("DISKS.S3.EU-WEST-1.amazonaws.com/a.raw", "disks", Some("eu-west-1")),
    ] {
        let url = parse(&format!("https://{host_and_path}")).unwrap();
        assert!(url.is_s3, "{host_and_path}");
        assert_eq!(url.bucket.as_deref(), Some(bucket), "{host_and_path}");
        assert_eq!(url.key.as_deref(), Some("a.raw"), "{host_and_path}");
        assert_eq!(url.region.as_deref(), region, "{host_and_path}");
    }
}

#[test]
fn the_key_of_an_https_url_is_decoded_and_that_of_an_s3_url_is_not() {
    assert_eq!(
        parse("https://disks.s3.amazonaws.com/a%20b/%C3%BC%2Bc.raw").unwrap().key.unwrap(),
        "a b/ü+c.raw"
    );
    assert_eq!(parse("s3://disks/a%20b?c#d").unwrap().key.unwrap(), "a%20b?c#d");
}

#[test]
fn a_signature_belongs_to_its_hosts_region_and_covers_what_is_sent() {
    let code = |url: &str| check(url).err().map(|fault| (fault.level, fault.code));
    assert_eq!(code(SIGNED), None);
    let foreign = SIGNED.replace("%2Feu-west-1%2F", "%2Fus-east-1%2F");
    assert_eq!(code(&foreign), Some((Level::Error, "url-signed-for-another-region")));
    // A host without a Region serves every one, and a signature for several Regions has none in its scope.
    assert_eq!(code(&foreign.replace(".s3.eu-west-1.", ".s3.")), None);
    assert_eq!(code(&SIGNED.replace("%2Feu-west-1%2Fs3%2F", "%2Fs3%2F")), None);
    let headers = SIGNED.replace("SignedHeaders=host", "SignedHeaders=Host%3Bx-amz-content-sha256");
    assert_eq!(code(&headers), Some((Level::Warning, "url-signs-headers")));
    assert_eq!(code(&SIGNED.replace("SignedHeaders=host", "SignedHeaders=")), None);
}

#[test]
fn a_broken_encoding_is_left_as_it_is() {
    assert_eq!(decode("100%"), "100%");
    assert_eq!(decode("%zz%4"), "%zz%4");
}

#[test]
fn what_is_no_address_of_an_object_is_an_error() {
    for url in [
        "",
        "disks/a.raw",
        "http://disks.s3.amazonaws.com/a",
        "ftp://x/y",
        "s3://",
        "s3://disks",
        "s3://disks/",
        "https://",
        "https://disks.s3.amazonaws.com/",
        "https://s3.amazonaws.com/disks",
        "https://s3.eu-west-1.amazonaws.com//a.raw",
        "https://.s3.amazonaws.com/a.raw",
        " s3://disks/a",
        "s3://disks/a\nb",
        "https://disks.s3.amazonaws.com/a b.raw",
    ] {
        assert_eq!(check(url).unwrap_err().level, Level::Error, "{url}");
    }
}

#[test]
fn a_doubt_about_the_bucket_hides_no_error_of_the_key() {
    let long = format!("s3://Disks/{}", "a".repeat(1025));
    assert_eq!(check("s3://Disks/a").unwrap_err().level, Level::Warning);
    assert_eq!(check(&long).unwrap_err().level, Level::Error);
}

#[test]
fn a_host_that_is_not_s3s_is_a_warning() {
    for host in [
        "example.com",
        "s3.amazonaws.com.example.com",
        "notamazonaws.com",
        "ap-1.s3-accesspoint.eu-west-1.amazonaws.com",
        "ap-1.s3-object-lambda.eu-west-1.amazonaws.com",
        "disks.s3-website-eu-west-1.amazonaws.com",
        "ec2.eu-west-1.amazonaws.com",
    ] {
        assert_eq!(
            check(&format!("https://{host}/disks/a.raw")).unwrap_err().code,
            "url-not-in-s3",
            "{host}"
        );
    }
}

#[test]
fn an_https_url_without_a_signature_is_a_warning_and_an_s3_url_is_not() {
    assert_eq!(check("https://disks.s3.amazonaws.com/a.raw").unwrap_err().code, "url-not-signed");
    assert_eq!(check("s3://disks/a.raw"), Ok(()));
    assert_eq!(check(SIGNED), Ok(()));
}

#[test]
fn scope_and_expiry_are_read_from_the_signature() {
    let signature = parse(SIGNED).unwrap().signature.unwrap();
    assert_eq!(signature.region.as_deref(), Some("eu-west-1"));
    assert_eq!(signature.service.as_deref(), Some("s3"));
    assert_eq!(signature.expires, Some(1_767_323_045 + 3600));
}

#[test]
fn a_signature_of_version_2_is_recognised() {
    let url =
        parse("https://disks.s3.amazonaws.com/a?AWSAccessKeyId=AK&Signature=x&Expires=1767323045").unwrap();
    let signature = url.signature.unwrap();
    assert!(!signature.version_4);
    assert_eq!(signature.expires, Some(1_767_323_045));
}

#[test]
fn a_signature_holds_for_seven_days_at_most() {
    assert_eq!(check(&SIGNED.replace("=3600", "=604800")), Ok(()));
    assert_eq!(check(&SIGNED.replace("=3600", "=604801")).unwrap_err().code, "url-lifetime");
}

#[test]
fn an_image_in_another_region_is_an_error() {
    let request = json!({ "DiskContainer": { "Format": "RAW", "Url": SIGNED } });
    assert!(problems_in("eu-west-1", &IMPORT_SNAPSHOT, &request).is_empty());
    let found = problems_in("us-east-1", &IMPORT_SNAPSHOT, &request);
    assert_eq!(
        (found[0].path.as_str(), found[0].code.as_str()),
        ("DiskContainer.Url", "url-in-another-region")
    );
}

#[test]
fn an_expired_signature_is_an_error() {
    let request = json!({ "DiskContainer": { "Format": "RAW", "Url": SIGNED } });
    let at = |now| {
        let circumstances = Circumstances { now: Some(now), ..Circumstances::default() };
        validate_with(&IMPORT_SNAPSHOT, &request, &circumstances).len()
    };
    assert_eq!((at(1_767_326_644), at(1_767_326_645)), (0, 1));
}

#[test]
fn a_signature_is_replaced_by_a_placeholder() {
    let public = without_signature(SIGNED, true).unwrap();
    assert_eq!(public, format!("https://disks.s3.eu-west-1.amazonaws.com/a.raw?{REMOVED_SIGNATURE}"));
    assert_eq!(check(&public).unwrap_err().code, "url-signature-removed");
}

#[test]
fn a_signature_is_found_in_any_text() {
    for text in [
        format!("see {SIGNED}"),
        "x?a=1&X-Amz-Signature=abcdef".to_owned(),
        "x?x%2Damz%2Dsignature=abcdef".to_owned(),
        "X?AWSAccessKeyId=abcdef&Signature=abcdef".to_owned(),
        "X-Amz-Credential=abcdef&x=1".to_owned(),
        "X-Amz-Signature=abcdef ? why".to_owned(),
    ] {
        assert!(!without_signature(&text, false).unwrap().contains("abcdef"), "{text}");
    }
}

#[test]
fn a_secret_that_is_no_url_is_dropped_whole() {
    assert_eq!(without_signature("c2VjcmV0", true), None);
    assert_eq!(without_signature("https://me:word@host/a", true).unwrap(), "https://host/a");
}

#[test]
fn what_is_no_secret_is_kept() {
    for text in ["a description? yes", "whose signature?", "s3://disks/a?b", ""] {
        assert_eq!(without_signature(text, false).unwrap(), text);
    }
    assert_eq!(without_signature("s3://disks/a?b", true).unwrap(), "s3://disks/a?b");
}
