//! Runs the script that makes a ticket, with the real boto3, and reads what it made.
//!
//! Signing needs no server. For the few calls that do (CreateMultipartUpload, ListParts, STS) a listener in this test
//! answers as the API references say.
#![cfg(not(target_arch = "wasm32"))]

mod python;

use import_planner::upload::credentials::Credentials;
use import_planner::upload::endpoint::Network;
use import_planner::upload::part_plan::{MIB, PartPlan};
use import_planner::upload::ticket::Ticket;
use import_planner::upload::ticket_script::Wanted;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

/// What was asked of the listener: the request's head and its body.
type Asked = Arc<Mutex<Vec<(String, String)>>>;

/// Answers S3's and STS's calls until the test ends; gives its address.
fn aws() -> (String, Asked) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let asked = Asked::default();
    let noted = Arc::clone(&asked);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut reader = BufReader::new(stream.unwrap());
            let mut head = String::new();
            reader.read_line(&mut head).unwrap();
            let line = head.clone();
            let mut length = 0;
            loop {
                let mut header = String::new();
                if reader.read_line(&mut header).unwrap_or(0) <= 2 {
                    break;
                }
                head.push_str(&header);
                if let Some(value) = header.to_ascii_lowercase().strip_prefix("content-length:") {
                    length = value.trim().parse().unwrap();
                }
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            let body = String::from_utf8(body).unwrap();
            let (status, answer) = answer(&line, &body);
            noted.lock().unwrap().push((head.to_ascii_lowercase(), body));
            let begin = format!(
                "HTTP/1.1 {status} X\r\nContent-Type: text/xml\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                answer.len()
            );
            reader.get_mut().write_all(format!("{begin}{answer}").as_bytes()).unwrap();
        }
    });
    (address, asked)
}

const GIVEN: &str = "<Credentials><AccessKeyId>ASIAHANDEDOUT</AccessKeyId><SecretAccessKey>se/cret</SecretAccessKey>\
                     <SessionToken>to+ken</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>";

fn answer(line: &str, body: &str) -> (u16, String) {
    if line.contains("?uploads") {
        let xml =
            "<InitiateMultipartUploadResult><UploadId>new/id+1</UploadId></InitiateMultipartUploadResult>";
        (200, xml.to_owned())
    } else if line.starts_with("GET") && line.contains("uploadId=") {
        let part = |number, size| {
            format!("<Part><PartNumber>{number}</PartNumber><Size>{size}</Size><ETag>x</ETag></Part>")
        };
        // Part 1 has arrived whole, part 2 only in part.
        let parts = if line.contains("uploadId=whole") {
            part(1, 16 * MIB) + &part(2, 16 * MIB) + &part(3, 8 * MIB)
        } else {
            part(1, 16 * MIB) + &part(2, 7)
        };
        (200, format!("<ListPartsResult><IsTruncated>false</IsTruncated>{parts}</ListPartsResult>"))
    } else if body.contains("Action=GetCallerIdentity") {
        let arn = "<Arn>arn:aws-cn:iam::111122223333:user/u</Arn>";
        let result = format!("<GetCallerIdentityResult>{arn}</GetCallerIdentityResult>");
        (200, format!("<GetCallerIdentityResponse>{result}</GetCallerIdentityResponse>"))
    } else if body.contains("Action=AssumeRole") && !body.contains("DurationSeconds=3600") {
        (400, "<ErrorResponse><Error><Code>ValidationError</Code><Message>too long</Message></Error></ErrorResponse>".into())
    } else if body.contains("Action=AssumeRole") {
        (
            200,
            format!("<AssumeRoleResponse><AssumeRoleResult>{GIVEN}</AssumeRoleResult></AssumeRoleResponse>"),
        )
    } else if body.contains("Action=GetFederationToken") {
        (403, "<ErrorResponse><Error><Code>AccessDenied</Code><Message>Cannot call GetFederationToken with session credentials</Message></Error></ErrorResponse>".into())
    } else {
        (404, String::new())
    }
}

fn wanted(size: u64) -> Wanted {
    Wanted {
        bucket: "disks-1".into(),
        key: "in/веб $(1)*?.vmdk".into(),
        region: "eu-west-1".into(),
        file_name: "веб server's.vmdk".into(),
        plan: PartPlan::for_file(size).unwrap(),
        hours: 3,
        upload_id: None,
        role_arn: None,
        network: Network::Regional,
    }
}

