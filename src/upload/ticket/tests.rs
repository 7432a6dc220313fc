use super::*;
use crate::upload::resume::Record;
use crate::upload::source::Source;
use proptest::prelude::*;
use serde_json::{Value, json};

const NOW: i64 = 1_795_000_000;
const SIZE: u64 = 40 * 1024 * 1024 + 5;
const PART: u64 = 16 * 1024 * 1024;

fn url(query: &str) -> String {
    let more = if query.is_empty() { String::new() } else { format!("&{query}") };
    format!(
        "https://disks-1.s3.eu-west-1.amazonaws.com/in/web%20server.vmdk?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=ASIAEXAMPLE%2F20261118%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Date=20261118T130000Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host{more}&X-Amz-Signature={}",
        "0f".repeat(32)
    )
}

fn multipart() -> Value {
    let part = |number: u16| json!({ "partNumber": number, "url": url(&format!("uploadId=abc&partNumber={number}")) });
    json!({
        "importPlannerTicket": 1,
        "bucket": "disks-1", "key": "in/web server.vmdk", "region": "eu-west-1",
        "expires": "2027-01-01T00:00:00Z",
        "file": { "name": "web server.vmdk", "size": SIZE },
        "multipart": {
            "uploadId": "abc", "partSize": PART,
            "parts": [part(1), part(2), part(3)],
            "list": url("uploadId=abc"), "complete": url("uploadId=abc"), "abort": url("uploadId=abc"),
        },
        "head": url("").replace("SignedHeaders=host", "SignedHeaders=host%3Bx-amz-checksum-mode"),
    })
}

fn single() -> Value {
    let mut ticket = multipart();
    ticket.as_object_mut().unwrap().remove("multipart");
    ticket["put"] = json!({ "url": url("") });
    ticket
}

fn read(ticket: &Value) -> Result<Ticket, TicketError> {
    Ticket::read(&ticket.to_string(), SIZE, NOW)
}

fn field_at_fault(ticket: &Value) -> String {
    read(ticket).unwrap_err().field
}

#[test]
fn a_ticket_for_parts_gives_each_request_its_address() {
    let ticket = read(&multipart()).unwrap();
    assert_eq!((ticket.plan.count(), ticket.plan.part_size()), (3, PART));
    assert_eq!(ticket.host, "disks-1.s3.eu-west-1.amazonaws.com");
    assert_eq!(ticket.parts_without_url().count(), 0);
    let id = || "abc".to_owned();
    let part = Request::Part { upload_id: id(), number: 2, range: ticket.plan.range(2), checksum: None };
    let sent = ticket.address(&part).unwrap();
    assert_eq!((sent.method, &sent.body), ("PUT", &Body::Slice(PART..2 * PART)));
    assert!(sent.url.expose().contains("partNumber=2") && sent.headers.is_empty());
    let head = ticket.address(&Request::Head).unwrap();
    assert_eq!(head.headers, [("x-amz-checksum-mode", "ENABLED".to_owned())]);
    assert_eq!(ticket.address(&Request::List { upload_id: id(), after: 0 }).unwrap().method, "GET");
    assert_eq!(ticket.address(&Request::Abort { upload_id: id() }).unwrap().method, "DELETE");
    let complete = Request::Complete { upload_id: id(), parts: Vec::new(), checksum: None, size: SIZE };
    assert_eq!(ticket.address(&complete).unwrap().method, "POST");
    assert_eq!(ticket.address(&Request::Create { checksums: false }), Err(NoUrl::Kind));
}

#[test]
fn the_earliest_expiry_counts_whatever_the_ticket_states() {
    assert_eq!(read(&multipart()).unwrap().expires, 1_795_010_400);
    let mut ticket = multipart();
    let sooner = url("uploadId=abc&partNumber=2").replace("Expires=3600", "Expires=60");
    ticket["multipart"]["parts"][1]["url"] = json!(sooner);
    assert_eq!(read(&ticket).unwrap().expires, 1_795_010_400 - 3540);
    ticket["expires"] = json!("2026-11-18T12:00:00Z");
    assert_eq!(read(&ticket).unwrap().expires, 1_795_003_200);
    let expired = Ticket::read(&multipart().to_string(), SIZE, 1_795_010_400).unwrap_err();
    assert_eq!(expired.field, "expires");
}

