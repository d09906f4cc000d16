//! Hints between nodes, over the server's notifications: what is told within a few milliseconds shares one, and a task on a
//! connection of its own hears. Lossy by design: nothing is right or wrong because of a hint, only sooner or later.

use crate::connection::{Connector, Link, Purpose};
use crate::failure::Failure;
use futures_util::{StreamExt, stream};
use kernel::Timestamp;
use kernel::id::RunId;
use std::fmt::Write;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use store::journal::Hint;
use store::{Error, Result};
use tokio::sync::{broadcast, mpsc};
use tokio::task::AbortHandle;
use tokio_postgres::AsyncMessage;

const CHANNEL: &str = "switchhook";
/// Hints that nobody has taken yet; more are dropped.
const QUEUE: usize = 8192;
const HEARD: usize = 4096;
const GATHER: Duration = Duration::from_millis(2);
const RECONNECT: Duration = Duration::from_millis(500);
/// The server takes less than 8,000 bytes.
const PAYLOAD: usize = 7900;

pub struct Hints {
    told: mpsc::Sender<Vec<Hint>>,
    heard: broadcast::Sender<Hint>,
    tasks: [AbortHandle; 2],
}

impl Hints {
    pub fn start(connector: Arc<Connector>) -> Result<Self> {
        let (told, queue) = mpsc::channel(QUEUE);
        let (heard, _) = broadcast::channel(HEARD);
        let mut bytes = [0; 8];
        getrandom::fill(&mut bytes).map_err(|e| Error::Unavailable(format!("randomness: {e}")))?;
        let me = format!("{:016x}", u64::from_be_bytes(bytes));
        let tell = tokio::spawn(tell(connector.clone(), queue, me.clone()));
        let hear = tokio::spawn(hear(connector, heard.clone(), me));
        let tasks = [tell.abort_handle(), hear.abort_handle()];
        Ok(Self { told, heard, tasks })
    }

    pub fn tell(&self, hints: Vec<Hint>) {
        if !hints.is_empty() {
            // Full or closed: a hint less.
            let _ = self.told.try_send(hints);
        }
    }

    pub fn hear(&self) -> broadcast::Receiver<Hint> {
        self.heard.subscribe()
    }

    pub fn close(&self) {
        self.tasks.iter().for_each(AbortHandle::abort);
    }
}

impl Drop for Hints {
    fn drop(&mut self) {
        self.close();
    }
}

async fn tell(connector: Arc<Connector>, mut queue: mpsc::Receiver<Vec<Hint>>, me: String) {
    let mut link: Option<Link> = None;
    while let Some(first) = queue.recv().await {
        tokio::time::sleep(GATHER).await;
        let mut hints = first;
        while hints.len() < QUEUE
            && let Ok(more) = queue.try_recv()
        {
            hints.extend(more);
        }
        if link.as_ref().is_none_or(|link| !link.is_usable()) {
            link = connector.link(Purpose::Hints).await.ok();
        }
        match &link {
            Some(open) => {
                for payload in payloads(&me, &hints) {
                    // Characters of a payload need no quoting.
                    let notify = format!("NOTIFY {CHANNEL}, '{payload}'");
                    if let Err(error) = open.bounded(open.client.batch_execute(&notify)).await {
                        tracing::debug!(%error, "hints were lost");
                        link = None;
                        break;
                    }
                }
            }
            None => tokio::time::sleep(RECONNECT).await,
        }
    }
}

async fn hear(connector: Arc<Connector>, heard: broadcast::Sender<Hint>, me: String) {
    loop {
        if let Err(error) = listen(&connector, &heard, &me).await {
            tracing::debug!(%error, "hints are not heard");
        }
        tokio::time::sleep(RECONNECT).await;
    }
}

