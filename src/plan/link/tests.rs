use super::*;
use crate::plan::Action;
use crate::request::calls::CALLS;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

/// JSON as a form or a hand may make it.
fn value(text: impl Strategy<Value = String> + Clone + 'static) -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        text.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::from),
            members(text.clone(), inner).prop_map(Value::from),
        ]
    })
}

fn members(
    text: impl Strategy<Value = String>,
    value: impl Strategy<Value = Value>,
) -> impl Strategy<Value = Map<String, Value>> {
    let known =
        select(vec!["DiskContainer", "UserBucket", "S3Key", "Url", "TagSpecifications", "Description"]);
    btree_map(prop_oneof![known.prop_map(str::to_owned), text], value, 0..5)
        .prop_map(|members| members.into_iter().collect())
}

fn plan(text: impl Strategy<Value = String> + Clone + 'static) -> impl Strategy<Value = Plan> {
    let call = select(CALLS.map(|call| call.name.to_owned()).to_vec());
    let parameters = btree_map(call.clone(), members(text.clone(), value(text.clone())), 0..4);
    let texts = btree_map(text.clone(), text.clone(), 0..4);
    let proposed = btree_map(text.clone(), value(text.clone()), 0..4);
    (text, call, parameters, texts.clone(), texts, proposed).prop_map(
        |(region, call, parameters, choices, writing, proposed)| Plan {
            region,
            call,
            parameters,
            choices,
            writing,
            proposed,
        },
    )
}

/// What a person enters that holds no secret.
fn harmless() -> BoxedStrategy<String> {
    prop_oneof!["[a-z0-9./ -]{0,30}", "\\PC{0,30}"]
        .prop_filter("a secret", |text| crate::request::secrets::is_public(text))
        .boxed()
}

/// What stands for a secret below: it must be nowhere in what is kept.
const SECRET: &str = "c3kretc3kretc3kret";

/// Texts that hold a secret, in every form that a person may paste.
fn secret() -> BoxedStrategy<String> {
    let whole = select(vec![
        format!(
            "https://b.s3.eu-west-1.amazonaws.com/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature={SECRET}"
        ),
        format!("https://b.s3.amazonaws.com/k?versionId=1&amp;X-Amz-Security-Token={SECRET}"),
        format!("https://b.s3.amazonaws.com/k?AWSAccessKeyId=a&Signature={SECRET}&Expires=1"),
        format!("https://me:{SECRET}@example.org/disk.raw"),
        format!("export AWS_SECRET_ACCESS_KEY={SECRET}"),
        format!("[default]\naws_session_token = {SECRET}\n"),
        format!("{{\"AccessKeyId\": \"ASIAIOSFODNN7EXAMPLE\", \"SecretAccessKey\": \"{SECRET}\"}}"),
        format!("{{\"importPlannerTicket\": 1, \"url\": \"https://h/k?X-Amz-Credential={SECRET}\"}}"),
    ]);
    prop_oneof![whole.clone(), ("[a-z]{0,5}[ \n]", whole).prop_map(|(before, text)| before + &text)]
        // A password is one only of an address that stands alone.
        .prop_filter("an address within a text", |text| !text.contains("me:") || text.starts_with("https:"))
        .boxed()
}

proptest! {
    #[test]
    fn a_plan_comes_back_out_of_its_link_and_its_file(plan in plan(harmless())) {
        let expected = plan.without_secrets();
        let file = document::write(&plan).to_string();
        prop_assert_eq!(document::read(&file), Ok(expected.clone()));
        if let Some(fragment) = write(&plan) {
            let address = format!("https://planner.example/below/#{fragment}");
            prop_assert_eq!(read(find(&address).unwrap()), Ok(expected));
        }
    }

    #[test]
    fn nothing_secret_gets_into_a_link_or_a_file(
        plan in plan(prop_oneof![3 => secret(), 1 => harmless()].boxed())
    ) {
        let file = document::write(&plan).to_string();
        prop_assert!(!file.contains(SECRET), "{}", file);
        prop_assert!(!file.contains("ASIA"), "{}", file);
        if let Some(read) = write(&plan).and_then(|fragment| read(find(&format!("#{fragment}"))?).ok()) {
            prop_assert!(!serde_json::to_string(&read).unwrap().contains(SECRET));
        }
    }

    #[test]
    fn any_fragment_is_read_or_refused_with_a_sentence(text in "\\PC{0,200}", bytes in vec(any::<u8>(), 0..300)) {
        let packed = format!("1.{}", URL_SAFE_NO_PAD.encode(&bytes));
        let deflated = format!("1.{}", URL_SAFE_NO_PAD.encode(compress_to_vec(&bytes, 6)));
        let found = find(&format!("#plan={text}")).unwrap_or_default().to_owned();
        for packed in [text, found, packed, deflated] {
            if let Err(error) = read(&packed) {
                prop_assert!(error.to_string().ends_with('.'), "{}", error);
            }
        }
    }
}

