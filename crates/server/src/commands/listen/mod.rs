//! `switchhook listen --forward URL`: events of a server at a developer's own address, signed as a flow signs them.
//! The stream says that there is something new; what it did not say (away, too slow) is read from the list of events.

mod deliver;
mod news;
mod seen;

use super::client::{Client, escaped};
use crate::config::Target;
use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use deliver::Receiver;
use kernel::id::EventId;
use news::{News, Said};
use seen::Seen;
use serde_json::{Value, json};
use std::process::ExitCode;
use std::time::Duration;

const FIRST_WAIT: Duration = Duration::from_millis(200);
const LONGEST_WAIT: Duration = Duration::from_secs(15);
const PAGE: usize = 200;

#[derive(Args)]
pub struct Listen {
    /// Where to send events, e.g. http://localhost:3000/hook.
    #[arg(long)]
    forward: String,
    /// Only events of these kinds, e.g. call.ended,call.analyzed.
    #[arg(long, value_delimiter = ',')]
    events: Vec<String>,
    /// Only events that start this flow, by its name, key or id.
    #[arg(long)]
    flow: Option<String>,
    /// What is sent: the envelope {id, type, timestamp, data}, or data alone.
    #[arg(long, value_enum, default_value = "default")]
    payload: Payload,
    /// Signs what is sent; one is made and printed unless given.
    #[arg(long, env = "SWITCHHOOK_LISTEN_SECRET", hide_env_values = true)]
    secret: Option<String>,
    #[command(flatten)]
    target: Target,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Payload {
    Default,
    Flat,
}

/// One event, as far as the stream or the list tells.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    pub id: EventId,
    pub kind: String,
}

impl Event {
    fn of(told: &Value) -> Option<Self> {
        Some(Self {
            id: told["id"].as_str()?.parse().ok()?,
            kind: told["kind"].as_str()?.to_owned(),
        })
    }
}

struct Listener {
    client: Client,
    receiver: Receiver,
    kinds: Vec<String>,
    /// Ids of the flows of which one must have started.
    flows: Option<Vec<String>>,
    payload: Payload,
    seen: Seen,
}

pub async fn run(options: Listen) -> anyhow::Result<ExitCode> {
    let known = calls::schema::KINDS;
    if let Some(odd) = options
        .events
        .iter()
        .find(|kind| !known.contains(&kind.as_str()))
    {
        bail!(
            "there is no event kind `{odd}`; there are {}",
            known.join(", ")
        );
    }
    let as_json = options.target.json;
    let client = Client::new(options.target)?;
    let flows = match &options.flow {
        Some(name) => Some(ids(&client, name).await?),
        None => None,
    };
    let receiver = Receiver::new(options.forward, options.secret, as_json)?;
    let mut listener = Listener {
        client,
        receiver,
        kinds: options.events,
        flows,
        payload: options.payload,
        seen: Seen::default(),
    };
    // What is there already was for others. An answer also says that address and key are right.
    let (there, _) = listener.page(None).await?;
    listener.seen.start(there.iter().map(|event| event.id));
    listener.receiver.introduce();
    listener.listen().await
}

/// The flows that a person means.
async fn ids(client: &Client, name: &str) -> anyhow::Result<Vec<String>> {
    let found = client
        .get(&format!("/v1/flows?limit=200&q={}", escaped(name)))
        .await?;
    let found = found["data"].as_array().into_iter().flatten();
    let named = found.filter(|flow| flow["name"] == name || flow["key"] == name);
    let mut ids: Vec<String> = named
        .filter_map(|flow| flow["id"].as_str())
        .map(String::from)
        .collect();
    if ids.is_empty() {
        let path = format!("/v1/flows/{}", escaped(name));
        let flow = client.get(&path).await;
        let flow =
            flow.with_context(|| format!("there is no flow with the name, key or id `{name}`"))?;
        ids.extend(flow["id"].as_str().map(String::from));
    }
    Ok(ids)
}

impl Listener {
    /// For ever: a stream that ends or cannot be opened is opened again.
    async fn listen(&mut self) -> anyhow::Result<ExitCode> {
        let mut wait = FIRST_WAIT;
        loop {
            match self.follow().await {
                Ok(()) => wait = FIRST_WAIT,
                Err(error) => {
                    eprintln!("switchhook: {error:#}; trying again");
                    tokio::time::sleep(wait).await;
                    wait = (wait * 2).min(LONGEST_WAIT);
                }
            }
        }
    }

    /// One stream from its beginning to its end. It is open before the list is read, so that nothing falls in between.
    async fn follow(&mut self) -> anyhow::Result<()> {
        let mut news = News::open(&self.client).await?;
        self.catch_up().await?;
        while let Some(said) = news.next().await {
            match said {
                Said::Event(event) => self.take(event).await?,
                Said::Lagged => self.catch_up().await?,
                Said::Nothing => {}
            }
        }
        Ok(())
    }

    /// Takes what the list has and the stream has not told, oldest first.
    async fn catch_up(&mut self) -> anyhow::Result<()> {
        let (mut missed, mut cursor) = (Vec::new(), None);
        loop {
            let (events, next) = self.page(cursor).await?;
            let is_far = events.iter().any(|event| self.seen.is_far_behind(event.id));
            missed.extend(
                events
                    .into_iter()
                    .filter(|event| self.seen.misses(event.id)),
            );
            match next {
                Some(next) if !is_far => cursor = Some(next),
                _ => break,
            }
        }
        for event in missed.into_iter().rev() {
            self.take(event).await?;
        }
        Ok(())
    }

    /// A page of the list, newest first, and where the next one starts.
    async fn page(&self, cursor: Option<String>) -> anyhow::Result<(Vec<Event>, Option<String>)> {
        let cursor = cursor.map_or(String::new(), |cursor| format!("&cursor={cursor}"));
        let page = self
            .client
            .get(&format!("/v1/events?limit={PAGE}{cursor}"))
            .await?;
        let events = page["data"]
            .as_array()
            .into_iter()
            .flatten()
            // What was edited for a replay never came, nor did what was made for one flow.
            .filter(|event| event["edited"].is_null() && event["only"].is_null())
            .filter_map(Event::of);
        Ok((events.collect(), page["next"].as_str().map(String::from)))
    }

    /// Forwards an event, unless that was done or nobody wants it. It counts as seen once it was sent: a server that goes
    /// away before is asked for it again.
    async fn take(&mut self, event: Event) -> anyhow::Result<()> {
        if !self.seen.misses(event.id) {
            return Ok(());
        }
        let is_wanted = self.kinds.is_empty() || self.kinds.contains(&event.kind);
        if is_wanted && self.starts(&event).await? {
            let shape = match self.payload {
                Payload::Default => "default",
                Payload::Flat => "flat",
            };
            let path = format!("/v1/events/{}/payload?shape={shape}", event.id);
            let payload = self.client.get(&path).await?;
            self.receiver.send(&event, payload).await;
        }
        self.seen.add(event.id);
        Ok(())
    }

    async fn starts(&self, event: &Event) -> anyhow::Result<bool> {
        let Some(flows) = &self.flows else {
            return Ok(true);
        };
        let shown = self.client.get(&format!("/v1/events/{}", event.id)).await?;
        let runs = shown["runs"].as_array().into_iter().flatten();
        let mut started = runs.filter_map(|run| run["flow"]["id"].as_str());
        Ok(started.any(|flow| flows.iter().any(|wanted| wanted == flow)))
    }
}

/// Something about this command, for people or for programs.
fn say(as_json: bool, text: &str, told: &Value) {
    if as_json {
        println!("{}", json!(told));
    } else {
        println!("{text}");
    }
}
