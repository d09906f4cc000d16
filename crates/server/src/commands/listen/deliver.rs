//! Sending one event to the developer's address, by the same action as a flow would, and saying what came of it in a line.

use super::{Event, say};
use crate::commands::client::{Alone, world};
use crate::output;
use actions::{Actions, World};
use anyhow::{Context, ensure};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use jiff::Timestamp;
use kernel::flow::OnUnknown;
use kernel::run::Perform;
use serde_json::{Map, Value, json};
use std::time::Duration;

const TIMEOUT: Duration = Duration::from_secs(15);

pub struct Receiver {
    world: World,
    url: String,
    secret: String,
    is_made: bool,
    as_json: bool,
}

impl Receiver {
    pub fn new(url: String, secret: Option<String>, as_json: bool) -> anyhow::Result<Self> {
        let is_http = url.starts_with("http://") || url.starts_with("https://");
        ensure!(
            is_http,
            "--forward takes an http or https address, not `{url}`"
        );
        let is_made = secret.is_none();
        Ok(Self {
            world: world()?,
            secret: secret.map_or_else(make_secret, Ok)?,
            url,
            is_made,
            as_json,
        })
    }

    /// Says what is going to happen; a secret that was given is not repeated.
    pub fn introduce(&self) {
        let secret = self.is_made.then_some(&self.secret);
        let text = match secret {
            Some(secret) => format!("Forwarding to {}, signed with {secret}", self.url),
            None => format!("Forwarding to {}, signed with the secret given", self.url),
        };
        say(
            self.as_json,
            &text,
            &json!({ "forward": self.url, "secret": secret }),
        );
    }

    pub async fn send(&self, event: &Event, payload: Value) {
        let mut with = Map::new();
        with.insert("url".into(), self.url.clone().into());
        with.insert("secret".into(), self.secret.clone().into());
        with.insert("json".into(), payload);
        let perform = Perform {
            step: "listen".into(),
            action: "webhook.send".into(),
            with,
            connection: None,
            timeout: TIMEOUT,
            attempt: 1,
            key: event.id.to_string(),
            on_unknown: OnUnknown::Retry,
            unsure_since: None,
            warnings: Vec::new(),
        };
        let outcome = self.world.perform(&perform, &Alone).await;
        let exchange = outcome.exchange.as_ref();
        let status = exchange
            .and_then(|exchange| exchange.response.as_ref())
            .map(|response| response.status);
        let ms = exchange.map_or(0.0, |exchange| exchange.timing.total_us as f64 / 1000.0);
        let error = outcome
            .result
            .err()
            .map(|failure| output::line(&failure.message));
        let result = match (status, &error) {
            (Some(status), _) => status.to_string(),
            (None, Some(error)) => error.clone(),
            (None, None) => "no answer".into(),
        };
        let at = Timestamp::now().strftime("%H:%M:%S");
        let text = format!(
            "{at}  {:<24}  {}  {result}  {ms:.1} ms",
            event.kind, event.id
        );
        let told = json!({ "event": event.id, "kind": event.kind, "status": status, "ms": ms, "error": error });
        say(self.as_json, &text, &told);
    }
}

fn make_secret() -> anyhow::Result<String> {
    let mut bytes = [0; 24];
    getrandom::fill(&mut bytes).context("the operating system gives no randomness")?;
    Ok(format!("whsec_{}", BASE64_STANDARD.encode(bytes)))
}
