use super::*;
use serde_json::json;

fn set(path: &str, value: Value) -> Action {
    Action::Set { path: path.into(), value: Some(value) }
}

fn propose(value: Option<&str>) -> Action {
    Action::Propose {
        call: "ImportSnapshot".into(),
        path: "DiskContainer.Format".into(),
        value: value.map(|value| json!(value)),
    }
}

#[test]
fn what_was_entered_is_not_overwritten_by_a_proposal() {
    let plan = Plan::default().after(set("DiskContainer.Format", json!("RAW")));
    assert_eq!(plan.after(propose(Some("VMDK"))).text("DiskContainer.Format"), "RAW");
}

#[test]
fn the_next_image_s_proposal_takes_the_place_of_the_one_before() {
    let plan = Plan::default().after(propose(Some("VMDK"))).after(propose(Some("VHD")));
    assert_eq!(plan.text("DiskContainer.Format"), "VHD");
    assert_eq!(plan.after(propose(None)).text("DiskContainer.Format"), "");
}

#[test]
fn a_call_left_and_entered_again_has_kept_its_parameters() {
    let plan = Plan::default()
        .after(set("Description", json!("a disk")))
        .after(Action::SetCall("CopySnapshot".into()));
    assert_eq!(plan.text("Description"), "");
    assert_eq!(plan.after(Action::SetCall("ImportSnapshot".into())).text("Description"), "a disk");
}

#[test]
fn an_item_that_was_added_can_be_filled_and_removed() {
    let path = "TagSpecifications[0].Tags";
    let plan = Plan::default().after(Action::Add { path: format!("{path}[0]") });
    assert_eq!(plan.items(path), 1);
    let plan = plan.after(set("TagSpecifications[0].Tags[0].Key", json!("Name")));
    assert_eq!(plan.text("TagSpecifications[0].Tags[0].Key"), "Name");
    let gone = plan.after(Action::Set { path: format!("{path}[0]"), value: None });
    assert_eq!(gone.items(path), 0);
}

#[test]
fn a_draft_survives_being_written_and_read() {
    let plan = Plan::default()
        .after(Action::SetRegion("eu-central-1".into()))
        .after(set("TagSpecifications[0].Tags[0].Key", json!("Name")));
    let text = serde_json::to_string(&plan).unwrap();
    assert_eq!(serde_json::from_str::<Plan>(&text).unwrap(), plan);
}

#[test]
fn what_was_pasted_replaces_the_call_s_parameters_and_can_be_taken_back() {
    let before = History::of(Plan::default().after(set("Description", json!("typed"))));
    let parameters = json!({"SourceSnapshotId": "snap-0123456789abcdef0"});
    let Value::Object(parameters) = parameters else { unreachable!() };
    let after = before.after(Action::Fill { call: "CopySnapshot".into(), parameters });
    assert_eq!(after.plan.text("SourceSnapshotId"), "snap-0123456789abcdef0");
    assert_eq!(after.undone().plan, before.plan);
    assert_eq!(after.undone().redone().plan, after.plan);
}

#[test]
fn typing_on_in_one_field_is_one_step_back() {
    let typed = ["a", "ab", "abc"]
        .into_iter()
        .fold(History::default(), |history, text| history.after(set("Description", json!(text))));
    assert_eq!(typed.undone().plan.text("Description"), "");
    assert!(!typed.undone().can_undo());
}

#[test]
fn no_step_back_or_forward_takes_away_what_an_image_proposes() {
    let set_region = |region: &str| Action::SetRegion(region.into());
    let entered =
        History::default().after(set_region("eu-west-1")).after(Action::SetCall("ImportImage".into()));
    let proposed = entered.undone().after(propose(Some("VMDK")));
    for history in [proposed.clone(), proposed.undone(), proposed.redone()] {
        assert_eq!(
            history.plan.after(Action::SetCall("ImportSnapshot".into())).text("DiskContainer.Format"),
            "VMDK"
        );
    }
    assert_eq!(proposed.undone().plan.region, "");
    assert_eq!(proposed.redone().plan.call, "ImportImage");
}

