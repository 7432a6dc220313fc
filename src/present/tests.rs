use super::block::Block;
use super::control::{Control, Field, Kind};
use super::upload::UploadEntry;
use super::*;
use crate::image::{Depth, FileSet, NamedSource};
use crate::inspect::Inspector;
use crate::plan::{Action, History, Plan};
use crate::read::Read;
use crate::request::calls::CALLS;
use crate::text::{form, report};
use serde_json::{Value, json};
use std::rc::Rc;

fn written(plan: Plan) -> Written {
    let situation = Situation {
        plan,
        image: None,
        disks: Vec::new(),
        upload: UploadEntry::default(),
        now: 1_795_000_000,
    };
    request::write(&form::ENGLISH, &Plain, &situation)
}

fn plan_of(call: &str, parameters: Value) -> Plan {
    let Value::Object(parameters) = parameters else { panic!("parameters are an object") };
    let filled = Plan::default().after(Action::Fill { call: call.into(), parameters });
    filled.after(Action::SetRegion("eu-central-1".into()))
}

fn fields(controls: &[Control]) -> Vec<Field> {
    controls
        .iter()
        .flat_map(|control| match control {
            Control::Field(field) => vec![field.clone()],
            Control::Group(group) => fields(&group.controls),
            Control::List(list) => list.items.iter().flat_map(|item| fields(&item.controls)).collect(),
        })
        .collect()
}

fn inspected(files: Vec<(&str, Vec<u8>)>) -> InspectedSet {
    inspected_to(Depth::Complete, files)
}

fn inspected_to(depth: Depth, files: Vec<(&str, Vec<u8>)>) -> InspectedSet {
    let file = |(name, bytes): (&str, Vec<u8>)| NamedSource { name: name.into(), source: Rc::new(bytes) };
    let inspector = Inspector::new(FileSet { files: files.into_iter().map(file).collect() });
    let heads = inspector.heads().unwrap();
    let reports: Vec<_> = heads.iter().map(|head| inspector.report(*head, depth).unwrap()).collect();
    InspectedSet::of(&report::ENGLISH, &Plain, &heads, &reports)
}

#[test]
fn a_verdict_before_all_is_read_says_so_unless_it_is_a_refusal() {
    let said = |depth, file: &str, bytes: Vec<u8>| {
        let set = inspected_to(depth, vec![(file, bytes)]);
        let answers = set.images[0].blocks.iter().find_map(|block| match block {
            Block::Answers(answers) => {
                Some(answers.iter().map(|answer| answer.text.clone()).collect::<Vec<_>>())
            }
            _ => None,
        });
        answers.expect("an answer").join("; ")
    };
    let mut disk = vec![0; 1 << 20];
    disk[446..462].copy_from_slice(&[0x80, 0, 2, 0, 0x83, 0, 9, 0, 8, 0, 0, 0, 0, 4, 0, 0]);
    disk[510..512].copy_from_slice(&[0x55, 0xAA]);
    assert!(said(Depth::First, "disk.raw", disk.clone()).contains("as far as it was read"));
    assert!(!said(Depth::Complete, "disk.raw", disk).contains("as far as"));
    assert!(said(Depth::First, "notes.raw", b"Buy milk.".repeat(100)).ends_with("; Refused"));
}

#[test]
fn the_disks_of_one_machine_suggest_a_container_each_and_no_key_stands_twice() {
    let mut root = vec![0; 1 << 20];
    root[446..462].copy_from_slice(&[0x80, 0, 2, 0, 0x83, 0, 9, 0, 8, 0, 0, 0, 0, 4, 0, 0]);
    root[510..512].copy_from_slice(&[0x55, 0xAA]);
    let several =
        inspected(vec![("disk.raw", vec![0; 1 << 20]), ("disk.raw", root), ("disk.raw", vec![0; 1 << 20])]);
    assert_eq!(several.images.len(), 3);
    assert!(!several.machine.is_empty());
    assert_eq!(several.disks, [1, 0, 2]);
    assert_eq!(several.disks_of_the_machine()[0], several.images[1].facts);
    let plan = several.proposals.into_iter().fold(Plan::default(), |plan, proposal| plan.after(proposal));
    let containers = &plan.parameters["ImportImage"]["DiskContainers"];
    let keys: Vec<_> = (0..3).map(|index| containers[index]["UserBucket"]["S3Key"].clone()).collect();
    assert_eq!(keys, ["2-disk.raw", "disk.raw", "3-disk.raw"], "the disk that starts comes first");
    let single = inspected(vec![("one.raw", vec![0; 1 << 20])]);
    assert!(single.machine.is_empty() && single.disks_of_the_machine().is_empty());
    let plan = single.proposals.into_iter().fold(plan, |plan, proposal| plan.after(proposal));
    let containers = &plan.parameters["ImportImage"]["DiskContainers"];
    assert_eq!(containers, &json!([{"Format": "RAW", "UserBucket": {"S3Key": "one.raw"}}]));
}

