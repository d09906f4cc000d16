//! A sender of large events: megabytes that are made while they are written, so that the suite itself needs no memory for them.
//! It reads an answer that comes before all was written, as a refusal does.

use crate::node::KEY;
use bench::payload;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

/// Whoever gets no answer for so long was left hanging.
const PATIENCE: Duration = Duration::from_secs(30);
const AGAIN: Duration = Duration::from_millis(100);
static FILLING: [u8; 1 << 16] = [b'x'; 1 << 16];

/// Answers by status, and how else it ended.
#[derive(Default)]
pub struct Answers {
    pub statuses: BTreeMap<u16, usize>,
    /// Refusals that do not say when to come again.
    pub without_time: usize,
    pub broken: usize,
    pub hung: usize,
}

/// Sends such events, one after the other, until `until`.
pub async fn pour(
    address: String,
    sender: usize,
    megabytes: usize,
    until: Instant,
    answers: Arc<Mutex<Answers>>,
) {
    for n in 0.. {
        if Instant::now() > until {
            return;
        }
        let number = 2_000_000 + sender as u64 * 10_000 + n;
        let sent = timeout(PATIENCE, once(&address, number, megabytes)).await;
        answers.lock().expect("no holder panics").count(sent);
        sleep(AGAIN).await;
    }
}

impl Answers {
    fn count(&mut self, sent: Result<anyhow::Result<(u16, bool)>, tokio::time::error::Elapsed>) {
        match sent {
            Ok(Ok((status, has_time))) => {
                *self.statuses.entry(status).or_default() += 1;
                self.without_time += usize::from(matches!(status, 429 | 503) && !has_time);
            }
            Ok(Err(_)) => self.broken += 1,
            Err(_) => self.hung += 1,
        }
    }
}

async fn once(address: &str, number: u64, megabytes: usize) -> anyhow::Result<(u16, bool)> {
    // An agent that no flow wants.
    let event = String::from_utf8(payload::event_of("nobody", number))?;
    let at = event.find("\"order_id\"").unwrap_or(event.len());
    let (before, after) = event.split_at(at);
    let (before, after) = (format!("{before}\"filling\":\""), format!("\",{after}"));
    let length = before.len() + (megabytes << 20) + after.len();
    let head = format!(
        "POST /v1/events HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {KEY}\r\nconnection: close\r\n\
         content-type: application/json\r\ncontent-length: {length}\r\n\r\n"
    );
    let (mut reading, mut writing) = TcpStream::connect(address).await?.into_split();
    let writes = tokio::spawn(async move {
        writing.write_all(head.as_bytes()).await?;
        writing.write_all(before.as_bytes()).await?;
        for _ in 0..(megabytes << 20) / FILLING.len() {
            writing.write_all(&FILLING).await?;
        }
        writing.write_all(after.as_bytes()).await?;
        // Kept open: whoever has sent all still wants to hear.
        Ok::<_, std::io::Error>(writing)
    });
    let mut answer = Vec::new();
    let read = reading.read_to_end(&mut answer).await;
    writes.abort();
    let text = String::from_utf8_lossy(&answer).to_ascii_lowercase();
    let status = text
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    match (status, read) {
        (Some(status), _) => Ok((status, text.contains("\r\nretry-after:"))),
        (None, Err(error)) => Err(error.into()),
        (None, Ok(_)) => anyhow::bail!("closed without an answer"),
    }
}