#[test]
fn a_ticket_for_one_put_needs_nothing_else() {
    let ticket = read(&single()).unwrap();
    assert!(ticket.plan.is_single() && ticket.upload_id.is_none());
    assert!(ticket.address(&Request::Put { range: 0..SIZE, checksum: None }).is_ok());
}

#[test]
fn a_url_that_leads_elsewhere_is_named_by_its_field() {
    let leading_elsewhere = [
        ("disks-1.s3.eu-west-1", "disks-2.s3.eu-west-1"),
        ("in/web%20server.vmdk", "in/other.vmdk"),
        ("s3.eu-west-1.amazonaws.com", "s3.eu-west-1.amazonaws.com.evil.example"),
        ("https://", "http://"),
        ("uploadId=abc", "uploadId=abd"),
        ("partNumber=2", "partNumber=3"),
        ("partNumber=2", "partNumber=2&partNumber=3"),
        ("%2Feu-west-1%2Fs3", "%2Fus-east-1%2Fs3"),
        ("%2Fs3%2F", "%2Fec2%2F"),
        ("SignedHeaders=host", "SignedHeaders=host%3Bx-amz-acl"),
        ("&X-Amz-Signature=", "&X-Amz-Sig="),
        ("&X-Amz-Expires=3600", ""),
    ];
    for (from, to) in leading_elsewhere {
        let mut ticket = multipart();
        let wrong = url("uploadId=abc&partNumber=2").replace(from, to);
        ticket["multipart"]["parts"][1]["url"] = json!(wrong);
        assert_eq!(field_at_fault(&ticket), "multipart.parts[1].url", "{to}");
    }
}

#[test]
fn fields_that_are_missing_or_of_another_kind_are_named() {
    let broken: [(&str, fn(&mut Value)); 9] = [
        ("importPlannerTicket", |ticket| ticket["importPlannerTicket"] = json!(2)),
        ("file.size", |ticket| ticket["file"]["size"] = json!("many")),
        ("file.size", |ticket| ticket["file"]["size"] = json!(SIZE + 1)),
        ("bucket", |ticket| ticket["bucket"] = json!("a/b")),
        ("multipart.partSize", |ticket| ticket["multipart"]["partSize"] = json!(1)),
        ("multipart.parts[2].partNumber", |ticket| ticket["multipart"]["parts"][2]["partNumber"] = json!(4)),
        ("multipart.parts[3].partNumber", |ticket| {
            let first = ticket["multipart"]["parts"][0].clone();
            ticket["multipart"]["parts"].as_array_mut().unwrap().push(first);
        }),
        ("multipart.parts[0].url", |ticket| ticket["multipart"]["parts"][0]["url"] = json!(7)),
        ("expires", |ticket| ticket["expires"] = json!("tomorrow")),
    ];
    for (field, spoil) in broken {
        let mut ticket = multipart();
        spoil(&mut ticket);
        assert_eq!(field_at_fault(&ticket), field);
    }
    let mut ticket = multipart();
    ticket.as_object_mut().unwrap().remove("region");
    assert!(read(&ticket).unwrap_err().to_string().contains("region is missing"));
    ticket = multipart();
    ticket["put"] = single()["put"].clone();
    assert!(read(&ticket).unwrap_err().problem.contains("both"));
}

#[test]
fn a_renewed_ticket_has_the_missing_parts_alone() {
    let mut ticket = multipart();
    ticket["multipart"]["parts"].as_array_mut().unwrap().remove(0);
    let ticket = read(&ticket).unwrap();
    assert_eq!(ticket.parts_without_url().collect::<Vec<_>>(), [1]);
    let first = Request::Part { upload_id: "abc".into(), number: 1, range: 0..PART, checksum: None };
    assert_eq!(ticket.address(&first), Err(NoUrl::Part(1)));
}