#[test]
fn whatever_a_worker_tells_is_read_on_the_page_as_it_was_told() {
    let plans = CALLS.iter().map(|call| plan_of(call.name, json!({"DryRun": true})));
    let told = plans.map(|plan| Told::Written(Box::new(written(plan))));
    for told in told.chain([
        Told::First(Box::new(inspected(vec![("blank.raw", vec![0; 1 << 20])]))),
        Told::Stopped("it did".into()),
    ]) {
        let text = serde_json::to_string(&told).unwrap();
        let read = Told::read(&serde_json::from_str(&text).unwrap()).expect("it can be read");
        assert_eq!(serde_json::to_string(&read).unwrap(), text);
    }
}

#[test]
fn every_action_is_read_as_it_was_written() {
    let actions = [
        Action::Set { path: "A".into(), value: None },
        Action::Set { path: "A".into(), value: Some(json!([1])) },
        Action::Add { path: "A".into() },
        Action::ProposeLength { call: "C".into(), path: "A".into(), length: 3 },
        Action::Choose { path: "A".into(), way: "B".into() },
        Action::SetRegion("r".into()),
        Action::SetCall("c".into()),
        Action::SetWriting { name: "n".into(), value: "v".into() },
        Action::Propose { call: "c".into(), path: "p".into(), value: Some(json!("v")) },
        Action::Fill { call: "c".into(), parameters: serde_json::Map::new() },
        Action::Open(Box::new(plan_of("CopySnapshot", json!({"DryRun": true})))),
        Action::Clear,
    ];
    for action in actions {
        let value = serde_json::to_value(&action).unwrap();
        assert_eq!(Action::read(&value), Some(action));
    }
}

#[test]
fn every_parameter_of_every_call_has_a_control_or_is_known_not_to() {
    for call in CALLS {
        let form = written(plan_of(call.name, json!({}))).form;
        let controls: Vec<Control> = form.place.into_iter().chain(form.main).chain(form.more).collect();
        assert_eq!(controls.len(), call.members.len(), "{}", call.name);
    }
}

#[test]
fn only_the_way_that_was_chosen_is_sent() {
    let parameters =
        json!({"DiskContainer": {"Format": "RAW", "Url": "s3://b/k", "UserBucket": {"S3Bucket": "bucket"}}});
    let plan = plan_of("ImportSnapshot", parameters);
    let by_bucket = request::request(&plan);
    assert!(by_bucket.get("DiskContainer.Url").is_none());
    let plan = plan.after(Action::Choose { path: "DiskContainer".into(), way: "Url".into() });
    let by_url = request::request(&plan);
    assert!(by_url.get("DiskContainer.UserBucket").is_none());
    assert_eq!(by_url.text("DiskContainer.Url"), Some("s3://b/k"));
    assert!(fields(&written(plan).form.place).iter().any(|field| field.path == "DiskContainer.Url"));
}

#[test]
fn a_pasted_url_shows_the_field_of_the_url() {
    let plan = plan_of("ImportImage", json!({"DiskContainers": [{"SnapshotId": "snap-0123456789abcdef0"}]}));
    assert!(
        fields(&written(plan).form.place).iter().any(|field| field.path == "DiskContainers[0].SnapshotId")
    );
}

#[test]
fn tags_are_for_what_the_call_makes_and_empty_lists_are_not_sent() {
    let tags = json!({"TagSpecifications": [{"Tags": [{"Key": "Name", "Value": ""}]}]});
    let request = request::request(&plan_of("CopySnapshot", tags));
    assert_eq!(request.text("TagSpecifications[0].ResourceType"), Some("snapshot"));
    let none = json!({"TagSpecifications": [{"Tags": []}]});
    assert!(request::request(&plan_of("CopySnapshot", none)).get("TagSpecifications").is_none());
}

