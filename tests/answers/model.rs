//! The tables of the answers against EC2's own model, as botocore carries it.

use crate::python;
use import_planner::request::calls::CALLS;
use import_planner::request::responses::RESPONSES;
use import_planner::request::responses::field::{Field, Shape};
use serde_json::{Value, json};
use std::sync::LazyLock;

/// Prints the fields of the calls' answers, each with its path, its name in XML, its type and whether it is a secret.
const READ_MODEL: &str = r"
import gzip, json, os, sys
import botocore
base = os.path.join(os.path.dirname(botocore.__file__), 'data', 'ec2', '2016-11-15', 'service-2.json')
model = json.load(gzip.open(base + '.gz') if os.path.exists(base + '.gz') else open(base))
shapes = model['shapes']
def fields(name, prefix):
    shape = shapes[name]
    if shape['type'] == 'list':
        yield from fields(shape['member']['shape'], prefix)
    for member, reference in shape.get('members', {}).items():
        target = shapes[reference['shape']]
        yield {
            'path': prefix + member, 'wire': reference.get('locationName', member), 'type': target['type'],
            'secret': target.get('sensitive', False),
        }
        yield from fields(reference['shape'], prefix + member + '.')
json.dump({
    name: list(fields(model['operations'][name]['output']['shape'], '')) for name in sys.argv[1:]
}, sys.stdout)
";

static ORACLE: LazyLock<Value> =
    LazyLock::new(|| python::printed_json("botocore", READ_MODEL, &CALLS.map(|call| call.name)));

/// A table in the oracle's form.
fn ours(fields: &'static [Field], prefix: &str, into: &mut Vec<Value>) {
    for field in fields {
        let path = format!("{prefix}{}", field.name);
        let kind = match field.shape {
            Shape::Text(_) => "string",
            Shape::Boolean => "boolean",
            Shape::Double => "double",
            Shape::Integer => "integer",
            Shape::Long => "long",
            Shape::Timestamp => "timestamp",
            Shape::Structure(_) => "structure",
            Shape::List(_) => "list",
        };
        into.push(json!({"path": path, "wire": field.wire, "type": kind, "secret": field.secret}));
        ours(field.shape.fields().unwrap_or_default(), &format!("{path}."), into);
    }
}

#[test]
fn every_field_of_the_model_is_in_the_tables_and_in_its_order() {
    for response in &RESPONSES {
        let mut table = Vec::new();
        ours(response.fields, "", &mut table);
        let model = ORACLE[response.call].as_array().unwrap();
        let paths = |fields: &[Value]| -> Vec<String> {
            fields.iter().map(|field| field["path"].as_str().unwrap().to_owned()).collect()
        };
        let (ours, theirs) = (paths(&table), paths(model));
        let missing: Vec<_> = theirs.iter().filter(|path| !ours.contains(path)).collect();
        let new: Vec<_> = ours.iter().filter(|path| !theirs.contains(path)).collect();
        assert!(missing.is_empty(), "{}: the table lacks {missing:?}", response.call);
        assert!(new.is_empty(), "{}: the model does not have {new:?}", response.call);
        assert_eq!(ours, theirs, "{}: the order differs", response.call);
        for (ours, theirs) in table.iter().zip(model) {
            assert_eq!(ours, theirs, "{}", response.call);
        }
    }
}