#[test]
fn a_ticket_goes_on_with_its_own_upload_even_if_credentials_began_it() {
    let record = |upload_id: &str, checksums: bool| {
        let record = json!({
            "version": 1, "bucket": "disks-1", "key": "in/web server.vmdk", "region": "eu-west-1",
            "uploadId": upload_id, "file": { "name": "f", "size": SIZE, "modified": 5, "offset": 0, "sample": null },
            "partSize": PART, "checksums": checksums, "done": [], "started": 0, "retries": 0
        });
        Record::read(&record.to_string()).unwrap()
    };
    let source = Source::Ticket(Box::new(read(&multipart()).unwrap()));
    assert!(source.continues(&record("abc", false)));
    // S3 takes parts without checksums where one was promised for the whole, and computes them.
    assert!(source.continues(&record("abc", true)));
    assert!(!source.continues(&record("abd", false)));
}

#[test]
fn parts_that_one_page_of_a_list_does_not_show_are_not_listed() {
    // Five MiB is the smallest part, so that the file decides how many there are.
    let part_size = 5 << 20;
    let of_parts = |count: u64| {
        let mut ticket = multipart();
        ticket["file"]["size"] = json!(count * part_size);
        ticket["multipart"]["partSize"] = json!(part_size);
        Ticket::read(&ticket.to_string(), count * part_size, NOW).unwrap()
    };
    assert!(of_parts(1000).can_list() && !of_parts(1001).can_list());
    let source = Source::Ticket(Box::new(of_parts(1001)));
    // The engine then believes what was kept, where it would wait for ever for the second page.
    assert!(!source.authority().can_list);
}

#[test]
fn no_signature_gets_into_debug_or_into_an_error() {
    assert!(!format!("{:?}", read(&multipart()).unwrap()).contains("0f0f"));
    let mut ticket = multipart();
    ticket["multipart"]["parts"] = json!(url("uploadId=abc"));
    assert!(!read(&ticket).unwrap_err().to_string().contains("0f0f"));
    ticket["file"] = json!(url(""));
    assert!(!read(&ticket).unwrap_err().to_string().contains("0f0f"));
}

/// The fields of a structure of `schema.rs` and of those in it, by their paths in JSON, and whether each may be missing.
fn fields_of(structure: &str, path: &str) -> Vec<(String, bool)> {
    let source = include_str!("schema.rs");
    let begin = source.find(&format!("struct {structure} {{")).expect("a structure of the schema");
    let body = source[begin..].split_once('{').unwrap().1.split_once("\n}").unwrap().0;
    let mut fields = Vec::new();
    for (name, kind) in
        body.lines().filter_map(|line| line.trim().strip_prefix("pub(super) ")?.split_once(": "))
    {
        let mut words = name.split('_');
        let first = words.next().unwrap_or_default().to_owned();
        let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
        let mut path = path.to_owned() + &words.fold(first, |name, word| name + &capital(word));
        let kind = kind.trim_end_matches(',');
        let optional = kind.strip_prefix("Option<").and_then(|kind| kind.strip_suffix('>'));
        let mut inner = optional.unwrap_or(kind);
        if let Some(item) = inner.strip_prefix("Vec<").and_then(|kind| kind.strip_suffix('>')) {
            path += "[]";
            fields.push((path.clone(), false));
            inner = item;
        }
        match inner {
            "String" | "u64" | "u16" | "Url" => fields.push((path, optional.is_some())),
            structure => fields.extend(fields_of(structure, &format!("{path}."))),
        }
    }
    fields
}

#[test]
fn the_description_has_each_field_that_is_read_and_no_other() {
    let described = include_str!("../../../docs/ticket.md");
    let mut described: Vec<(String, bool)> = described
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once("` | "))
        .map(|(name, rest)| (name.to_owned(), rest.split(" |").next().unwrap().ends_with("optional")))
        .collect();
    let mut read = fields_of("Ticket", "");
    // The version is read before all else, under a name of its own.
    read.push(("importPlannerTicket".to_owned(), false));
    described.sort();
    read.sort();
    assert_eq!(described, read);
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC*", cut in 0_usize..3000, at in 0_usize..3000, byte in any::<char>()) {
        let _ = Ticket::read(&text, SIZE, NOW);
        let whole = multipart().to_string();
        prop_assert!(Ticket::read(&whole[..cut.min(whole.len() - 1)], SIZE, NOW).is_err());
        let mut spoilt: Vec<char> = whole.chars().collect();
        let at = at % spoilt.len();
        spoilt[at] = byte;
        let _ = Ticket::read(&spoilt.into_iter().collect::<String>(), SIZE, NOW);
    }
}
