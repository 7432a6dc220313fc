//! Filters of the calls that list things (EC2 API reference, `Filter` and DescribeImportImageTasks).

use crate::request::shape::Request;
use crate::request::validate::{Circumstances, Findings, Rule};
use crate::sentence::sentence;
use serde_json::{Map, Value};

/// The one filter of the tasks of ImportImage that AWS documents.
const STATE: &str = "task-state";
/// Its values; a failed task is deleted.
const STATES: [&str; 4] = ["active", "completed", "deleting", "deleted"];

/// A filter says what it filters by.
pub const NAMED: Rule = Rule { code: "filter-without-name", check: check_name };

/// A filter of image tasks is one that is documented.
pub const OF_IMAGE_TASKS: Rule = Rule { code: "task-filter-unknown", check: check_state };

/// The filters of a request, with their paths.
fn filters(request: &Request) -> impl Iterator<Item = (String, &Map<String, Value>)> {
    let filters = request.parameters.get("Filters").and_then(Value::as_array);
    filters
        .into_iter()
        .flatten()
        .enumerate()
        .filter_map(|(index, filter)| Some((format!("Filters[{index}]"), filter.as_object()?)))
}

/// What a filter filters by, unless it is empty.
fn name(filter: &Map<String, Value>) -> Option<&str> {
    filter.get("Name").and_then(Value::as_str).filter(|name| !name.is_empty())
}

fn check_name(request: &Request, _: &Circumstances, found: &mut Findings<'_>) {
    for (path, filter) in filters(request) {
        // A name of another type has a problem of its own.
        if name(filter).is_none() && filter.get("Name").is_none_or(|name| name.is_string() || name.is_null())
        {
            found.error(
                &format!("{path}.Name"),
                "A filter without a name is refused: give the name of what to filter by.",
            );
        }
    }
}

fn check_state(request: &Request, _: &Circumstances, found: &mut Findings<'_>) {
    for (path, filter) in filters(request) {
        match name(filter) {
            None => {}
            Some(STATE) => {
                let values = filter.get("Values").and_then(Value::as_array).into_iter().flatten();
                let unknown = values.enumerate().filter_map(|(index, value)| {
                    Some((index, value.as_str().filter(|value| !STATES.contains(value))?))
                });
                for (index, value) in unknown {
                    let message = sentence!(
                        "No task has the state “{value}”: the filter knows {states}, in small letters. A failed task is deleted.",
                        value,
                        states = STATES.join(", ")
                    );
                    found.warning(&format!("{path}.Values[{index}]"), message);
                }
            }
            Some(other) => {
                let message = sentence!(
                    "Tasks are filtered by {name} alone, as far as AWS documents it, and not by “{other}”.",
                    name = STATE,
                    other
                );
                found.warning(&format!("{path}.Name"), message);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::request::calls::{DESCRIBE_IMPORT_IMAGE_TASKS, DESCRIBE_SNAPSHOTS};
    use crate::request::rules::testing::{codes, problems};
    use serde_json::json;

    #[test]
    fn a_filter_has_a_name_and_image_tasks_have_one_filter() {
        let call = &DESCRIBE_IMPORT_IMAGE_TASKS;
        let known = json!({"Filters": [{"Name": "task-state", "Values": ["active", "deleted"]}]});
        assert_eq!(problems(call, &known), []);
        let values = json!({"Filters": [{"Name": "task-state", "Values": ["active", "Active", "failed"]}]});
        let paths: Vec<_> = problems(call, &values).into_iter().map(|problem| problem.path).collect();
        assert_eq!(paths, ["Filters[0].Values[1]", "Filters[0].Values[2]"]);
        assert_eq!(codes(call, &json!({"Filters": [{"Name": "status"}]})), ["task-filter-unknown"]);
        for nameless in [json!({"Values": ["active"]}), json!({"Name": "", "Values": ["x"]})] {
            assert_eq!(codes(call, &json!({"Filters": [nameless]})), ["filter-without-name"]);
        }
        assert_eq!(codes(&DESCRIBE_SNAPSHOTS, &json!({"Filters": [{"Name": "status"}]})), [""; 0]);
    }
}
