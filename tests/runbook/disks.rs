//! A machine of several disks, each uploaded from a file of its own.

use crate::endpoint::{Endpoint, value};
use crate::moto::ask;
use crate::scripts::{CANARY, Folder, RUNNABLE};
use crate::{SIZE, plan, runbook};
use import_planner::runbook::step::Step;
use import_planner::runbook::{Language, Runbook, write};
use serde_json::{Value, json};
use std::process::Command;

/// What lies in the buckets, and when each object was put there.
const OBJECTS: &str = r#"
def objects(name):
    found = s3.list_objects_v2(Bucket=name).get("Contents", [])
    return {each["Key"]: [each["Size"], each["LastModified"].isoformat()] for each in found}
result = {name: objects(name) for name in given["buckets"]}
"#;

/// What the role may read.
const READABLE: &str = r#"
name = given["buckets"][0]
[policy] = iam.list_role_policies(RoleName=name)["PolicyNames"]
document = iam.get_role_policy(RoleName=name, PolicyName=policy)["PolicyDocument"]
[read] = [each["Resource"] for each in document["Statement"] if each["Sid"] == "ReadTheImage"]
[find] = [each["Resource"] for each in document["Statement"] if each["Sid"] == "FindTheBucket"]
result = {"objects": read, "buckets": find}
"#;

/// A machine of three disks in files and one in a snapshot. Their names are such as a shell could take for something else.
struct Machine {
    buckets: [String; 2],
    files: [String; 3],
    /// Which of the buckets, and the key.
    keys: [(usize, String); 3],
    runbook: Runbook,
}

impl Machine {
    fn new(name: &str) -> Self {
        let buckets = [name.to_owned(), format!("{name}.second")];
        let files = [
            format!("root '\"$(touch {CANARY})\".raw"),
            format!("data `touch {CANARY}`\n; touch {CANARY} #.raw"),
            "-logs * \\ ${key} {{key}}.raw".to_owned(),
        ];
        let keys = [
            (0, format!("disks/{}", files[0])),
            // moto has no place for a line break in a key.
            (0, format!("a key' $(touch {CANARY}) ) ; buckets=(x \"")),
            (1, "[3]=logs) ~ {{disks}} Имя.raw".to_owned()),
        ];
        let mut plan = plan(name);
        plan["call"] = json!("ImportImage");
        plan["parameters"] = json!({"DiskContainers": [
            {"Format": "RAW"}, {"SnapshotId": "snap-0123456789abcdef0"}, {"Format": "RAW"}, {"Format": "RAW"},
        ]});
        plan["origin"] = json!("https://planner.example");
        plan["steps"] = json!({"presign": true});
        let disk = |number: usize| {
            let (bucket, key) = &keys[number];
            let size = SIZE + number as u64;
            json!({"bucket": buckets[*bucket], "key": key, "file": {"name": files[number], "size": size}})
        };
        plan["disks"] = (0..3).map(disk).collect();
        Self { runbook: runbook(plan), buckets, files, keys }
    }

    fn folder(&self) -> Folder {
        let sizes = [SIZE, SIZE + 1, SIZE + 2];
        let images: Vec<(&str, u64)> = self.files.iter().map(String::as_str).zip(sizes).collect();
        Folder::with_images(&images)
    }

    fn objects(&self) -> Value {
        ask(OBJECTS, &json!({"buckets": self.buckets}))
    }

    /// The size of the object of a disk; nothing where there is none.
    fn size_of(&self, objects: &Value, disk: usize) -> Value {
        let (bucket, key) = &self.keys[disk];
        objects[&self.buckets[*bucket]][key][0].clone()
    }
}

#[test]
fn every_disk_is_uploaded_once_and_imported_in_its_place() {
    std::thread::scope(|scope| {
        for language in RUNNABLE {
            scope.spawn(move || one_machine_by(language));
        }
    });
}

fn one_machine_by(language: Language) {
    let endpoint = Endpoint::start(&[]);
    let machine = Machine::new(&format!("three-disks-{}", language.name()));
    let folder = machine.folder();
    let first = folder.run_well(&machine.runbook, language, &[], &endpoint);
    assert_eq!(first.matches("X-Amz-Signature=").count(), 3, "{first}");
    let uploaded = machine.objects();
    for disk in 0..3 {
        assert_eq!(machine.size_of(&uploaded, disk), SIZE + disk as u64, "{uploaded}");
    }
    let [import] = &endpoint.calls("ImportImage")[..] else { panic!("one import") };
    for (container, (bucket, key)) in [1, 3, 4].into_iter().zip(&machine.keys) {
        let place = |member: &str| value(import, &format!("DiskContainer.{container}.UserBucket.{member}"));
        assert_eq!([place("S3Bucket"), place("S3Key")], [&machine.buckets[*bucket], key]);
    }
    assert_eq!(value(import, "DiskContainer.2.SnapshotId"), "snap-0123456789abcdef0");
    let readable = ask(READABLE, &json!({"buckets": machine.buckets}));
    assert_eq!(readable["objects"].as_array().map(Vec::len), Some(3), "{readable}");
    let [one, two] = &machine.buckets;
    assert_eq!(readable["buckets"], json!([format!("arn:aws:s3:::{one}"), format!("arn:aws:s3:::{two}")]));

    // The files are not even looked at again.
    machine.files.iter().for_each(|file| folder.remove(file));
    let second = folder.run_well(&machine.runbook, language, &[], &endpoint);
    assert_eq!(second.matches(".raw is in the bucket.").count(), 3, "{second}");
    assert_eq!(machine.objects(), uploaded, "the second run uploaded something");
    assert_eq!(endpoint.calls("ImportImage").len(), 1);

    let mut finished = machine.runbook.clone();
    finished.steps.insert(Step::CleanUp, true);
    let cleaned = folder.run_well(&finished, language, &["clean-up"], &endpoint);
    assert_eq!(cleaned.matches("Removed s3://").count(), 3, "{cleaned}");
    assert_eq!(machine.objects(), json!({&machine.buckets[0]: {}, &machine.buckets[1]: {}}));
}