async fn listen(
    connector: &Connector,
    heard: &broadcast::Sender<Hint>,
    me: &str,
) -> Result<(), Failure> {
    let (client, mut connection) = connector.open(Purpose::Hints).await?;
    let mut messages = stream::poll_fn(move |context| connection.poll_message(context));
    let listening = format!("LISTEN {CHANNEL}");
    let mut listening = pin!(client.batch_execute(&listening));
    let mut is_listening = false;
    loop {
        let message = tokio::select! {
            done = &mut listening, if !is_listening => {
                done?;
                is_listening = true;
                continue;
            }
            message = messages.next() => message,
        };
        match message.transpose()? {
            Some(AsyncMessage::Notification(notification)) => {
                for hint in read(me, notification.payload()) {
                    let _ = heard.send(hint);
                }
            }
            Some(_) => {}
            None => return Err(Failure::Away("the connection was closed".into())),
        }
    }
}

/// The sender and its hints, in as many payloads as it takes.
fn payloads(me: &str, hints: &[Hint]) -> Vec<String> {
    let mut payloads = vec![me.to_owned()];
    for hint in hints {
        let word = word(hint);
        if payloads[payloads.len() - 1].len() + word.len() >= PAYLOAD {
            payloads.push(me.to_owned());
        }
        if let Some(payload) = payloads.last_mut() {
            payload.push(' ');
            payload.push_str(&word);
        }
    }
    payloads
}

fn word(hint: &Hint) -> String {
    match hint {
        Hint::Ready(run) => format!("r{:032x}", u128::from_be_bytes(run.bytes())),
        Hint::Due(part, at) => format!("d{part}:{}", at.as_microsecond()),
        Hint::Watched => "w".into(),
        Hint::News(text) => quoted("n", text),
        Hint::Gates(text) => quoted("g", text),
    }
}

fn quoted(letter: &str, text: &str) -> String {
    text.bytes().fold(letter.to_owned(), |mut word, byte| {
        let _ = write!(word, "{byte:02x}");
        word
    })
}

fn unquoted(text: &str) -> Option<Arc<str>> {
    let bytes: Option<Vec<u8>> = (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok())
        .collect();
    Some(String::from_utf8(bytes?).ok()?.into())
}

/// The hints of somebody else's payload; what cannot be read, of a newer version, is left out.
fn read<'a>(me: &str, payload: &'a str) -> impl Iterator<Item = Hint> + 'a {
    let mut words = payload.split(' ');
    let is_mine = words.next() == Some(me);
    words.filter_map(hint).filter(move |_| !is_mine)
}

fn hint(word: &str) -> Option<Hint> {
    match word.split_at_checked(1)? {
        ("r", id) => u128::from_str_radix(id, 16)
            .ok()
            .map(|bits| Hint::Ready(RunId::from_bytes(bits.to_be_bytes()))),
        ("d", due) => {
            let (part, at) = due.split_once(':')?;
            let at = Timestamp::from_microsecond(at.parse().ok()?).ok()?;
            Some(Hint::Due(part.parse().ok()?, at))
        }
        ("w", "") => Some(Hint::Watched),
        ("n", text) => unquoted(text).map(Hint::News),
        ("g", text) => unquoted(text).map(Hint::Gates),
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn hints_survive_their_payloads_and_each_is_small_enough() {
        let hints: Vec<Hint> = (0..1000u64)
            .flat_map(|n| {
                let at = Timestamp::from_microsecond(1_790_000_000_000_000 + n as i64).unwrap();
                [
                    Hint::Ready(RunId::new(n, 5, [n as u8; 16])),
                    Hint::Due((n % 1024) as u16, at),
                    Hint::Watched,
                    Hint::News(format!("it's \"news\" {n} grüße").into()),
                    Hint::Gates(format!("{n}").into()),
                ]
            })
            .collect();
        let payloads = payloads("a", &hints);
        assert!(payloads.iter().all(|payload| payload.len() < 8000));
        let told: Vec<Hint> = payloads.iter().flat_map(|p| read("b", p)).collect();
        assert_eq!(told, hints);
        assert_eq!(payloads.iter().flat_map(|p| read("a", p)).count(), 0);
    }

    #[test]
    fn what_a_newer_version_says_is_left_out() {
        let run = RunId::new(1, 2, [3; 16]);
        let payload = format!(
            "x z9 r d1 é {}",
            &payloads("x", &[Hint::Ready(run)])[0][2..]
        );
        assert_eq!(read("b", &payload).collect::<Vec<_>>(), [Hint::Ready(run)]);
    }
}
