//! Holds every signed request against botocore's, at the same moment and with the same credentials.
#![cfg(not(target_arch = "wasm32"))]

mod python;

use import_planner::request::rules::url::{query_pairs, split};
use import_planner::request::timestamp::Timestamp;
use import_planner::upload::checksum::Crc64;
use import_planner::upload::credentials::Credentials;
use import_planner::upload::endpoint::Network;
use import_planner::upload::exchange::Request;
use import_planner::upload::signing::Signer;
use serde_json::{Value, json};
use std::process::Command;

/// Signs each case of the list in its argument, and prints the URLs as a list.
const SIGN: &str = r#"
import json, sys
import boto3
from botocore.config import Config
urls, clients = [], {}
for case in json.loads(sys.argv[1]):
    place = json.dumps([case[name] for name in ("s3", "fips", "token", "region", "endpoint")])
    config = Config(signature_version="s3v4", s3=case["s3"], use_fips_endpoint=case["fips"],
                    request_checksum_calculation="when_required")
    if place not in clients:
        session = boto3.Session("AKIAEXAMPLE", "wJalr/XUt+nFEMI", case["token"])
        clients[place] = session.client("s3", region_name=case["region"], config=config, endpoint_url=case["endpoint"])
    params = {"Bucket": case["bucket"], "Key": case["key"], **case["params"]}
    urls.append(clients[place].generate_presigned_url(case["operation"], Params=params, ExpiresIn=3600))
print(json.dumps(urls))
"#;

struct Place {
    network: Network,
    path_style: bool,
    region: &'static str,
    bucket: &'static str,
    key: &'static str,
    token: Option<&'static str>,
}

fn places() -> Vec<Place> {
    let place = Place {
        network: Network::Regional,
        path_style: false,
        region: "eu-west-1",
        bucket: "disks-1",
        key: "in/a b+c=d&e~f(1)*'!,;:@$[]{}|\\^`\"<>%41#?.vmdk",
        token: Some("IQoJb3/+abc=="),
    };
    let same = || Place { network: Network::Regional, ..place };
    vec![
        same(),
        Place { token: None, key: "веб/диск \u{1f4be}.raw", ..same() },
        Place { path_style: true, region: "cn-north-1", ..same() },
        Place { bucket: "my.disks", region: "us-gov-west-1", ..same() },
        Place { network: Network::DualStack, region: "cn-northwest-1", ..same() },
        Place { network: Network::Accelerated, ..same() },
        Place { network: Network::AcceleratedDualStack, key: "//a//b/", ..same() },
        Place { network: Network::Fips, region: "us-gov-east-1", ..same() },
        Place { region: "eusc-de-east-1", ..same() },
        Place { region: "us-isof-south-1", ..same() },
        Place {
            network: Network::Own("http://127.0.0.1:3900".into()),
            path_style: true,
            region: "garage",
            ..same()
        },
        Place { network: Network::Own("https://files.example".into()), region: "us-east-1", ..same() },
    ]
}

fn requests() -> Vec<(Request, &'static str, Value)> {
    let checksum = Some(Crc64::of(b"123456789"));
    let upload_id = || "2~abc/d+e=".to_owned();
    let text = "rosUhgp5mIg=";
    vec![
        (Request::Create { checksums: false }, "create_multipart_upload", json!({})),
        (
            Request::Create { checksums: true },
            "create_multipart_upload",
            json!({ "ChecksumAlgorithm": "CRC64NVME", "ChecksumType": "FULL_OBJECT" }),
        ),
        (Request::Put { range: 0..9, checksum: None }, "put_object", json!({})),
        (Request::Put { range: 0..9, checksum }, "put_object", json!({ "ChecksumCRC64NVME": text })),
        (
            Request::Part { upload_id: upload_id(), number: 42, range: 0..9, checksum: None },
            "upload_part",
            json!({ "UploadId": upload_id(), "PartNumber": 42 }),
        ),
        (
            Request::Part { upload_id: upload_id(), number: 10_000, range: 0..9, checksum },
            "upload_part",
            json!({ "UploadId": upload_id(), "PartNumber": 10_000, "ChecksumCRC64NVME": text }),
        ),
        (
            Request::List { upload_id: upload_id(), after: 0 },
            "list_parts",
            json!({ "UploadId": upload_id() }),
        ),
        (
            Request::List { upload_id: upload_id(), after: 1000 },
            "list_parts",
            json!({ "UploadId": upload_id(), "PartNumberMarker": 1000 }),
        ),
        (
            Request::Complete { upload_id: upload_id(), parts: Vec::new(), checksum, size: 9 },
            "complete_multipart_upload",
            json!({ "UploadId": upload_id(), "ChecksumCRC64NVME": text, "ChecksumType": "FULL_OBJECT", "MpuObjectSize": 9 }),
        ),
        (
            Request::Abort { upload_id: upload_id() },
            "abort_multipart_upload",
            json!({ "UploadId": upload_id() }),
        ),
        (Request::Head, "head_object", json!({ "ChecksumMode": "ENABLED" })),
    ]
}

fn for_botocore(place: &Place, operation: &str, params: &Value) -> Value {
    let accelerated = matches!(place.network, Network::Accelerated | Network::AcceleratedDualStack);
    let dual_stack = matches!(place.network, Network::DualStack | Network::AcceleratedDualStack);
    let endpoint = if let Network::Own(server) = &place.network { Some(server) } else { None };
    json!({
        "s3": {
            "addressing_style": if place.path_style { "path" } else { "virtual" },
            "use_accelerate_endpoint": accelerated,
            "use_dualstack_endpoint": dual_stack,
        },
        "fips": place.network == Network::Fips,
        "token": place.token, "region": place.region, "endpoint": endpoint, "bucket": place.bucket, "key": place.key,
        "operation": operation, "params": params,
    })
}

/// What a URL says, whatever the order of its query; and when it was signed.
fn said(url: &str) -> ((String, String, Vec<(String, String)>), i64) {
    let parts = split(url).unwrap();
    let mut pairs = query_pairs(parts.query.unwrap());
    pairs.sort();
    let date = &pairs.iter().find(|(name, _)| name == "X-Amz-Date").unwrap().1;
    let moment = Timestamp::parse(date).unwrap().seconds;
    ((format!("{}://{}", parts.scheme, parts.authority), parts.path.to_owned(), pairs), moment)
}

#[test]
fn every_request_is_signed_as_botocore_signs_it() {
    let python = python::with_modules("boto3");
    let (places, requests) = (places(), requests());
    let cases: Vec<_> =
        places.iter().flat_map(|place| requests.iter().map(move |request| (place, request))).collect();
    let list: Vec<Value> =
        cases.iter().map(|(place, (_, operation, params))| for_botocore(place, operation, params)).collect();
    let output = Command::new(python).args(["-c", SIGN, &Value::from(list).to_string()]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let theirs: Vec<String> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(theirs.len(), cases.len());
    for ((place, (request, ..)), theirs) in cases.into_iter().zip(theirs) {
        let credentials = json!({
            "AccessKeyId": "AKIAEXAMPLE", "SecretAccessKey": "wJalr/XUt+nFEMI", "SessionToken": place.token,
        });
        let credentials = Credentials::read(&credentials.to_string()).unwrap();
        let signer =
            Signer::new(credentials, &place.network, place.path_style, place.region, place.bucket, place.key)
                .unwrap();
        let (theirs, moment) = said(&theirs);
        let ours = signer.address(request, moment);
        assert_eq!(said(ours.url.expose()).0, theirs, "{request:?}");
    }
}
