use super::super::Plain;
use super::super::block::{Block, Tone};
use super::super::image::{DiskSlice, ImageFacts};
use super::super::request::Situation;
use super::{Course, Destination, End, Phase, Target, UploadEntry, shown, target};
use crate::plan::{Action, Plan};
use crate::read::Read;
use crate::text::upload::ENGLISH;
use crate::upload::answers::Response;
use crate::upload::checksum::{Crc64, Digests};
use crate::upload::engine::{Command, Engine, Event, Left, RequestId, Stop, StopReason};
use crate::upload::means::source;
use crate::upload::resume::FileIdentity;
use crate::upload::settings::Route;
use serde_json::json;

pub(super) const SIZE: u64 = 40 << 20;
pub(super) const CREDENTIALS: &str =
    "AWS_ACCESS_KEY_ID=ASIAEXAMPLE\nAWS_SECRET_ACCESS_KEY=hush/hush\nAWS_SESSION_TOKEN=silence";

pub(super) fn situation(url: &str) -> Situation {
    let mut plan = Plan { region: "eu-west-1".into(), ..Plan::default() };
    for (name, value) in [("S3Bucket", "bucket"), ("S3Key", "disk.raw")] {
        let path = format!("DiskContainer.UserBucket.{name}");
        plan = plan.after(Action::Set { path, value: Some(value.into()) });
    }
    let image = ImageFacts {
        name: "machine.ova".into(),
        file_size: SIZE,
        virtual_size: None,
        format: Some("OVA".into()),
        import_snapshot: Tone::Bad,
        import_image: Tone::Good,
        disks: vec![DiskSlice {
            name: "disk.vmdk".into(),
            offset: 1024,
            length: 5000,
            format: Some("VMDK".into()),
        }],
    };
    let upload =
        UploadEntry { url: url.into(), origin: "https://planner.example".into(), ..UploadEntry::default() };
    Situation { plan, image: Some(image), disks: Vec::new(), upload, now: 1_795_000_000 }
}

pub(super) fn target_of(situation: &Situation) -> Target {
    target(&ENGLISH, &Plain, situation)
}

pub(super) fn text_of<T: serde::Serialize>(shown: &T) -> String {
    serde_json::to_string(shown).unwrap()
}

#[test]
fn credentials_are_described_and_no_secret_of_theirs_is_shown() {
    let target = target_of(&situation(CREDENTIALS));
    assert_eq!((target.obstacle.as_str(), target.problem.as_str()), ("", ""));
    let text = text_of(&target);
    assert!(text.contains("temporary credentials") && text.contains("3 of 16"), "{text}");
    assert!(!text.contains("hush") && !text.contains("silence"), "{text}");
}

#[test]
fn a_ticket_for_a_file_of_another_name_is_taken_after_a_warning() {
    let url = format!(
        "https://bucket.s3.eu-west-1.amazonaws.com/disk.raw?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=A%2F20261118%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Date=20261118T130000Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&X-Amz-Signature={}",
        "0f".repeat(32)
    );
    let target = |name: &str, size: u64| {
        let ticket = json!({
            "importPlannerTicket": 1, "bucket": "bucket", "key": "disk.raw", "region": "eu-west-1",
            "expires": "2027-01-01T00:00:00Z", "file": { "name": name, "size": size }, "put": { "url": url }
        });
        target_of(&situation(&ticket.to_string()))
    };
    let warns = |target: &Target| {
        let blocks = target.blocks.iter();
        blocks.filter(|block| matches!(block, Block::Text(text) if text.tone == Tone::Warn)).count()
    };
    let own = target("machine.ova", SIZE);
    assert_eq!((own.problem.as_str(), own.obstacle.as_str(), warns(&own)), ("", "", 0));
    let other = target("other.ova", SIZE);
    assert_eq!((other.problem.as_str(), other.obstacle.as_str(), warns(&other)), ("", "", 1));
    assert!(text_of(&other.blocks).contains("made for other.ova, and this file is machine.ova"));
    assert!(target("machine.ova", SIZE + 1).problem.starts_with("file.size"));
}

#[test]
fn credentials_wait_for_the_place_that_they_do_not_name() {
    let mut situation = situation(CREDENTIALS);
    situation.plan.region = String::new();
    let target = target_of(&situation);
    assert_eq!(target.obstacle, ENGLISH.upload_needs_place);
    situation.plan.call = "RegisterImage".into();
    assert_eq!(target_of(&situation).obstacle, ENGLISH.upload_needs_place);
}

