//! Talks to a server through the same outgoing client as everything else, with every network open: a person chose the address.

use crate::config::Target;
use actions::{Actions, AllowedNetwork, Surroundings, Watch, World};
use anyhow::{Context, bail};
use kernel::flow::OnUnknown;
use kernel::run::{Failure, Perform};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

pub struct Client {
    world: World,
    target: Target,
}

/// No workspace: no secrets, and every network.
pub struct Alone;

#[async_trait::async_trait]
impl Surroundings for Alone {
    async fn secret(&self, _: &str) -> Result<Option<Vec<Arc<str>>>, Failure> {
        Ok(None)
    }

    fn allowed(&self) -> &[AllowedNetwork] {
        &[]
    }
}

impl Client {
    pub fn new(target: Target) -> anyhow::Result<Self> {
        Ok(Self {
            world: world()?,
            target,
        })
    }

    /// An answer that does not end.
    pub async fn watch(&self, path: &str) -> anyhow::Result<Watch> {
        let url = self.address(path);
        let opened = self.world.watch(&url, self.target.key.as_deref()).await;
        opened.map_err(|why| anyhow::anyhow!("GET {url}: {why}"))
    }

    fn address(&self, path: &str) -> String {
        format!("{}{path}", self.target.url.trim_end_matches('/'))
    }

    pub async fn get(&self, path: &str) -> anyhow::Result<Value> {
        self.send("GET", path, None, None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> anyhow::Result<Value> {
        self.send("POST", path, Some(body), None).await
    }

    /// The answer's body, or why there is none: what the server said is wrong, and where. `newest`: the version that a change
    /// replaces.
    pub async fn send(
        &self,
        method: &str,
        path: &str,
        body: Option<Value>,
        newest: Option<u64>,
    ) -> anyhow::Result<Value> {
        let url = self.address(path);
        let mut with = json!({ "method": method, "url": url, "headers": {} });
        if let Some(key) = &self.target.key {
            with["headers"]["Authorization"] = format!("Bearer {key}").into();
        }
        if let Some(newest) = newest {
            with["headers"]["If-Match"] = format!("\"{newest}\"").into();
        }
        if let Some(body) = body {
            with["json"] = body;
        }
        let Value::Object(with) = with else {
            unreachable!("it was built as an object")
        };
        let perform = Perform {
            step: "command".into(),
            action: "http.request".into(),
            with,
            connection: None,
            timeout: Duration::from_secs(30),
            attempt: 1,
            key: format!(
                "cli-{}-{}",
                std::process::id(),
                kernel::Timestamp::now().as_nanosecond()
            ),
            on_unknown: OnUnknown::Stop,
            unsure_since: None,
            warnings: Vec::new(),
        };
        match self.world.perform(&perform, &Alone).await.result {
            Ok(output) => Ok(output.body),
            Err(failure) => Err(explain(&failure)).with_context(|| format!("{method} {url}")),
        }
    }
}

fn explain(failure: &Failure) -> anyhow::Error {
    let problem = failure
        .output
        .as_ref()
        .map(|output| &output.body)
        .filter(|body| body.get("code").is_some());
    let Some(problem) = problem else {
        return anyhow::anyhow!("{}", failure.message);
    };
    let mut text = format!(
        "{} ({})",
        problem["detail"]
            .as_str()
            .or(problem["title"].as_str())
            .unwrap_or_default(),
        problem["code"].as_str().unwrap_or_default()
    );
    for error in problem["errors"].as_array().into_iter().flatten() {
        text += &format!(
            "\n  {}: {}",
            error["path"].as_str().unwrap_or_default(),
            error["message"].as_str().unwrap_or_default()
        );
    }
    anyhow::anyhow!(text)
}

/// The world with every network open.
pub fn world() -> anyhow::Result<World> {
    let allowed =
        ["0.0.0.0/0", "::/0"].map(|all| all.parse::<AllowedNetwork>().map_err(anyhow::Error::msg));
    let allowed = allowed.into_iter().collect::<anyhow::Result<_>>()?;
    Ok(World::new(actions::Config {
        allowed,
        ..actions::Config::default()
    }))
}

/// What is given of parameters, as a query.
pub fn query(given: &[(&str, Option<String>)]) -> String {
    let given = given.iter().filter_map(|(name, value)| {
        let value = escaped(value.as_ref()?);
        Some(format!("{name}={value}"))
    });
    given.collect::<Vec<_>>().join("&")
}

/// A value inside a query.
pub fn escaped(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let escape = |byte: u8| match plain(byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    };
    text.bytes().map(escape).collect()
}

/// Reads a file, or standard input for `-`.
pub fn read(path: &str) -> anyhow::Result<String> {
    let text = if path == "-" {
        std::io::read_to_string(std::io::stdin())
    } else {
        std::fs::read_to_string(path)
    };
    text.with_context(|| format!("{path} cannot be read"))
}

/// One JSON value, or one per line.
pub fn parse(path: &str, text: &str) -> anyhow::Result<Vec<Value>> {
    let values: Result<Vec<Value>, _> = serde_json::Deserializer::from_str(text)
        .into_iter()
        .collect();
    let values = values.with_context(|| format!("{path} is not JSON"))?;
    if values.is_empty() {
        bail!("{path} is empty");
    }
    Ok(values
        .into_iter()
        .flat_map(|value| {
            if let Value::Array(list) = value {
                list
            } else {
                vec![value]
            }
        })
        .collect())
}
