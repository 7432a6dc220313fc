//! Answers made by walking the tables: as EC2's XML, and as the rows that the reader must make of what a client prints.

use import_planner::request::responses::Response;
use import_planner::request::responses::field::{Field, Looks, Shape};

/// An answer.
pub(crate) struct Sample {
    pub(crate) call: &'static str,
    pub(crate) xml: String,
    /// Path and value of each field, sorted.
    pub(crate) rows: Vec<(String, String)>,
}

/// The answer of a call with the fields for which `has` is true; structures are always there.
pub(crate) fn sample(response: &'static Response, mut has: impl FnMut(&Field) -> bool) -> Sample {
    let mut maker = Maker { xml: String::new(), rows: Vec::new(), has: &mut has, call: response.call };
    maker.fields(response.fields, "");
    let call = response.call;
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{call}Response xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">\
         <requestId>59dbff89-35bd-4eac-99ed-be587ed81825</requestId>{}</{call}Response>",
        maker.xml
    );
    let mut rows = maker.rows;
    rows.sort();
    Sample { call, xml, rows }
}

struct Maker<'h> {
    xml: String,
    rows: Vec<(String, String)>,
    has: &'h mut dyn FnMut(&Field) -> bool,
    call: &'static str,
}

impl Maker<'_> {
    fn fields(&mut self, fields: &'static [Field], prefix: &str) {
        for field in fields {
            let path = format!("{prefix}{}", field.name);
            match field.shape {
                Shape::Structure(inner) => {
                    self.element(field.wire, |maker| maker.fields(inner, &format!("{path}.")));
                }
                Shape::List(inner) => self.element(field.wire, |maker| {
                    for index in 0..2 {
                        maker.element("item", |maker| maker.fields(inner, &format!("{path}[{index}].")));
                    }
                }),
                shape => {
                    // The CLI follows pages of itself: this token would make it ask again.
                    if field.name == "NextToken" || !(self.has)(field) {
                        continue;
                    }
                    let value = value(field, shape, &path, self.call);
                    self.element(field.wire, |maker| maker.xml.push_str(&escaped(&value)));
                    // The client parses numbers and writes them its own way.
                    let value = if field.name == "DiskImageSize" { "3115815424.0".to_owned() } else { value };
                    self.rows.push((path, value));
                }
            }
        }
    }

    fn element(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        self.xml.extend(["<", name, ">"]);
        inside(self);
        self.xml.extend(["</", name, ">"]);
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// A value as EC2 gives it for such a field.
fn value(field: &Field, shape: Shape, path: &str, call: &str) -> String {
    let name = field.name;
    match shape {
        Shape::Boolean => "true".into(),
        Shape::Double => "3.115815424E9".into(),
        Shape::Integer => "45".into(),
        Shape::Long => "2147483648".into(),
        Shape::Timestamp => "2026-01-02T03:04:05.000Z".into(),
        Shape::Text(Looks::Percent) => "42".into(),
        Shape::Text(Looks::Account) => "123456789012".into(),
        Shape::Text(Looks::Key) => {
            "arn:aws:kms:us-west-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab".into()
        }
        Shape::Text(Looks::OneOf(words)) => (*words.last().unwrap()).into(),
        Shape::Text(Looks::Begins(_)) => match name {
            "ImportTaskId" if call.contains("Image") => "import-ami-0123456789abcdef0".into(),
            "ImportTaskId" => "import-snap-0123456789abcdef0".into(),
            "SnapshotId" => "snap-0123456789abcdef0".into(),
            "ImageId" => "ami-0123456789abcdef0".into(),
            "VolumeId" => "vol-ffffffff".into(),
            "DeviceName" => "/dev/sda1".into(),
            "Url" => "s3://my-bucket/vms/disk.vmdk".into(),
            "UsageOperation" => "RunInstances:0002".into(),
            _ => "arn:aws:service:us-west-2:123456789012:thing/1".into(),
        },
        Shape::Text(Looks::Free) => format!("{name} of <{}> & more", path.len()),
        Shape::Structure(_) | Shape::List(_) => unreachable!("walked before"),
    }
}
