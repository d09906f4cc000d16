//! The server's stream, read message by message. It is lossy by design and says so itself.

use super::Event;
use crate::commands::client::Client;
use actions::Watch;
use serde_json::Value;
use std::time::Duration;
use tokio::time::timeout;

/// The server says something every 15 seconds: after this long it has gone without a word.
const SILENCE: Duration = Duration::from_secs(45);
/// Longer than any message of the stream.
const MAX_MESSAGE: usize = 1 << 20;

pub struct News {
    watch: Watch,
    buffer: Vec<u8>,
}

#[derive(Debug, PartialEq)]
pub enum Said {
    Event(Event),
    /// Some of what happened was not said.
    Lagged,
    Nothing,
}

impl News {
    /// Open once the server has said its first word: what happens from then on is said.
    pub async fn open(client: &Client) -> anyhow::Result<Self> {
        let mut news = Self {
            watch: client.watch("/v1/stream").await?,
            buffer: Vec::new(),
        };
        match news.next().await {
            Some(_) => Ok(news),
            None => anyhow::bail!("the stream ended before it began"),
        }
    }

    /// `None`: the stream is over.
    pub async fn next(&mut self) -> Option<Said> {
        loop {
            if let Some(end) = self.buffer.windows(2).position(|two| two == b"\n\n") {
                let message: Vec<u8> = self.buffer.drain(..end + 2).collect();
                return Some(read(&String::from_utf8_lossy(&message)));
            }
            if self.buffer.len() > MAX_MESSAGE {
                return None;
            }
            let part = timeout(SILENCE, self.watch.next()).await.ok()??;
            self.buffer.extend_from_slice(&part);
        }
    }
}

fn read(message: &str) -> Said {
    let field = |name: &str| {
        message
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
            .map(str::trim)
    };
    match field("event") {
        Some("event") => {
            let told: Option<Value> =
                field("data").and_then(|data| serde_json::from_str(data).ok());
            let event = told.as_ref().and_then(Event::of);
            // One that cannot be read is found in the list.
            event.map_or(Said::Lagged, Said::Event)
        }
        Some("lagged") => Said::Lagged,
        _ => Said::Nothing,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails where its fact does")]
mod tests {
    use super::*;
    use kernel::id::EventId;

    #[test]
    fn messages_of_the_stream_are_told_apart() {
        let id = EventId::new(1, 0, [7; 16]);
        let said = read(&format!(
            "event: event\ndata: {{\"id\":\"{id}\",\"kind\":\"call.ended\"}}\n\n"
        ));
        let kind = "call.ended".into();
        assert_eq!(said, Said::Event(Event { id, kind }));
        assert_eq!(
            read("event: lagged\ndata: {\"missed\":3}\n\n"),
            Said::Lagged
        );
        assert_eq!(read("event: event\ndata: odd\n\n"), Said::Lagged);
        for other in [": still here\n\n", "event: run\ndata: {}\n\n", "\n\n"] {
            assert_eq!(read(other), Said::Nothing);
        }
    }
}
