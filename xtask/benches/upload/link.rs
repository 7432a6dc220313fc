//! A link of a given speed between a client and the server, as an image on its way to S3 meets one. Without it client and
//! server share the processor, and what is compared is how much of it each client takes.

use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Mutex;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep_until};

/// How much passes at a time, in bytes.
const CHUNK: usize = 64 << 10;

/// What a router on the way holds back at most: so much may pass at once after a pause.
const BURST: Duration = Duration::from_millis(20);

/// A relay to the server on 127.0.0.1; dropping it ends it.
pub(crate) struct Link {
    /// The port that clients connect to.
    pub(crate) port: u16,
    relay: JoinHandle<()>,
}

impl Link {
    /// A link of so many megabits a second, shared by all connections, to the server at `port`.
    pub(crate) async fn to(port: u16, megabits: u64) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let own = listener.local_addr().expect("it has an address").port();
        let pace = Arc::new(Pace { bytes_a_second: megabits * 125_000, free_at: Mutex::new(Instant::now()) });
        let relay = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(pass(client, port, Arc::clone(&pace)));
            }
        });
        Self { port: own, relay }
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.relay.abort();
    }
}

/// When the link is free again.
struct Pace {
    bytes_a_second: u64,
    free_at: Mutex<Instant>,
}

impl Pace {
    /// Waits until so many bytes may pass.
    async fn take(&self, bytes: usize) {
        let nanoseconds = u64::try_from(bytes).unwrap_or(u64::MAX) * 1_000_000_000 / self.bytes_a_second;
        let due = {
            let mut free_at = self.free_at.lock().await;
            let now = Instant::now();
            *free_at =
                (*free_at).max(now.checked_sub(BURST).unwrap_or(now)) + Duration::from_nanos(nanoseconds);
            *free_at
        };
        sleep_until(due).await;
    }
}

/// What a client sends is paced; answers are small.
async fn pass(client: TcpStream, port: u16, pace: Arc<Pace>) {
    let Ok(server) = TcpStream::connect(("127.0.0.1", port)).await else { return };
    let ((mut from_client, mut to_client), (mut from_server, mut to_server)) =
        (client.into_split(), server.into_split());
    let answers = tokio::spawn(async move { tokio::io::copy(&mut from_server, &mut to_client).await });
    let mut chunk = vec![0; CHUNK];
    while let Ok(length @ 1..) = from_client.read(&mut chunk).await {
        pace.take(length).await;
        if to_server.write_all(&chunk[..length]).await.is_err() {
            break;
        }
    }
    drop(to_server);
    let _ = answers.await;
}
