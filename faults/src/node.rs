//! One node of Switchhook as a process: how it is started, asked and signalled. What it said is kept for when it is needed.

use anyhow::{Context, bail};
use bench::load::{self, Target};
use bench::process::Process;
use serde_json::Value;
use std::path::PathBuf;
use std::time::{Duration, Instant};

pub const KEY: &str = "faults-root-key-0123456789";
const PATIENCE: Duration = Duration::from_secs(10);

/// Asks a node over HTTP, wherever it runs.
pub struct Client {
    pub target: Target,
}

pub struct Node {
    pub process: Process,
    client: Client,
    log: PathBuf,
}

impl std::ops::Deref for Node {
    type Target = Client;
    fn deref(&self) -> &Client {
        &self.client
    }
}

impl Client {
    pub fn new(address: String) -> Self {
        let target = Target {
            address,
            path: "/v1/events",
            key: KEY.into(),
        };
        Self { target }
    }

    pub fn address(&self) -> &str {
        &self.target.address
    }

    pub async fn ask(
        &self,
        method: &str,
        path: &str,
        body: Vec<u8>,
    ) -> anyhow::Result<(u16, bytes::Bytes)> {
        let asked = load::once(&self.target, method, path, body);
        tokio::time::timeout(PATIENCE, asked)
            .await
            .with_context(|| format!("{method} {path} was not answered within {PATIENCE:?}"))?
    }

    pub async fn get(&self, path: &str) -> anyhow::Result<Value> {
        let (status, body) = self.ask("GET", path, Vec::new()).await?;
        if status != 200 {
            bail!("GET {path}: {status} {}", String::from_utf8_lossy(&body));
        }
        Ok(serde_json::from_slice(&body)?)
    }

    /// Waits until it tells a figure that holds; `false` when it does not within `patience`.
    pub async fn tells(&self, name: &str, holds: impl Fn(f64) -> bool, patience: Duration) -> bool {
        let started = Instant::now();
        while started.elapsed() < patience {
            if self.metric(name).await.is_some_and(&holds) {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        false
    }

    /// A figure of `/metrics`; `None` when there is none of this name.
    pub async fn metric(&self, name: &str) -> Option<f64> {
        let (_, body) = self.ask("GET", "/metrics", Vec::new()).await.ok()?;
        let text = String::from_utf8_lossy(&body).into_owned();
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        line?.trim().parse().ok()
    }
}

impl Node {
    pub fn new(process: Process, log: PathBuf) -> Self {
        let client = Client::new(process.address.clone());
        Self {
            process,
            client,
            log,
        }
    }

    /// Waits until it is ready; `None` when it ended instead, or is not ready within `patience`.
    pub async fn ready(&mut self, patience: Duration) -> Option<Duration> {
        let started = Instant::now();
        while self.process.exit_status().is_none() && started.elapsed() < patience {
            if self
                .ask("GET", "/readyz", Vec::new())
                .await
                .is_ok_and(|(status, _)| status == 200)
            {
                return Some(started.elapsed());
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        None
    }

    /// The last of what it said.
    pub fn said(&self) -> String {
        let text = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(8)..].join("\n")
    }
}
