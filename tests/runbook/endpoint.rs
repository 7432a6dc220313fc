//! An EC2 endpoint on loopback that answers the import calls as EC2's API reference has them, and hands all else to moto.

use crate::moto;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

/// A state of a task: status, progress and message, the last two left out where they are empty.
pub(crate) type State = (&'static str, &'static str, &'static str);

/// How a task goes when all is well; the last state stays.
pub(crate) const WELL: &[State] =
    &[("active", "3", "pending"), ("active", "42", "downloading/converting"), ("completed", "", "")];

/// How a task goes that AWS cannot read.
pub(crate) const BADLY: &[State] =
    &[("active", "19", "validating"), ("deleting", "28", UNREADABLE), ("deleted", "", UNREADABLE)];

/// What such a task says.
pub(crate) const UNREADABLE: &str = "ClientError: Disk validation failed [Unsupported VMDK File Format]";

struct Task {
    id: String,
    token: String,
    tags: Vec<(String, String)>,
    states: &'static [State],
    asked: usize,
    /// The snapshot or image in moto, once the task is completed.
    made: String,
}

/// What the endpoint has been asked, and what its tasks are to do.
#[derive(Default)]
struct Memory {
    /// How the next tasks go, first come first served; after them, [`WELL`].
    courses: Vec<&'static [State]>,
    /// How many imports are still refused because the role is not known yet.
    refusals: usize,
    /// How many questions for snapshots are still answered as if a copy were not there yet.
    early_questions: usize,
    /// What nobody may ask S3 for: a word of the address.
    denied: Option<&'static str>,
    tasks: Vec<Task>,
    /// Name and parameters of each call.
    calls: Vec<(String, Vec<(String, String)>)>,
}

/// The running endpoint; it ends when this is dropped.
pub(crate) struct Endpoint {
    address: SocketAddr,
    memory: Arc<Mutex<Memory>>,
    ended: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Endpoint {
    /// Starts it; the first tasks go as `courses` say.
    pub(crate) fn start(courses: &[&'static [State]]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let memory = Arc::new(Mutex::new(Memory { courses: courses.to_vec(), ..Memory::default() }));
        let ended = Arc::new(AtomicBool::new(false));
        let (kept, stop) = (Arc::clone(&memory), Arc::clone(&ended));
        let thread = std::thread::spawn(move || {
            for connection in listener.incoming() {
                if stop.load(Ordering::SeqCst) {
                    break;
                }
                let (connection, memory) = (connection.unwrap(), Arc::clone(&kept));
                std::thread::spawn(move || serve(connection, &memory));
            }
        });
        Self { address, memory, ended, thread: Some(thread) }
    }

    /// Refuses the next imports because the role is not known yet.
    pub(crate) fn refuse(&self, imports: usize) {
        self.memory.lock().unwrap().refusals = imports;
    }

    /// Does not know what CopySnapshot has made for so many questions.
    pub(crate) fn find_copies_late(&self, questions: usize) {
        self.memory.lock().unwrap().early_questions = questions;
    }

    /// Answers for S3 as well, and refuses what has this word in its address.
    pub(crate) fn deny(&self, word: &'static str) {
        self.memory.lock().unwrap().denied = Some(word);
    }

    /// Whether it answers for S3 as well.
    pub(crate) fn answers_for_s3(&self) -> bool {
        self.memory.lock().unwrap().denied.is_some()
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The parameters of every call of a name, dry runs left out.
    pub(crate) fn calls(&self, action: &str) -> Vec<Vec<(String, String)>> {
        let memory = self.memory.lock().unwrap();
        let calls =
            memory.calls.iter().filter(|(name, parameters)| name == action && !is_dry_run(parameters));
        calls.map(|(_, parameters)| parameters.clone()).collect()
    }
}

impl Drop for Endpoint {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        // The listener looks at the flag only when somebody calls.
        drop(TcpStream::connect(self.address));
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

/// A request as it came: the lines of its head, and its body.
struct Received {
    head: Vec<String>,
    body: String,
}

fn receive(connection: &TcpStream) -> Option<Received> {
    connection.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
    let mut reader = BufReader::new(connection);
    let mut head = Vec::new();
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let line = line.trim_end().to_owned();
        if line.is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().ok()?;
        }
        head.push(line);
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Received { head, body: String::from_utf8(body).ok()? })
}

fn serve(mut connection: TcpStream, memory: &Mutex<Memory>) {
    let Some(received) = receive(&connection) else { return };
    let parameters = pairs(&received.body);
    let action = value(&parameters, "Action").to_owned();
    memory.lock().unwrap().calls.push((action.clone(), parameters.clone()));
    let response = match action.as_str() {
        "ImportSnapshot" | "ImportImage" => start_import(&action, &parameters, memory),
        "DescribeImportSnapshotTasks" | "DescribeImportImageTasks" => {
            describe(&action, &parameters, memory, &received)
        }
        "RegisterImage" => register(&parameters, &received),
        "DescribeSnapshots" if is_early(memory) => match value(&parameters, "SnapshotId.1") {
            "" => answer(&action, "<snapshotSet/>"),
            id => error(400, "InvalidSnapshot.NotFound", &format!("The snapshot '{id}' does not exist.")),
        },
        _ if is_denied(&received, memory) => {
            response(403, "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>")
        }
        _ => forward(&received, &received.body),
    };
    let _ = connection.write_all(response.as_bytes());
}

/// Whether this is one of the questions for which a copy is not there yet.
fn is_early(memory: &Mutex<Memory>) -> bool {
    let mut memory = memory.lock().unwrap();
    let has_copied = memory.calls.iter().any(|(name, _)| name == "CopySnapshot");
    let is_early = has_copied && memory.early_questions > 0;
    memory.early_questions -= usize::from(is_early);
    is_early
}

fn is_denied(received: &Received, memory: &Mutex<Memory>) -> bool {
    let denied = memory.lock().unwrap().denied;
    denied.is_some_and(|word| received.head.first().is_some_and(|line| line.contains(word)))
}

fn start_import(action: &str, parameters: &[(String, String)], memory: &Mutex<Memory>) -> String {
    if is_dry_run(parameters) {
        let message = "Request would have succeeded, but DryRun flag is set.";
        return error(412, "DryRunOperation", message);
    }
    let mut memory = memory.lock().unwrap();
    if memory.refusals > 0 {
        memory.refusals -= 1;
        let role = value(parameters, "RoleName");
        // So AWS spells it.
        let message =
            format!("The sevice role <{role}> does not exist or does not have sufficient permissions");
        return error(400, "InvalidParameter", &escaped(&message));
    }
    let token = value(parameters, "ClientToken");
    let known = memory.tasks.iter().find(|task| task.token == token).map(|task| task.id.clone());
    let id = known.unwrap_or_else(|| {
        let kind = if action == "ImportImage" { "ami" } else { "snap" };
        let id = format!("import-{kind}-{:017x}", memory.tasks.len() + 1);
        let states = if memory.courses.is_empty() { WELL } else { memory.courses.remove(0) };
        let task = Task {
            id: id.clone(),
            token: token.to_owned(),
            tags: tags(parameters),
            states,
            asked: 0,
            made: String::new(),
        };
        memory.tasks.push(task);
        id
    });
    answer(action, &format!("<importTaskId>{id}</importTaskId>"))
}

/// Every question for one task by its id brings it a state further.
fn describe(
    action: &str,
    parameters: &[(String, String)],
    memory: &Mutex<Memory>,
    received: &Received,
) -> String {
    let of_image = action == "DescribeImportImageTasks";
    let wanted = value(parameters, "ImportTaskId.1");
    let mut memory = memory.lock().unwrap();
    let mut items = String::new();
    for task in memory.tasks.iter_mut().filter(|task| wanted.is_empty() || task.id == wanted) {
        let (status, progress, message) = task.states[task.asked.min(task.states.len() - 1)];
        if !wanted.is_empty() {
            task.asked += 1;
        }
        if status == "completed" && task.made.is_empty() {
            task.made = make(of_image, received);
        }
        let result = if of_image { "imageId" } else { "snapshotId" };
        let mut detail = String::new();
        let members =
            [("status", status), ("progress", progress), ("statusMessage", message), (result, &task.made)];
        for (name, value) in members.into_iter().filter(|(_, value)| !value.is_empty()) {
            let _ = write!(detail, "<{name}>{value}</{name}>");
        }
        if !of_image {
            detail = format!("<snapshotTaskDetail>{detail}</snapshotTaskDetail>");
        }
        let mut tags = String::new();
        for (key, value) in &task.tags {
            let _ = write!(tags, "<item><key>{}</key><value>{}</value></item>", escaped(key), escaped(value));
        }
        let id = &task.id;
        let _ =
            write!(items, "<item><importTaskId>{id}</importTaskId>{detail}<tagSet>{tags}</tagSet></item>");
    }
    let set = if of_image { "importImageTaskSet" } else { "importSnapshotTaskSet" };
    answer(action, &format!("<{set}>{items}</{set}>"))
}

/// Makes a snapshot or an image in moto, in the Region of the caller; its id.
fn make(image: bool, received: &Received) -> String {
    let call = |body: &str| forward(received, &format!("{body}&Version=2016-11-15"));
    if image {
        return inside(&call("Action=RegisterImage&Name=imported"), "imageId");
    }
    let volume = inside(&call("Action=CreateVolume&Size=1&AvailabilityZone=eu-west-1a"), "volumeId");
    inside(&call(&format!("Action=CreateSnapshot&VolumeId={volume}")), "snapshotId")
}

/// moto's RegisterImage forgets the tags, so they are put on afterwards.
fn register(parameters: &[(String, String)], received: &Received) -> String {
    let response = forward(received, &received.body);
    let image = inside(&response, "imageId");
    let mut body = format!("Action=CreateTags&Version=2016-11-15&ResourceId.1={image}");
    for (number, (key, value)) in tags(parameters).iter().enumerate() {
        let number = number + 1;
        let _ = write!(body, "&Tag.{number}.Key={}&Tag.{number}.Value={}", encoded(key), encoded(value));
    }
    forward(received, &body);
    response
}

/// Sends a body to moto under the head that came: it tells the Region.
fn forward(received: &Received, body: &str) -> String {
    let mut moto = TcpStream::connect(("127.0.0.1", moto::port())).unwrap();
    let mut request = String::new();
    for line in &received.head {
        let name = line.split(':').next().unwrap_or_default().to_ascii_lowercase();
        if !["content-length", "connection"].contains(&name.as_str()) {
            request.push_str(line);
            request.push_str("\r\n");
        }
    }
    let _ = write!(request, "Content-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
    moto.write_all(request.as_bytes()).unwrap();
    let mut response = Vec::new();
    moto.read_to_end(&mut response).unwrap();
    String::from_utf8_lossy(&response).into_owned()
}

fn answer(action: &str, content: &str) -> String {
    let text = format!(
        "<{action}Response xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">\
         <requestId>59dbff89-35bd-4eac-99ed-be587ed81825</requestId>{content}</{action}Response>"
    );
    response(200, &text)
}

fn error(status: u16, code: &str, message: &str) -> String {
    let text = format!(
        "<Response><Errors><Error><Code>{code}</Code><Message>{message}</Message></Error></Errors>\
         <RequestID>59dbff89-35bd-4eac-99ed-be587ed81825</RequestID></Response>"
    );
    response(status, &text)
}

fn response(status: u16, text: &str) -> String {
    format!(
        "HTTP/1.1 {status} -\r\nContent-Type: text/xml;charset=UTF-8\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{text}",
        text.len()
    )
}

fn is_dry_run(parameters: &[(String, String)]) -> bool {
    value(parameters, "DryRun") == "true"
}

/// A parameter's value; empty where there is none.
pub(crate) fn value<'a>(parameters: &'a [(String, String)], name: &str) -> &'a str {
    parameters.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value)
}

/// The tags of the call's first list.
pub(crate) fn tags(parameters: &[(String, String)]) -> Vec<(String, String)> {
    let tag = |number: usize| {
        let name = |member: &str| format!("TagSpecification.1.Tag.{number}.{member}");
        let key = value(parameters, &name("Key"));
        (!key.is_empty()).then(|| (key.to_owned(), value(parameters, &name("Value")).to_owned()))
    };
    (1..).map_while(tag).collect()
}

fn inside(text: &str, element: &str) -> String {
    let (_, rest) =
        text.split_once(&format!("<{element}>")).unwrap_or_else(|| panic!("no {element}: {text}"));
    rest.split('<').next().unwrap().to_owned()
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        match character {
            '<' | '>' | '&' => {
                let _ = write!(escaped, "&#{};", u32::from(character));
            }
            other => escaped.push(other),
        }
    }
    escaped
}

fn pairs(body: &str) -> Vec<(String, String)> {
    let pair = |pair: &str| pair.split_once('=').map(|(name, value)| (decoded(name), decoded(value)));
    body.split('&').filter_map(pair).collect()
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = [rest.next().unwrap(), rest.next().unwrap()];
                u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap()
            }
            other => other,
        });
    }
    String::from_utf8(bytes).unwrap()
}

fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        let _ = write!(encoded, "%{byte:02X}");
        encoded
    })
}