/// Runs the script as CloudShell would, and gives what it said and the one file it wrote.
fn run(wanted: &Wanted, endpoint: Option<&str>) -> (Output, Option<String>) {
    let folder = tempfile::tempdir().unwrap();
    let python = python::with_modules("boto3");
    let command = wanted.command().replacen("python3", &format!("'{python}'"), 1);
    let mut shell = Command::new("bash");
    shell.args(["-c", &command]).current_dir(&folder).env_remove("AWS_PROFILE");
    shell.envs([("AWS_ACCESS_KEY_ID", "ASIAEXAMPLE"), ("AWS_SECRET_ACCESS_KEY", "secret")]);
    shell.envs([("AWS_SESSION_TOKEN", "a/token+"), ("AWS_EC2_METADATA_DISABLED", "true")]);
    shell.envs([("AWS_CONFIG_FILE", "/dev/null"), ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")]);
    if let Some(endpoint) = endpoint {
        shell.env("AWS_ENDPOINT_URL", endpoint);
    }
    let output = shell.output().expect("bash runs");
    let file = std::fs::read_dir(&folder).unwrap().next();
    let text = file.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
    (output, text)
}

fn made(wanted: &Wanted, endpoint: Option<&str>) -> String {
    let (output, text) = run(wanted, endpoint);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    text.expect("it wrote a file")
}

fn now() -> i64 {
    i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()).unwrap()
}

#[test]
fn a_small_file_gets_a_ticket_for_one_put_to_the_host_of_its_region() {
    let ticket = Ticket::read(&made(&wanted(1000), None), 1000, now()).unwrap();
    assert!(ticket.plan.is_single() && ticket.can_read_back());
    assert_eq!(ticket.host, "disks-1.s3.eu-west-1.amazonaws.com");
    assert!((now() + 10_700..=now() + 10_800).contains(&ticket.expires));
    assert_eq!(ticket.file_name.as_deref(), Some("веб server's.vmdk"));
}

#[test]
fn a_ticket_is_signed_for_the_endpoint_that_was_chosen_and_the_page_reads_it() {
    for (network, host) in [
        (Network::Accelerated, "disks-1.s3-accelerate.amazonaws.com"),
        (Network::AcceleratedDualStack, "disks-1.s3-accelerate.dualstack.amazonaws.com"),
        (Network::DualStack, "disks-1.s3.dualstack.us-east-1.amazonaws.com"),
        (Network::Fips, "disks-1.s3-fips.us-east-1.amazonaws.com"),
    ] {
        let chosen = Wanted { network: network.clone(), region: "us-east-1".into(), ..wanted(1000) };
        let ticket = Ticket::read(&made(&chosen, None), 1000, now()).unwrap();
        assert_eq!(ticket.host, host);
        // Where the credentials of this page would lead to.
        assert_eq!(network.address("disks-1", "us-east-1", false).unwrap().host, host);
    }
}

#[test]
fn a_large_file_gets_a_ticket_for_all_its_parts() {
    let (endpoint, asked) = aws();
    let size = 40 * MIB;
    // A server of one's own comes before an endpoint of AWS.
    let accelerated = Wanted { network: Network::Accelerated, ..wanted(size) };
    let ticket = Ticket::read(&made(&accelerated, Some(&endpoint)), size, now()).unwrap();
    assert_eq!(ticket.upload_id.as_deref(), Some("new/id+1"));
    assert_eq!((ticket.plan.count(), ticket.parts_without_url().count()), (3, 0));
    assert!(ticket.can_list());
    // A checksum must not be part of the upload: its parts will have none.
    let asked = asked.lock().unwrap();
    assert!(asked.len() == 1 && !asked[0].0.contains("checksum"), "{asked:?}");
}

#[test]
fn an_expired_ticket_is_renewed_for_the_parts_that_have_not_arrived_whole() {
    let (endpoint, _) = aws();
    let size = 40 * MIB;
    let expired = Wanted { upload_id: Some("new/id+1".into()), ..wanted(size) };
    let ticket = Ticket::read(&made(&expired, Some(&endpoint)), size, now()).unwrap();
    assert_eq!(ticket.parts_without_url().collect::<Vec<_>>(), [1]);
}

#[test]
fn where_no_part_is_missing_a_renewed_ticket_may_send_any_again() {
    let (endpoint, _) = aws();
    let size = 40 * MIB;
    let refused = Wanted { upload_id: Some("whole".into()), ..wanted(size) };
    let ticket = Ticket::read(&made(&refused, Some(&endpoint)), size, now()).unwrap();
    assert_eq!(ticket.parts_without_url().count(), 0);
}

#[test]
fn more_than_500_parts_get_credentials_for_the_one_key() {
    let (endpoint, asked) = aws();
    let size = 40 * 1024 * MIB;
    let role = Some("arn:aws-cn:iam::111122223333:role/r".to_owned());
    let large = Wanted { role_arn: role, ..wanted(size) };
    assert!(large.is_too_long_for_a_ticket());
    let read = Credentials::read(&made(&large, Some(&endpoint))).unwrap();
    assert_eq!(read.access_key_id(), "ASIAHANDEDOUT");
    assert_eq!(read.expires(), Some(4_070_908_800));
    let asked = asked.lock().unwrap();
    let policy = &asked.last().unwrap().1;
    // The key's own special characters must not widen what the credentials may write.
    assert!(policy.contains("%24%7B%24%7D%281%29%24%7B%2A%7D%24%7B%3F%7D.vmdk"), "{policy}");
    assert!(policy.contains("arn%3Aaws-cn%3As3"), "{policy}");
}

#[test]
fn a_session_that_may_not_hand_out_credentials_is_told_the_way_out() {
    let (endpoint, _) = aws();
    let (output, file) = run(&wanted(40 * 1024 * MIB), Some(&endpoint));
    assert!(!output.status.success() && file.is_none());
    assert!(String::from_utf8_lossy(&output.stderr).contains("ROLE_ARN"));
}