#[test]
fn a_disk_in_an_appliance_is_uploaded_with_its_own_name_and_size() {
    let mut situation = situation("");
    let whole = target_of(&situation);
    assert_eq!(whole.pieces.len(), 2);
    assert!(text_of(&whole.preparation).contains("FILE_SIZE = 41943040"));
    situation.upload.piece = 1;
    let script = text_of(&target_of(&situation).preparation);
    assert!(script.contains("FILE_SIZE = 5000") && script.contains("disk.vmdk"), "{script}");
    let format = Action::Propose {
        call: "ImportSnapshot".into(),
        path: "DiskContainer.Format".into(),
        value: Some("VMDK".into()),
    };
    assert!(whole.pieces[1].changes.contains(&format));
}

#[test]
fn each_disk_of_a_machine_goes_where_the_request_has_it_or_beside_the_first_by_its_own_name() {
    let mut situation = situation(CREDENTIALS);
    // One disk inside the appliance is not several.
    assert_eq!(target_of(&situation).together, []);
    let image = situation.image.as_mut().unwrap();
    image.disks.push(DiskSlice { name: "data.vmdk".into(), ..image.disks[0].clone() });
    let keys = |situation: &Situation| {
        let together = target_of(situation).together.into_iter();
        together
            .map(|disk| format!("{}/{}", disk.destination.bucket, disk.destination.key))
            .collect::<Vec<_>>()
    };
    assert_eq!(keys(&situation), ["bucket/disk.vmdk", "bucket/data.vmdk"]);
    // A URL and a ticket are for one key, and without a key to the bucket nothing can be sent.
    let pasted = std::mem::take(&mut situation.upload.url);
    assert_eq!(keys(&situation), Vec::<String>::new());
    situation.upload.url = pasted;
    let image = situation.image.as_mut().unwrap();
    let disk = ImageFacts { disks: Vec::new(), format: Some("RAW".into()), ..image.clone() };
    let named = |name: &str| ImageFacts { name: name.into(), ..disk.clone() };
    situation.disks = vec![named("root.raw"), named("data.raw"), named("logs.raw")];
    situation.image = Some(named("data.raw"));
    // The key in the form is that of the disk that is chosen.
    assert_eq!(keys(&situation), ["bucket/root.raw", "bucket/disk.raw", "bucket/logs.raw"]);
    // Which of two files of one name is which object is not to be guessed.
    situation.disks[2].name = "root.raw".into();
    assert_eq!(keys(&situation), Vec::<String>::new());
    situation.disks[2].name = "logs.raw".into();
    let containers = json!([
        {"UserBucket": {"S3Bucket": "machines", "S3Key": "web/root.raw"}}, {"UserBucket": {"S3Bucket": "machines"}}
    ]);
    let serde_json::Value::Object(parameters) = json!({"DiskContainers": containers}) else { unreachable!() };
    situation.plan = situation.plan.after(Action::Fill { call: "ImportImage".into(), parameters });
    assert_eq!(keys(&situation), ["machines/web/root.raw", "machines/web/data.raw", "machines/web/logs.raw"]);
    // One would take the place of the other.
    let twice = json!([
        {"UserBucket": {"S3Bucket": "b", "S3Key": "k"}}, {"UserBucket": {"S3Bucket": "b", "S3Key": "k"}}
    ]);
    let serde_json::Value::Object(parameters) = json!({"DiskContainers": twice}) else { unreachable!() };
    situation.disks.truncate(2);
    situation.plan = situation.plan.after(Action::Fill { call: "ImportImage".into(), parameters });
    assert_eq!(keys(&situation), Vec::<String>::new());
}