#[test]
fn a_complete_request_is_written_and_one_that_lacks_something_is_not() {
    let whole = json!({"SourceRegion": "eu-west-1", "SourceSnapshotId": "snap-0123456789abcdef0"});
    let written_out = written(plan_of("CopySnapshot", whole));
    let Some(Block::Code(code)) = written_out.output.first() else { panic!("{:?}", written_out.problems) };
    assert!(
        code.text.contains("copy-snapshot") && code.text.contains("--region eu-central-1"),
        "{}",
        code.text
    );
    let lacking = written(plan_of("CopySnapshot", json!({"SourceRegion": "eu-west-1"})));
    assert_eq!(lacking.output, []);
    assert!(lacking.problems.iter().any(|problem| problem.is_error && problem.path == "SourceSnapshotId"));
}

#[test]
fn what_is_said_of_a_whole_container_stands_beside_its_first_field() {
    let lacking = written(plan_of("ImportSnapshot", json!({"DiskContainer": {"Format": "RAW"}})));
    assert!(
        lacking.problems.iter().any(|problem| problem.path == "DiskContainer.UserBucket.S3Bucket"),
        "{:?}",
        lacking.problems
    );
}

#[test]
fn the_plan_decides_how_the_request_is_written() {
    let whole = json!({"SourceRegion": "eu-west-1", "SourceSnapshotId": "snap-0123456789abcdef0"});
    let named = |name: &str, value: &str| Action::SetWriting { name: name.into(), value: value.into() };
    let plan =
        plan_of("CopySnapshot", whole).after(named("layout", "line")).after(named("--no-paginate", "true"));
    let text = |plan: Plan| match written(plan).output.into_iter().next() {
        Some(Block::Code(code)) => code.text,
        other => panic!("{other:?}"),
    };
    let command = text(plan.clone());
    assert_eq!(command.trim_end().lines().count(), 1, "{command}");
    assert!(command.contains("--no-paginate"), "{command}");
    assert!(text(plan.after(named("form", "boto3"))).contains("boto3.client"));
}

#[test]
fn a_draft_holds_no_signature() {
    let url =
        "https://b.s3.amazonaws.com/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0123456789abcdef";
    let draft = written(plan_of("ImportSnapshot", json!({"DiskContainer": {"Url": url}}))).draft;
    assert!(!draft.contains("0123456789abcdef"), "{draft}");
    assert!(Plan::read(&serde_json::from_str(&draft).unwrap()).is_some());
}

#[test]
fn an_image_proposes_its_format_and_its_name() {
    let inspected = inspected(vec![("blank.raw", vec![0; 1 << 20])]);
    let plan = inspected.images[0]
        .proposals
        .iter()
        .cloned()
        .fold(Plan::default(), |plan, proposal| plan.after(proposal));
    assert_eq!(plan.text("DiskContainer.Format"), "RAW");
    assert_eq!(plan.text("DiskContainer.UserBucket.S3Key"), "blank.raw");
}

#[test]
fn a_choice_offers_the_values_of_the_table() {
    let form = written(Plan::default()).form;
    let format = fields(&form.place).into_iter().find(|field| field.path == "DiskContainer.Format").unwrap();
    assert!(
        matches!(&format.kind, Kind::Choice(values) if values.contains(&"VMDK".to_owned())),
        "{format:?}"
    );
}

fn pasted(text: &str) -> Pasted {
    paste::paste(&crate::text::answer::ENGLISH, &Plan::default(), text)
}

fn after(pasted: &Pasted) -> Plan {
    pasted.changes.iter().cloned().fold(Plan::default(), |plan, change| plan.after(change))
}

fn said(blocks: &[Block]) -> String {
    serde_json::to_string(blocks).unwrap()
}

#[test]
fn a_pasted_command_fills_the_form_and_names_its_region() {
    let pasted = pasted(
        "aws ec2 copy-snapshot --region eu-west-3 --source-region eu-west-1 --source-snapshot-id snap-0123456789abcdef0 --nonsense 1",
    );
    let plan = after(&pasted);
    assert_eq!((plan.call.as_str(), plan.region.as_str()), ("CopySnapshot", "eu-west-3"));
    assert_eq!(plan.text("SourceSnapshotId"), "snap-0123456789abcdef0");
    assert!(said(&pasted.blocks).contains("nonsense"), "{:?}", pasted.blocks);
}

