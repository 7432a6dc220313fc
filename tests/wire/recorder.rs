//! An EC2 endpoint on loopback that answers every call and keeps what it was sent.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

/// One request: the number in its path, which says whose it is, and its body.
type Recorded = (usize, String);

/// The running endpoint; it ends when this is dropped.
pub(crate) struct Recorder {
    address: SocketAddr,
    recorded: Arc<Mutex<Vec<Recorded>>>,
    ended: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Recorder {
    /// Starts it on a free port.
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let recorded = Arc::new(Mutex::new(Vec::new()));
        let ended = Arc::new(AtomicBool::new(false));
        let (kept, stop) = (Arc::clone(&recorded), Arc::clone(&ended));
        let thread = std::thread::spawn(move || {
            for connection in listener.incoming() {
                if stop.load(Ordering::SeqCst) {
                    break;
                }
                let (connection, kept) = (connection.unwrap(), Arc::clone(&kept));
                std::thread::spawn(move || {
                    // What is no request at all is for the client to complain about.
                    let _ = serve(connection, &kept);
                });
            }
        });
        Self { address, recorded, ended, thread: Some(thread) }
    }

    /// The endpoint's URL; a client appends its number as the path.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The one body that was sent under a number, or what is wrong with that.
    pub(crate) fn body(&self, number: usize) -> Result<String, String> {
        let recorded = self.recorded.lock().unwrap();
        let mut bodies = recorded.iter().filter(|(found, _)| *found == number).map(|(_, body)| body);
        match (bodies.next(), bodies.next()) {
            (Some(body), None) => Ok(body.clone()),
            (None, _) => Err("nothing was sent".into()),
            (Some(_), Some(_)) => Err("more than one request was sent".into()),
        }
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        // The listener looks at the flag only when somebody calls.
        drop(TcpStream::connect(self.address));
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

/// Reads one request, keeps it and answers as EC2 would; `None` where it is no request.
fn serve(mut connection: TcpStream, kept: &Mutex<Vec<Recorded>>) -> Option<()> {
    connection.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
    let mut reader = BufReader::new(connection.try_clone().ok()?);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let number = line.strip_prefix("POST /")?.split(['/', ' ']).next()?.parse().ok()?;
    let mut length = 0;
    loop {
        line.clear();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.split_once(':') else { break };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let body = String::from_utf8(body).ok()?;
    let action = body.strip_prefix("Action=")?.split('&').next()?.to_owned();
    let answer = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{action}Response xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">\
         <requestId>59dbff89-35bd-4eac-99ed-be587ed81825</requestId></{action}Response>"
    );
    // Before the answer: the test reads it as soon as the client has ended.
    kept.lock().ok()?.push((number, body));
    write!(
        connection,
        "HTTP/1.1 200 OK\r\nContent-Type: text/xml;charset=UTF-8\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{answer}",
        answer.len()
    )
    .ok()
}
