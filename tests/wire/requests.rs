//! Random valid requests, made by walking a call's table: a new call or parameter needs nothing here, unless its form
//! is one that [`WELL_FORMED`] has no value of.

use crate::REGION;
use crate::hostile;
use crate::random::Random;
use import_planner::request::shape::{Call, Member, Request, Shape, Text};
use import_planner::request::validate::{Circumstances, Fault, Level, validate};
use serde_json::{Map, Value, json};

/// Values of every form that a table checks, of which each check lets some pass.
const WELL_FORMED: [&str; 38] = [
    "snap-0123456789abcdef0",
    "snap-12345678",
    "aki-0123456789abcdef0",
    "ari-12345678",
    "import-snap-0123456789abcdef0",
    "import-snap-fgte1234",
    "import-ami-0123456789abcdef0",
    "import-ami-fgte1234",
    "111122223333",
    "self",
    "amazon",
    "us-west-2",
    "eu-west-1",
    "us-west-2-lax-1a",
    "arn:aws:outposts:us-west-2:111122223333:outpost/op-0123456789abcdef0",
    "1234abcd-12ab-34cd-56ef-1234567890ab",
    "mrk-1234abcd12ab34cd56ef1234567890ab",
    "alias/my-key",
    "arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    "arn:aws:kms:us-west-2:111122223333:alias/my-key",
    "arn:aws:license-manager:us-west-2:111122223333:license-configuration:lic-0123456789abcdef0123456789abcdef",
    "RunInstances",
    "RunInstances:0002",
    "my-bucket",
    "my.bucket.example",
    "vms/web 1 (copy)+~*'\"$x`y`.vmdk",
    "disk.raw",
    "s3://my-bucket/vms/web 1?x=%20.vmdk",
    "https://my-bucket.s3.us-west-2.amazonaws.com/disk.vmdk?X-Amz-Credential=AKIDEXAMPLE%2F20260101%2Fus-west-2%2Fs3%2Faws4_request&X-Amz-Date=20260101T000000Z&X-Amz-Expires=3600&X-Amz-Signature=00ff",
    "https://ec2.eu-west-1.amazonaws.com/?Action=CopySnapshot&Version=2016-11-15&SourceRegion=eu-west-1&SourceSnapshotId=snap-0123456789abcdef0&DestinationRegion=us-west-2&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20260101%2Feu-west-1%2Fec2%2Faws4_request&X-Amz-Date=20260101T000000Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&X-Amz-Signature=00ff",
    "vmimport",
    "a+b=c,d.e@f_g-h",
    "Web (2026) [a] ./-'@_",
    "-'leading dash'",
    "import-snapshot-task",
    "import-image-task",
    "snapshot",
    "image",
];

/// Moments in every spelling that a table takes.
const MOMENTS: [&str; 5] = [
    "2026-01-02T03:04:05Z",
    "2026-01-02T04:05:06.789+02:00",
    "2026-01-02T03:04:05-0330",
    "20260102T030405Z",
    "1767323045",
];

/// Sizes as JSON, among them those that Python writes in a form of its own.
const SIZES: [&str; 8] = ["0", "12", "12.5", "0.1", "0.00001", "65536.0", "1e-7", "\"3\""];

/// Parameters that EC2 has and never takes: they are written down all the same when somebody asks for them.
const NEVER_VALID: [(&str, &str); 1] = [("RegisterImage", "BlockDeviceMappings.Ebs.KmsKeyId")];

/// Every parameter of a call, without numbers: `TagSpecifications.Tags.Key`.
pub(crate) fn paths(call: &Call) -> Vec<String> {
    fn walk(members: &'static [Member], prefix: &str, paths: &mut Vec<String>) {
        for member in members {
            let path = format!("{prefix}{}", member.name);
            walk(member.shape.members(), &format!("{path}."), paths);
            paths.push(path);
        }
    }
    let mut paths = Vec::new();
    walk(call.members, "", &mut paths);
    paths
}

/// A random request that holds the parameter of a path and may be written down.
pub(crate) fn with_parameter(call: &'static Call, path: &str, random: &mut Random) -> Request {
    let circumstances = Circumstances { region: Some(REGION.into()), ..Circumstances::default() };
    let mut last = Vec::new();
    for attempt in 0..5000 {
        // Fuller and sparser requests by turns: the fuller one is, the more often its parameters exclude each other.
        let parameters =
            Maker { random, wanted: path, sparsity: 3 + attempt % 4 }.structure(call.members, "");
        let request = Request { call, parameters };
        last = validate(&request, &circumstances);
        last.retain(|problem| problem.level == Level::Error);
        if NEVER_VALID.contains(&(call.name, path)) {
            let name = path.rsplit('.').next().unwrap();
            last.retain(|problem| !problem.path.ends_with(name));
        }
        if last.is_empty() {
            return request;
        }
    }
    panic!("{}: no valid request with {path} was found; the last one's faults: {last:?}", call.name)
}

struct Maker<'a> {
    random: &'a mut Random,
    wanted: &'a str,
    sparsity: usize,
}

impl Maker<'_> {
    fn structure(&mut self, members: &'static [Member], prefix: &str) -> Map<String, Value> {
        let mut values = Map::new();
        for member in members {
            let path = format!("{prefix}{}", member.name);
            let is_wanted =
                self.wanted.strip_prefix(&path).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
            if is_wanted || member.required || self.random.one_in(self.sparsity) {
                values.insert(member.name.into(), self.value(&member.shape, member.example, &path));
            }
        }
        values
    }

    fn value(&mut self, shape: &'static Shape, example: &'static str, path: &str) -> Value {
        match shape {
            Shape::Text(text) => self.text(text, example).into(),
            Shape::Boolean => self.random.one_in(2).into(),
            Shape::Integer { minimum, maximum } => {
                let between = i64::try_from(self.random.below(3000)).unwrap();
                let candidates = [*minimum, *maximum, between.clamp(*minimum, *maximum)];
                (*self.random.pick(&candidates)).into()
            }
            Shape::Double => serde_json::from_str::<Value>(self.random.pick::<&str>(&SIZES)).unwrap(),
            Shape::Timestamp if self.random.one_in(6) => json!(1_767_323_045.5),
            Shape::Timestamp => (*self.random.pick(&MOMENTS)).into(),
            Shape::Structure(members) => self.structure(members, &format!("{path}.")).into(),
            Shape::List(item) => {
                (0..=self.random.below(2)).map(|_| self.value(item, example, path)).collect()
            }
        }
    }

    fn text(&mut self, text: &'static Text, example: &'static str) -> String {
        if !text.values.is_empty() {
            let value = *self.random.pick(text.values);
            return if text.any_case && self.random.one_in(4) { value.to_lowercase() } else { value.into() };
        }
        let longest = text.maximum.unwrap_or(usize::MAX);
        let Some(check) = text.check else {
            if self.random.one_in(8) {
                return String::new();
            }
            let well_formed = (*self.random.pick(&WELL_FORMED)).to_owned();
            let value = if self.random.one_in(4) { well_formed } else { hostile::text(self.random) };
            return value.chars().take(longest).collect();
        };
        for _ in 0..1000 {
            let value = match self.random.below(4) {
                0 => example.to_owned(),
                1 => hostile::text(self.random),
                _ => (*self.random.pick(&WELL_FORMED)).to_owned(),
            };
            let passes = |fault: Result<(), Fault>| {
                fault.map_or_else(|fault| fault.level == Level::Warning, |()| true)
            };
            if value.chars().count() <= longest && passes(check(&value)) {
                return value;
            }
        }
        panic!("WELL_FORMED has no value for a parameter such as {example:?}")
    }
}
