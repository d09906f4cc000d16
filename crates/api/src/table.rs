//! A long table on its way out: a step of it is read while the one before is being sent, so that no list is held at once.

use crate::csv;
use crate::errors::Result;
use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use http_body_util::channel::{Channel, Sender};
use std::time::Duration;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::timeout;

/// A reader that takes nothing for so long gives its place up.
const PATIENCE: Duration = Duration::from_secs(30);

/// The lines of a table, a step at a time.
pub trait Lines: Send + 'static {
    /// `None`: there are no more.
    fn next(&mut self) -> impl Future<Output = Result<Option<String>>> + Send;
}

/// Sends a table that begins with `head` as the file of this name. `room` is to be taken before anything is read for it.
pub async fn send(
    room: OwnedSemaphorePermit,
    name: &str,
    head: String,
    mut lines: impl Lines,
) -> Result<Response> {
    // What is refused at once is said as a refusal; later it cuts the answer off, which nobody takes for whole.
    let first = lines.next().await?;
    let (sender, body) = Channel::<Bytes, std::io::Error>::new(2);
    tokio::spawn(async move {
        pass_on(lines, head, first, sender).await;
        drop(room);
    });
    Ok(csv::file(name, Body::new(body)))
}

async fn pass_on(
    mut lines: impl Lines,
    head: String,
    mut step: Option<String>,
    mut reader: Sender<Bytes, std::io::Error>,
) {
    let mut text = head;
    loop {
        let is_last = step.is_none();
        text.push_str(&step.unwrap_or_default());
        let sent = reader.send_data(std::mem::take(&mut text).into());
        match timeout(PATIENCE, sent).await {
            Ok(Ok(())) if !is_last => {}
            Ok(_) => return,
            Err(_) => {
                let stalled = "the reader of an export took nothing for too long";
                return reader.abort(std::io::Error::other(stalled));
            }
        }
        match lines.next().await {
            Ok(next) => step = next,
            Err(error) => return reader.abort(std::io::Error::other(error.detail)),
        }
    }
}
