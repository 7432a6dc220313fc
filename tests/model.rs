//! Holds the calls' tables against EC2's own model, as botocore carries it.
//!
//! The model is an oracle and is not copied: the test reads the one that is installed beside Python and names what
//! our tables lack and what they have too much. Where they differ on purpose, the reason stands in [`ALLOWED`].

#![cfg(not(target_arch = "wasm32"))]

mod python;

use import_planner::request::calls::CALLS;
use import_planner::request::responses::{self, field};
use import_planner::request::rules::tags::RESOURCE_TYPES;
use import_planner::request::shape::{Member, Shape};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Differences that are meant: the call, the member, what differs, and why.
const ALLOWED: [(&str, &str, &str, &str); 18] = [
    ("ImportSnapshot", "DiskContainer", "required", "nothing can be imported without a disk"),
    ("ImportSnapshot", "DiskContainer.UserBucket.S3Bucket", "required", "a key alone names no object"),
    ("ImportSnapshot", "DiskContainer.UserBucket.S3Key", "required", "a bucket alone names no object"),
    ("ImportImage", "DiskContainers", "required", "nothing can be imported without a disk"),
    ("ImportImage", "DiskContainers.UserBucket.S3Bucket", "required", "a key alone names no object"),
    ("ImportImage", "DiskContainers.UserBucket.S3Key", "required", "a bucket alone names no object"),
    ("ImportImage", "BootMode", "values", "the model's own text says that imports refuse uefi-preferred"),
    ("CancelImportTask", "ImportTaskId", "required", "there is no task that could be meant without it"),
    (
        "CopySnapshot",
        "CompletionDurationMinutes",
        "range",
        "EBS takes steps of 15 minutes, so 15 is the least",
    ),
    (
        "*",
        "TagSpecifications.ResourceType",
        "required",
        "the model's text says that the request fails without it",
    ),
    (
        "*",
        "TagSpecifications.ResourceType",
        "values",
        "each call tags one kind; the whole list is RESOURCE_TYPES",
    ),
    ("*", "TagSpecifications.Tags.Key", "required", "a tag is its key"),
    ("*", "TagSpecifications.Tags.Key", "length", "the limit of 127 is in the model's text only"),
    ("*", "TagSpecifications.Tags.Value", "length", "the limit of 256 is in the model's text only"),
    ("RegisterImage", "Name", "length", "names::check_image_name holds both bounds, 3 and 128"),
    ("RegisterImage", "*", "range", "the bounds of volumes are in the model's texts only"),
    ("DescribeSnapshots", "MaxResults", "range", "the least, 5, is in EC2's reference only"),
    (
        "*",
        "*",
        "values of text",
        "the values of members that the model has as plain text are in its texts only",
    ),
];

/// The version of botocore whose resource types [`RESOURCE_TYPES`] lists; an older one may lack some of them.
const MODEL: [u64; 3] = [1, 44, 5];

/// Prints, for each call, its members in order with what the model says of them.
const READ_MODEL: &str = r"
import gzip, json, os, sys
import botocore
base = os.path.join(os.path.dirname(botocore.__file__), 'data', 'ec2', '2016-11-15', 'service-2.json')
model = json.load(gzip.open(base + '.gz') if os.path.exists(base + '.gz') else open(base))
shapes = model['shapes']
def members(name, prefix):
    shape = shapes[name]
    if shape['type'] == 'list':
        yield from members(shape['member']['shape'], prefix)
    for member, reference in shape.get('members', {}).items():
        target = shapes[reference['shape']]
        query = reference.get('queryName') or reference.get('locationName') or member
        kind, enumeration = [target['type']], target
        while enumeration['type'] == 'list':
            enumeration = shapes[enumeration['member']['shape']]
            kind.append(enumeration['type'])
        yield {
            'path': prefix + member, 'query': query[0].upper() + query[1:], 'type': ' of '.join(kind),
            'required': member in shape.get('required', []), 'values': sorted(enumeration.get('enum', [])),
            'length': target.get('max') if target['type'] == 'string' else None,
            'range': [target.get('min'), target.get('max')] if target['type'] == 'integer' else None,
            'secret': target.get('sensitive', False),
        }
        yield from members(reference['shape'], prefix + member + '.')