#[test]
fn a_disk_of_a_machine_goes_to_its_own_key_whichever_is_chosen() {
    let mut situation = situation(CREDENTIALS);
    let disk =
        ImageFacts { disks: Vec::new(), format: Some("RAW".into()), ..situation.image.take().unwrap() };
    let named = |name: &str| ImageFacts { name: name.into(), ..disk.clone() };
    situation.disks = vec![named("system.raw"), named("data.raw"), named("logs.raw")];
    let containers = json!([
        {"UserBucket": {"S3Bucket": "machines", "S3Key": "web/system.raw"}},
        {"UserBucket": {"S3Bucket": "more", "S3Key": "renamed"}}
    ]);
    let serde_json::Value::Object(parameters) = json!({"DiskContainers": containers}) else { unreachable!() };
    situation.plan = situation.plan.after(Action::Fill { call: "ImportImage".into(), parameters });
    let place = |situation: &Situation| {
        let Target { destination, preparation, .. } = target_of(situation);
        assert!(text_of(&preparation).contains(&format!("KEY = \\\"{}\\\"", destination.key)));
        format!("{}/{}", destination.bucket, destination.key)
    };
    // The last has no container: it goes beside the first.
    for (name, expected) in [
        ("system.raw", "machines/web/system.raw"),
        ("data.raw", "more/renamed"),
        ("logs.raw", "machines/web/logs.raw"),
    ] {
        situation.image = Some(named(name));
        assert_eq!(place(&situation), expected, "{name}");
    }
}

#[test]
fn what_is_understood_is_held_whatever_speaks_against_it() {
    let is_held = |pasted: &str| target_of(&situation(pasted)).is_held;
    assert!(is_held(CREDENTIALS));
    // A ticket for another file, and one that was cut off.
    assert!(is_held("{\"importPlannerTicket\": 1, \"bucket\": \"b\"}"));
    assert!(!is_held("{\"importPlannerTicket\": 1, \"bucket\": "));
    assert!(!is_held("no key") && !is_held(""));
    let mut elsewhere = situation(CREDENTIALS);
    elsewhere.plan.region = "nowhere at all".into();
    let target = target_of(&elsewhere);
    assert!(target.is_held && !target.problem.is_empty(), "{}", target.problem);
}

#[test]
fn what_was_begun_before_is_offered_and_its_script_signs_the_rest() {
    let record = json!({
        "version": 1, "bucket": "bucket", "key": "disk.raw", "region": "eu-west-1", "uploadId": "begun-before",
        "file": {"name": "machine.ova", "size": SIZE, "modified": 5, "offset": 0, "sample": null}, "partSize": 16 << 20,
        "checksums": false, "done": [{"number": 2, "etag": "\"e\"", "crc64nvme": "rosUhgp5mIg=", "verified": true}],
        "started": 1_794_999_000_000_u64, "retries": 0
    });
    let mut situation = situation("");
    situation.upload.records = vec![record.to_string()];
    let target = target_of(&situation);
    assert!(text_of(&target.blocks).contains("16.0\u{a0}MiB of 40.0\u{a0}MiB"), "{:?}", target.blocks);
    assert!(text_of(&target.preparation).contains("UPLOAD_ID = \\\"begun-before\\\""));
    situation.upload.url = CREDENTIALS.into();
    assert!(text_of(&target_of(&situation).blocks).contains(ENGLISH.upload_goes_on));
    // Of another file, nothing is said.
    situation.image.as_mut().unwrap().file_size += 1;
    assert!(!text_of(&target_of(&situation)).contains("begun-before"));
}

fn begun() -> (Engine, Vec<Command>) {
    let situation = situation(CREDENTIALS);
    let destination = target_of(&situation).destination;
    let source = source(CREDENTIALS, SIZE, situation.now, destination.place(), &Route::default()).unwrap();
    let file = FileIdentity { name: "disk.raw".into(), size: SIZE, modified: 5, offset: 0, sample: None };
    let mut engine = Engine::new(source.settings(file, 1).unwrap());
    let commands = engine.handle(Event::Start, 1_795_000_000_000);
    (engine, commands)
}

fn request_of(command: &Command) -> Option<RequestId> {
    match command {
        Command::Send { id, .. } => Some(*id),
        _ => None,
    }
}

fn course<'a>(engine: &Engine, end: Option<&'a End>, destination: &'a Destination) -> Course<'a> {
    Course {
        view: engine.view(),
        end,
        name: "disk.raw",
        destination,
        number: 0,
        notice: "",
        is_placed: false,
        now: 1_795_000_001_000,
    }
}