#[test]
fn what_a_renderer_writes_can_be_pasted_back() {
    let whole = json!({"SourceRegion": "eu-west-1", "SourceSnapshotId": "snap-0123456789abcdef0", "Description": "it's \"mine\" $(x)"});
    for form in ["cli", "cli-json", "cli-yaml", "boto3", "query"] {
        let chosen = Action::SetWriting { name: "form".into(), value: form.into() };
        let Some(Block::Code(code)) =
            written(plan_of("CopySnapshot", whole.clone()).after(chosen)).output.into_iter().next()
        else {
            panic!("{form} was not written")
        };
        let plan = after(&pasted(&code.text));
        assert_eq!(
            (plan.call.as_str(), Value::Object(plan.current())),
            ("CopySnapshot", whole.clone()),
            "{form}"
        );
    }
}

#[test]
fn a_failed_task_is_explained_and_a_finished_one_leads_on() {
    let failed = json!({"ImportSnapshotTasks": [{"ImportTaskId": "import-snap-0123456789abcdef0", "SnapshotTaskDetail": {
        "Status": "deleted", "StatusMessage": "ClientError: Unsupported VMDK File Format"}}]});
    let failed = pasted(&failed.to_string());
    assert!(failed.changes.is_empty());
    assert!(
        failed.blocks.iter().any(|block| matches!(block, Block::Text(text) if text.tone == block::Tone::Bad))
    );
    assert!(said(&failed.blocks).contains("stream"), "{:?}", failed.blocks);

    let done = json!({"ImportSnapshotTasks": [{"ImportTaskId": "import-snap-0123456789abcdef0", "SnapshotTaskDetail": {
        "Status": "completed", "SnapshotId": "snap-0123456789abcdef0", "Format": "VMDK"}}]});
    let offers: Vec<Action> = pasted(&done.to_string())
        .blocks
        .into_iter()
        .filter_map(|block| match block {
            Block::Offers(offers) => Some(offers.into_iter().flat_map(|offer| offer.changes)),
            _ => None,
        })
        .flatten()
        .collect();
    assert!(
        offers.iter().any(|offer| matches!(offer, Action::Fill { call, .. } if call == "RegisterImage")),
        "{offers:?}"
    );
}

#[test]
fn an_id_alone_offers_what_can_be_done_with_it() {
    for (text, call) in [
        ("snap-0123456789abcdef0", "CopySnapshot"),
        ("import-ami-0123456789abcdef0", "DescribeImportImageTasks"),
        ("import-snap-0123456789abcdef0", "CancelImportTask"),
        ("arn:aws:ec2:eu-west-1::snapshot/snap-0123456789abcdef0", "CopySnapshot"),
        (
            "arn:aws-cn:ec2:cn-north-1:111122223333:import-image-task/import-ami-0123456789abcdef0",
            "CancelImportTask",
        ),
    ] {
        assert!(said(&pasted(text).blocks).contains(call), "{text}");
    }
}

#[test]
fn an_address_in_s3_offers_to_import_from_there() {
    for (text, region) in [
        ("s3://my-bucket/images/disk.VMDK", ""),
        ("arn:aws:s3:::my-bucket/images/disk.VMDK", ""),
        ("https://my-bucket.s3.eu-west-1.amazonaws.com/images/disk.VMDK", "eu-west-1"),
        ("https://s3.eu-west-1.amazonaws.com/my-bucket/images/disk.VMDK", "eu-west-1"),
    ] {
        let pasted = pasted(text);
        let offers = pasted.blocks.iter().find_map(|block| match block {
            Block::Offers(offers) => Some(offers),
            _ => None,
        });
        let filled: Vec<Plan> = offers
            .expect("offers")
            .iter()
            .map(|offer| {
                offer.changes.iter().cloned().fold(Plan::default(), |plan, change| plan.after(change))
            })
            .collect();
        for (plan, container) in filled.iter().zip(["DiskContainer", "DiskContainers[0]"]) {
            let value = |member: &str| plan.text(&format!("{container}.{member}"));
            let told = ["Format", "UserBucket.S3Bucket", "UserBucket.S3Key"].map(value);
            assert_eq!(told, ["VMDK", "my-bucket", "images/disk.VMDK"], "{text}");
            assert_eq!(plan.region, region, "{text}");
        }
        assert_eq!(filled.len(), 2, "{text}");
    }
    // A bucket alone is no object.
    assert!(pasted("s3://my-bucket/").changes.is_empty());
    // What more there is on the line, or in the query, is not dropped without a word.
    for text in [
        "s3://my-bucket/disk.vmdk --region eu-west-1",
        "s3://my-bucket/a.vmdk s3://my-bucket/b.vmdk",
        "https://my-bucket.s3.eu-west-1.amazonaws.com/disk.vmdk?versionId=1",
    ] {
        assert!(!said(&pasted(text).blocks).contains("That is an object in S3"), "{text}");
    }
    // A key may have spaces.
    assert!(said(&pasted("s3://my-bucket/my disk.vmdk").blocks).contains("That is an object in S3"));
}