#[test]
fn what_an_image_proposes_is_no_step_of_the_person() {
    assert!(!History::default().after(propose(Some("VMDK"))).can_undo());
}

fn of_image(index: usize, member: &str, value: &str) -> Action {
    Action::Propose {
        call: "ImportImage".into(),
        path: format!("DiskContainers[{index}].{member}"),
        value: Some(json!(value)),
    }
}

#[test]
fn a_bucket_goes_wherever_there_is_none_or_the_one_that_stood_there() {
    let plan = Plan::default().after(of_image(2, "Format", "VMDK"));
    let plan = plan.after(set("DiskContainer.UserBucket.S3Bucket", json!("one")));
    let image = plan.after(Action::SetCall("ImportImage".into()));
    let bucket =
        |plan: &Plan, index: usize| plan.text(&format!("DiskContainers[{index}].UserBucket.S3Bucket"));
    assert_eq!([0, 1, 2].map(|index| bucket(&image, index)), ["one"; 3]);
    let apart = image.after(set("DiskContainers[1].UserBucket.S3Bucket", json!("elsewhere")));
    let renamed = apart.after(set("DiskContainers[0].UserBucket.S3Bucket", json!("two")));
    assert_eq!([0, 1, 2].map(|index| bucket(&renamed, index)), ["two", "elsewhere", "two"]);
    let emptied =
        renamed.after(Action::Set { path: "DiskContainers[0].UserBucket.S3Bucket".into(), value: None });
    assert_eq!([0, 1, 2].map(|index| bucket(&emptied, index)), ["", "elsewhere", ""]);
}

#[test]
fn a_disk_that_is_named_in_another_way_gets_no_bucket() {
    let parameters = json!({"DiskContainers": [{"SnapshotId": "snap-0123456789abcdef0"}]});
    let Value::Object(parameters) = parameters else { unreachable!() };
    let plan = Plan::default()
        .after(Action::Fill { call: "ImportImage".into(), parameters: parameters.clone() })
        .after(Action::SetCall("ImportSnapshot".into()))
        .after(set("DiskContainer.UserBucket.S3Bucket", json!("one")));
    assert_eq!(plan.parameters["ImportImage"], parameters);
}

#[test]
fn the_disks_of_the_image_before_go_with_it_and_those_the_person_added_stay() {
    let three = (0..3).fold(Plan::default(), |plan, index| plan.after(of_image(index, "Format", "VMDK")));
    let length = |plan: &Plan| plan.after(Action::SetCall("ImportImage".into())).items("DiskContainers");
    let shorter = |plan: &Plan| {
        plan.after(Action::ProposeLength {
            call: "ImportImage".into(),
            path: "DiskContainers".into(),
            length: 1,
        })
    };
    assert_eq!((length(&three), length(&shorter(&three))), (3, 1));
    let own = three
        .after(Action::SetCall("ImportImage".into()))
        .after(set("DiskContainers[3].Format", json!("RAW")));
    let left = shorter(&own);
    assert_eq!(length(&left), 2);
    assert_eq!(left.text("DiskContainers[1].Format"), "RAW");
}

#[test]
fn a_call_is_proposed_until_the_person_chooses_one() {
    let propose = |plan: &Plan, call: &str| plan.after(Action::ProposeCall(call.into()));
    let image = propose(&Plan::default(), "ImportImage");
    assert_eq!(image.call, "ImportImage");
    assert_eq!(propose(&image, "ImportSnapshot").call, "ImportSnapshot");
    let chosen = image.after(Action::SetCall("ImportSnapshot".into()));
    assert_eq!(propose(&chosen, "ImportImage").call, "ImportSnapshot");
    let pasted = Plan::default().after(Action::Fill { call: "CopySnapshot".into(), parameters: Map::new() });
    assert_eq!(propose(&pasted, "ImportImage").call, "CopySnapshot");
}