#[test]
fn an_upload_that_the_bucket_does_not_allow_waits_and_shows_the_rule() {
    let destination = Destination { bucket: "bucket".into(), ..Destination::default() };
    let (mut engine, mut commands) = begun();
    // A few tries, each of which ends without an answer that the browser shows.
    for second in 1..1000 {
        let now = 1_795_000_000_000 + second * 1000;
        let event = match commands.iter().find_map(request_of) {
            Some(id) => Event::Unanswered { id, file_intact: true, blocked_by_policy: false },
            None => Event::Tick,
        };
        commands = engine.handle(event, now);
    }
    let sent = shown(&ENGLISH, &Plain, &course(&engine, None, &destination));
    assert_eq!(sent.phase, Phase::Held);
    assert!(sent.blocks.iter().any(|block| matches!(block, Block::Code(code) if code.id == "cors-rule")));
}

#[test]
fn what_a_cancelled_upload_leaves_is_said_with_the_command_that_removes_it() {
    let destination =
        Destination { bucket: "bucket".into(), key: "disk.raw".into(), ..Destination::default() };
    let (engine, _) = begun();
    let stop = |left| End::Stopped(Stop { reason: StopReason::Cancelled, left });
    let nothing = stop(Left::Nothing);
    let sent = shown(&ENGLISH, &Plain, &course(&engine, Some(&nothing), &destination));
    assert_eq!(sent.phase, Phase::Cancelled);
    assert_eq!(sent.blocks, vec![Block::led(Tone::Note, "Cancelled.", ENGLISH.left_nothing)]);
    let upload_id = || "an-id".into();
    for (left, is_unsure) in [
        (Left::Parts { upload_id: upload_id() }, false),
        (Left::PartsOrObject { upload_id: upload_id() }, true),
    ] {
        let sent = shown(&ENGLISH, &Plain, &course(&engine, Some(&stop(left)), &destination));
        let text = text_of(&sent);
        let command = "abort-multipart-upload --bucket bucket --key disk.raw --upload-id an-id";
        assert!(text.contains(command), "{text}");
        assert_eq!(text.contains("look into the bucket"), is_unsure, "{text}");
    }
}

#[test]
fn progress_is_announced_by_tenths_and_with_each_change_of_what_is_done() {
    let destination = Destination::default();
    let (mut engine, commands) = begun();
    let announced =
        |engine: &Engine| shown(&ENGLISH, &Plain, &course(engine, None, &destination)).announcement;
    assert_eq!(announced(&engine), "disk.raw: the upload is being created");
    let id = commands.iter().find_map(request_of).unwrap();
    let body = "<InitiateMultipartUploadResult><UploadId>id</UploadId></InitiateMultipartUploadResult>";
    let response = Response { status: 200, body: body.into(), ..Response::default() };
    engine.handle(Event::Answered { id, response }, 1_795_000_000_000);
    let digests = Digests { crc64nvme: Crc64::of(b"part"), md5: None };
    let commands = engine.handle(Event::Hashed { part: 1, digests }, 1_795_000_000_000);
    let id = commands.iter().find_map(request_of).unwrap();
    let mut heard = Vec::new();
    for sent in (0..=16).map(|sent| sent << 20) {
        engine.handle(Event::Progress { id, sent }, 1_795_000_000_000);
        heard.push(announced(&engine));
    }
    heard.dedup();
    let tenths = [0, 10, 20, 30, 40].map(|percent| format!("Uploading disk.raw: {percent}%"));
    assert_eq!(heard, tenths);
    let response = Response { status: 200, etag: Some("\"e\"".into()), ..Response::default() };
    engine.handle(Event::Answered { id, response }, 1_795_000_000_000);
    engine.handle(Event::Pause, 1_795_000_000_000);
    assert_eq!(announced(&engine), "disk.raw: paused at 40%");
    engine.handle(Event::Resume, 1_795_000_000_000);
    engine.handle(Event::Cancel, 1_795_000_000_000);
    assert_eq!(announced(&engine), "disk.raw: what has arrived is being removed");
    // The end is read out as it is shown.
    let end = End::Stopped(Stop { reason: StopReason::Cancelled, left: Left::Nothing });
    let sent = shown(&ENGLISH, &Plain, &course(&engine, Some(&end), &destination));
    assert_eq!(sent.announcement, "");
    let sent = shown(&ENGLISH, &Plain, &course(&engine, None, &destination));
    assert_eq!(super::Sent::read(&serde_json::to_value(&sent).unwrap()), Some(sent));
}