from botocore import xform_name
json.dump({
    'version': [int(part) for part in botocore.__version__.split('.')[:3]],
    'resource_types': shapes['ResourceType']['enum'],
    'calls': {
        name: {
            'python': xform_name(name), 'cli': xform_name(name, '-'),
            'options': ['--' + xform_name(member, '-') for member in shapes[model['operations'][name]['input']['shape']]['members']],
            'members': list(members(model['operations'][name]['input']['shape'], '')),
            'answer': list(members(model['operations'][name]['output']['shape'], '')),
        } for name in sys.argv[1:]
    },
}, sys.stdout)
";

static ORACLE: LazyLock<Value> =
    LazyLock::new(|| python::printed_json("botocore", READ_MODEL, &CALLS.map(|call| call.name)));

/// Our tables in the oracle's form.
fn ours(members: &'static [Member], prefix: &str, into: &mut Vec<Value>) {
    for member in members {
        let path = format!("{prefix}{}", member.name);
        let (mut values, mut length, mut range) = (Vec::new(), None, None);
        match innermost(&member.shape) {
            Shape::Text(text) => {
                values.extend_from_slice(text.values);
                length = text.maximum;
            }
            // A table has bounds for every number; those that bind nobody are the model's missing ones.
            Shape::Integer { minimum, maximum } => {
                let maximum = Some(*maximum).filter(|maximum| *maximum < i64::from(i32::MAX));
                range = Some([Some(*minimum).filter(|minimum| *minimum > 1 || maximum.is_some()), maximum]);
            }
            _ => {}
        }
        values.sort_unstable();
        into.push(json!({
            "path": path, "query": member.query, "type": kind(&member.shape), "required": member.required,
            "values": values, "length": length, "range": range, "secret": member.secret,
        }));
        ours(member.shape.members(), &format!("{path}."), into);
    }
}