#[test]
fn what_is_nothing_known_is_said_to_be_so() {
    for text in ["hello", "{", "aws s3 ls", "\u{0}\u{0}", "[[[[[["] {
        let pasted = pasted(text);
        assert!(pasted.changes.is_empty() && pasted.blocks.len() == 1, "{text}: {pasted:?}");
    }
}

#[test]
fn what_cannot_be_read_says_why_where_that_is_known() {
    let broken = said(&pasted("{\"DiskContainer\": {\n  \"Format\": RAW}}").blocks);
    assert!(broken.contains("not JSON") && broken.contains("line 2"), "{broken}");
    let terraform = said(
        &pasted("resource \"aws_ebs_snapshot_import\" \"disk\" {\n  role_name = \"vmimport\"\n}\n").blocks,
    );
    assert!(terraform.contains("Terraform"), "{terraform}");
}

#[test]
fn a_complete_import_has_a_runbook_whose_steps_can_be_switched_off() {
    let parameters = json!({"DiskContainer": {"Format": "RAW", "UserBucket": {"S3Bucket": "my-bucket", "S3Key": "disk.raw"}}});
    let plan = plan_of("ImportSnapshot", parameters);
    let text = |plan: Plan| match written(plan).runbook.blocks.into_iter().next() {
        Some(Block::Code(code)) => code.text,
        other => panic!("{other:?}"),
    };
    assert!(text(plan.clone()).contains("import-snapshot"));
    let with_bucket = text(plan.clone());
    let off = Action::SetWriting { name: "runbook.bucket".into(), value: "no".into() };
    let without = text(plan.after(off));
    assert!(with_bucket.contains("create-bucket") && !without.contains("create-bucket"));
    let python = Action::SetWriting { name: "runbook.language".into(), value: "python".into() };
    let parameters = json!({"DiskContainer": {"Format": "RAW", "UserBucket": {"S3Bucket": "my-bucket", "S3Key": "disk.raw"}}});
    assert!(text(plan_of("ImportSnapshot", parameters).after(python)).contains("import boto3"));
}

#[test]
fn a_list_that_is_required_shows_its_first_item_and_grows_beyond_it() {
    let plan = plan_of("ImportImage", json!({}));
    let list = |plan: &Plan| {
        let disks = written(plan.clone()).form.place.into_iter().find_map(|control| match control {
            Control::List(list) if list.path == "DiskContainers" => Some(list),
            _ => None,
        });
        disks.expect("the disks")
    };
    assert_eq!(list(&plan).items.len(), 1);
    let next = list(&plan).next;
    assert_eq!(list(&plan.after(Action::Add { path: next })).items.len(), 2);
}

#[test]
fn what_an_image_proposes_for_registering_does_not_make_the_runbook_register() {
    let parameters = json!({"DiskContainer": {"Format": "RAW", "UserBucket": {"S3Bucket": "my-bucket", "S3Key": "disk.raw"}}});
    let proposal =
        Action::Propose { call: "RegisterImage".into(), path: "BootMode".into(), value: Some(json!("uefi")) };
    let plan = plan_of("ImportSnapshot", parameters).after(proposal);
    let script = |plan: Plan| match written(plan).runbook.blocks.into_iter().next() {
        Some(Block::Code(code)) => code.text,
        other => panic!("{other:?}"),
    };
    assert!(!script(plan.clone()).contains("register-image"));
    let named =
        Action::Propose { call: "RegisterImage".into(), path: "Name".into(), value: Some(json!("web-1")) };
    let architecture = Action::Propose {
        call: "RegisterImage".into(),
        path: "Architecture".into(),
        value: Some(json!("x86_64")),
    };
    assert!(script(plan.after(named).after(architecture)).contains("register-image"));
}