fn example() -> Plan {
    let parameters = json!({"Description": "a disk", "DiskContainer": {"Format": "VMDK"}});
    let Value::Object(parameters) = parameters else { unreachable!() };
    Plan::default()
        .after(Action::Fill { call: "ImportSnapshot".into(), parameters })
        .after(Action::SetRegion("eu-central-1".into()))
}

fn packed(json: &[u8]) -> String {
    format!("1.{}", URL_SAFE_NO_PAD.encode(compress_to_vec(json, 9)))
}

#[test]
fn a_link_that_a_mail_program_has_wrapped_is_found() {
    let fragment = write(&example()).unwrap();
    for text in [
        format!("#{fragment}"),
        format!("https://planner.example/#{fragment}."),
        format!("<https://planner.example/?a=b#{fragment}>"),
    ] {
        assert_eq!(read(find(&text).unwrap()), Ok(example()), "{text}");
    }
    for text in ["", "#image", "plan=1.AA", "aws ec2 import-snapshot #plan=1.AA"] {
        assert_eq!(find(text), None, "{text}");
    }
}

#[test]
fn a_link_that_was_cut_off_anywhere_is_refused() {
    let fragment = write(&example()).unwrap();
    let whole = find(&format!("#{fragment}")).map(str::to_owned).unwrap();
    for end in 0..whole.len() {
        assert!(read(&whole[..end]).is_err(), "{end}");
    }
}

#[test]
fn what_inflates_to_more_than_any_plan_is_refused_before_it_is_read() {
    let bomb = packed(&vec![b' '; 32 << 20]);
    assert!(bomb.len() < LONGEST_READ, "{}", bomb.len());
    assert_eq!(read(&bomb), Err(NotLink::Damaged));
    let long = format!("1.{}", "A".repeat(LONGEST_READ + 1));
    assert_eq!(read(&long), Err(NotLink::Document(NotPlan::TooLarge)));
}

#[test]
fn a_plan_with_more_controls_than_can_be_drawn_is_refused() {
    let disks = vec![json!({}); document::MOST_VALUES];
    let plan = json!({"importPlannerPlan": 1, "parameters": {"ImportImage": {"DiskContainers": disks}}});
    assert_eq!(document::read(&plan.to_string()), Err(NotPlan::TooLarge));
    let deep = "[".repeat(200_000);
    assert!(document::read(&deep).is_err());
}

#[test]
fn another_version_and_another_shape_are_each_told() {
    assert_eq!(read("2.AAAA"), Err(NotLink::Newer));
    assert_eq!(read("AAAA"), Err(NotLink::Damaged));
    let cases = [
        (json!({"importPlannerPlan": 2}), NotPlan::Newer(2)),
        (json!({"importPlannerPlan": "1"}), NotPlan::NoVersion),
        (
            json!({"importPlannerPlan": 1, "call": "TerminateInstances"}),
            NotPlan::UnknownCall("TerminateInstances".into()),
        ),
        (json!({"importPlannerPlan": 1, "parameters": {"Steal": {}}}), NotPlan::UnknownCall("Steal".into())),
    ];
    for (document, expected) in cases {
        assert_eq!(document::read(&document.to_string()), Err(expected));
    }
    let shape = document::read(&json!({"importPlannerPlan": 1, "writing": {"form": 7}}).to_string());
    let Err(NotPlan::Shape(reason)) = shape else { panic!("{shape:?}") };
    assert!(reason.starts_with("writing.form: "), "{reason}");
}

#[test]
fn a_plan_that_is_too_large_for_a_link_has_none() {
    // Digits that do not repeat, so that they compress little.
    let text: String = (0..4_000_u64).map(|at| (at * at * 2_654_435_761 % 1_000_003).to_string()).collect();
    let plan = example().after(Action::Set { path: "Description".into(), value: Some(text.into()) });
    assert_eq!(write(&plan), None);
    assert_eq!(document::read(&document::write(&plan).to_string()), Ok(plan));
}