#[test]
fn a_disk_that_is_missing_or_another_one_is_named_and_nothing_is_imported() {
    for language in RUNNABLE {
        let endpoint = Endpoint::start(&[]);
        let machine = Machine::new(&format!("missing-disk-{}", language.name()));
        let folder = machine.folder();
        folder.remove(&machine.files[2]);
        let ended = folder.run(&machine.runbook, language, &["bucket", "upload"], &endpoint);
        assert_eq!(ended.code, 1, "{}", ended.printed);
        assert!(ended.complaint.contains("logs * \\ ${key} {{key}}.raw here"), "{}", ended.complaint);
        let objects = machine.objects();
        assert_eq!(machine.size_of(&objects, 1), SIZE + 1, "the disks before it are uploaded");
        let ended = folder.run(&machine.runbook, language, &["import"], &endpoint);
        assert_eq!(ended.code, 1, "{}", ended.printed);
        let object = format!("s3://{}/{} is not there", machine.buckets[1], machine.keys[2].1);
        assert!(ended.complaint.contains(&object), "{}", ended.complaint);
        assert_eq!(endpoint.calls("ImportImage").len(), 0);

        let other = Machine::new(&format!("missing-disk-{}", language.name()));
        let mut swapped = other.runbook.clone();
        swapped.disks[2].file.name = machine.files[1].clone();
        let ended = folder.run(&swapped, language, &["upload"], &endpoint);
        assert!(ended.code == 1 && ended.complaint.contains("has not 1002 bytes"), "{}", ended.complaint);
    }
}

/// A key of two lines, of which the second would end the list and run a command.
const TWO_LINES: &str =
    "a key\n)\ntouch escaped-from-the-runbook; '\" $(touch escaped-from-the-runbook)\nEOF\n'@\n";

#[test]
fn each_language_reads_the_list_as_it_was_written() {
    let mut runbook = Machine::new("the-list").runbook;
    runbook.disks[1].key = TWO_LINES.into();
    let words = |disk: &import_planner::runbook::Disk| {
        [disk.bucket.clone(), disk.key.clone(), disk.file.name.clone(), disk.file.size.to_string()]
    };
    let expected: Vec<String> = runbook.disks.iter().flat_map(words).collect();
    // The AWS CLI would take a name that begins so for an option.
    let as_a_path = |word: &String| word.replace("-logs", "./-logs");
    let with_paths: Vec<String> = expected.iter().map(as_a_path).collect();
    let text = |language| write(&runbook, language).unwrap().text;

    let bash = text(Language::Bash);
    let (head, _) = bash.split_once("\nrole=").unwrap();
    let folder = tempfile::TempDir::new().unwrap();
    let shown = format!("{head}\nprintf '%s\\0' \"${{disks[@]}}\"");
    let output = Command::new("bash").args(["-c", &shown]).current_dir(folder.path()).output().unwrap();
    let read = String::from_utf8(output.stdout).unwrap();
    assert_eq!(read.split_terminator('\0').collect::<Vec<_>>(), with_paths, "{head}");
    assert!(!folder.path().join(CANARY).exists(), "{head}");

    let python = text(Language::Python);
    let (head, _) = python.split_once("\nROLE =").unwrap();
    let read = ask(&format!("{head}\nresult = [str(word) for disk in DISKS for word in disk]"), &json!({}));
    assert_eq!(read, json!(expected));

    runbook.steps.insert(Step::Upload, false);
    let powershell = write(&runbook, Language::PowerShell).unwrap().text;
    let (_, rest) = powershell.split_once("$Plan = ConvertFrom-Json @'\n").unwrap();
    let (list, _) = rest.split_once("\n'@\n").unwrap();
    let plan: Value = serde_json::from_str(list).unwrap();
    let disks = plan["Disks"].as_array().unwrap().iter();
    let word = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let read: Vec<String> =
        disks.flat_map(|disk| ["Bucket", "Key", "File", "Size"].map(|member| word(&disk[member]))).collect();
    assert_eq!(read, with_paths);
}