fn innermost(shape: &'static Shape) -> &'static Shape {
    if let Shape::List(item) = shape { innermost(item) } else { shape }
}

fn kind(shape: &Shape) -> String {
    match shape {
        Shape::Text(_) => "string".into(),
        Shape::Boolean => "boolean".into(),
        Shape::Integer { .. } => "integer".into(),
        Shape::Double => "double".into(),
        Shape::Timestamp => "timestamp".into(),
        Shape::Structure(_) => "structure".into(),
        Shape::List(item) => format!("list of {}", kind(item)),
    }
}

/// Something that our table and the model say differently.
struct Difference {
    call: &'static str,
    path: String,
    what: &'static str,
    ours: Value,
    theirs: Value,
}

impl Difference {
    fn is_allowed_by(&self, (call, path, what, _): &(&str, &str, &str, &str)) -> bool {
        let fits = |pattern: &str, text: &str| pattern == "*" || pattern == text;
        fits(call, self.call) && fits(path, &self.path) && *what == self.what
    }
}

fn differences() -> Vec<Difference> {
    let mut differences = Vec::new();
    for (call, table, model) in in_our_form() {
        for (ours, theirs) in table.iter().zip(&model) {
            for what in ["required", "values", "length", "range"] {
                let (ours, path, theirs) = (ours[what].clone(), &theirs["path"], theirs[what].clone());
                if ours != theirs {
                    let what = if what == "values" && theirs == json!([]) { "values of text" } else { what };
                    let path = path.as_str().unwrap().to_owned();
                    differences.push(Difference { call, path, what, ours, theirs });
                }
            }
        }
    }
    differences
}

fn in_our_form() -> Vec<(&'static str, Vec<Value>, Vec<Value>)> {
    let each = CALLS.iter().map(|call| {
        let mut table = Vec::new();
        ours(call.members, "", &mut table);
        let model = ORACLE["calls"][call.name]["members"].as_array().unwrap().clone();
        (call.name, table, model)
    });
    each.collect()
}

#[test]
fn every_member_of_the_model_is_in_the_table_and_in_its_order() {
    for (call, table, model) in in_our_form() {
        let paths = |members: &[Value]| -> Vec<String> {
            members.iter().map(|member| member["path"].as_str().unwrap().to_owned()).collect()
        };
        let (table, model) = (paths(&table), paths(&model));
        let missing: Vec<_> = model.iter().filter(|path| !table.contains(path)).collect();
        let new: Vec<_> = table.iter().filter(|path| !model.contains(path)).collect();
        assert!(missing.is_empty(), "{call}: the table lacks {missing:?}");
        assert!(new.is_empty(), "{call}: the model does not have {new:?}");
        assert_eq!(table, model, "{call}: the order differs");
    }
}

#[test]
fn every_member_has_the_query_name_and_the_type_of_the_model() {
    for (call, table, model) in in_our_form() {
        for (ours, theirs) in table.iter().zip(&model) {
            for what in ["path", "query", "type"] {
                assert_eq!(ours[what], theirs[what], "{call}, {}: {what}", theirs["path"]);
            }
        }
    }
}

#[test]
fn bounds_and_values_are_those_of_the_model_but_for_reasons() {
    let unexplained: Vec<String> = differences()
        .iter()
        .filter(|difference| !ALLOWED.iter().any(|allowed| difference.is_allowed_by(allowed)))
        .map(|Difference { call, path, what, ours, theirs }| {
            format!("{call}, {path}: {what} is {ours}, and {theirs} in the model")
        })
        .collect();
    assert!(unexplained.is_empty(), "{}", unexplained.join("\n"));
}

#[test]
fn every_allowed_difference_is_one() {
    let differences = differences();
    let idle: Vec<_> = ALLOWED
        .iter()
        .filter(|allowed| !differences.iter().any(|difference| difference.is_allowed_by(allowed)))
        .collect();
    assert!(idle.is_empty(), "these no longer differ: {idle:?}");
}

#[test]
fn every_secret_of_the_model_is_one() {
    for (call, table, model) in in_our_form() {
        for (ours, theirs) in table.iter().zip(&model) {
            assert!(
                theirs["secret"] == json!(false) || ours["secret"] == json!(true),
                "{call}, {}: the model holds it for a secret",
                theirs["path"]
            );
        }
    }
}

/// An answer's members with their types, in the oracle's words.
fn answer(fields: &[field::Field], prefix: &str, into: &mut Vec<Value>) {
    for field in fields {
        let path = format!("{prefix}{}", field.name);
        let (kind, inner): (_, &[field::Field]) = match field.shape {
            field::Shape::Text(_) => ("string", &[]),
            field::Shape::Boolean => ("boolean", &[]),
            field::Shape::Integer | field::Shape::Long => ("integer", &[]),
            field::Shape::Double => ("double", &[]),
            field::Shape::Timestamp => ("timestamp", &[]),
            field::Shape::Structure(fields) => ("structure", fields),
            field::Shape::List(fields) => ("list of structure", fields),
        };
        into.push(json!([path, kind]));
        answer(inner, &format!("{path}."), into);
    }
}

#[test]
fn every_member_of_every_answer_is_in_the_table_and_in_its_order() {
    for call in CALLS {
        let mut table = Vec::new();
        answer(responses::find(call.name).unwrap().fields, "", &mut table);
        let members = ORACLE["calls"][call.name]["answer"].as_array().unwrap();
        let model: Vec<Value> = members
            .iter()
            .map(|member| {
                let kind = member["type"].as_str().unwrap().replace("long", "integer");
                json!([member["path"], kind])
            })
            .collect();
        assert_eq!(table, model, "{}", call.name);
    }
}

#[test]
fn calls_and_options_are_spelt_as_botocore_spells_them() {
    for call in CALLS {
        let oracle = &ORACLE["calls"][call.name];
        assert_eq!(oracle["python"], call.python);
        assert_eq!(oracle["cli"], call.cli);
        let options: Vec<String> = call.members.iter().map(Member::cli_option).collect();
        assert_eq!(oracle["options"], json!(options), "{}", call.name);
    }
}

#[test]
fn every_resource_type_of_the_model_is_known() {
    let known: BTreeSet<&str> = RESOURCE_TYPES.into_iter().collect();
    let model: BTreeSet<&str> =
        ORACLE["resource_types"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    let missing: Vec<_> = model.difference(&known).collect();
    assert!(missing.is_empty(), "RESOURCE_TYPES lacks {missing:?}");
    let version: Vec<u64> = ORACLE["version"].as_array().unwrap().iter().filter_map(Value::as_u64).collect();
    if version.as_slice() >= MODEL.as_slice() {
        let gone: Vec<_> = known.difference(&model).collect();
        assert!(gone.is_empty(), "the model no longer has {gone:?}");
    }
}