fn opened(plan: &Plan, text: &str) -> Pasted {
    super::paste::paste(&crate::text::answer::ENGLISH, plan, text)
}

#[test]
fn a_plan_as_a_file_and_as_a_link_is_opened_in_one_step_that_can_be_taken_back() {
    let plan = plan_of("CopySnapshot", json!({"SourceSnapshotId": "snap-0123456789abcdef0"}));
    let kept = written(plan.clone()).kept;
    assert_eq!(kept.file_name, "import-plan.json");
    for text in [kept.file.clone(), format!("https://planner.example/#{}", kept.fragment)] {
        let read = opened(&Plan::default(), &text);
        assert_eq!(read.changes, [Action::Open(Box::new(plan.clone()))], "{text}");
        let draft = plan_of("ImportImage", json!({"Description": "mine"}));
        let over = opened(&draft, &text);
        assert!(format!("{:?}", over.blocks).contains("Undo"), "{:?}", over.blocks);
        let history = over.changes.into_iter().fold(History::of(draft.clone()), |h, change| h.after(change));
        assert_eq!((&history.plan, &history.undone().plan), (&plan, &draft));
        assert_eq!(opened(&plan, &text).changes, [], "it is there already");
    }
}

#[test]
fn what_is_no_plan_changes_nothing_and_is_told_in_one_sentence() {
    for text in
        ["#plan=1.AAAA", "#plan=9.AAAA", "#plan=", "{\"importPlannerPlan\": 7}", "{\"importPlannerPlan\""]
    {
        let read = opened(&plan_of("ImportImage", json!({"Description": "mine"})), text);
        assert_eq!(read.changes, [], "{text}");
        let [Block::Text(told)] = read.blocks.as_slice() else { panic!("{text}: {:?}", read.blocks) };
        assert!(told.text.contains("nothing was changed"), "{text}: {}", told.text);
    }
}

#[test]
fn the_sheet_has_every_parameter_and_no_signature() {
    let url = "https://b.s3.amazonaws.com/k?X-Amz-Signature=0123456789abcdef";
    let parameters = json!({"DiskContainer": {"Format": "RAW", "Url": url}, "DryRun": true,
        "TagSpecifications": [{"Tags": [{"Key": "Name", "Value": "web"}]}]});
    let Some(Block::Facts(facts)) = written(plan_of("ImportSnapshot", parameters)).kept.sheet.pop() else {
        panic!("no facts")
    };
    let value = |name: &str| facts.iter().find(|[own, _]| own == name).map(|[_, value]| value.as_str());
    assert_eq!(value("Region"), Some("eu-central-1"));
    assert_eq!(value("Dry run: only check the permissions"), Some("true"));
    assert_eq!(value("Tags"), Some("Name = web"));
    assert_eq!(value("Address"), Some("https://b.s3.amazonaws.com/k?signature-removed"));
}

/// The example of docs/plan.md, which the page offers too.
const EXAMPLE: &str = include_str!("../../www/sample-plan.json");

#[test]
fn the_example_that_the_page_offers_is_a_complete_request_as_the_page_writes_it() {
    let changes = opened(&Plan::default(), EXAMPLE).changes;
    let [Action::Open(plan)] = changes.as_slice() else { panic!("it opens") };
    for call in ["ImportSnapshot", "ImportImage", "CopySnapshot"] {
        let written = written(plan.after(Action::SetCall(call.into())));
        let errors: Vec<_> = written.problems.iter().filter(|problem| problem.is_error).collect();
        assert!(errors.is_empty(), "{call}: {errors:?}");
        assert!(!written.output.is_empty(), "{call}");
    }
    assert_eq!(written(Plan::clone(plan)).kept.file, EXAMPLE);
    let docs = include_str!("../../docs/plan.md");
    assert!(docs.contains(EXAMPLE), "docs/plan.md shows it");
}
