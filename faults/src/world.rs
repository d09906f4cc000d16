//! The world of one fault: a store, a receiver, and as many nodes on them as it wants. It goes with its owner: nodes are killed,
//! files removed.

use crate::lab::Lab;
use crate::ledger::{Ledger, PROMPT};
use crate::node::{Client, KEY, Node};
use crate::options::Kind;
use crate::senders::{Load, Plan};
use anyhow::bail;
use bench::process::{Process, free_address};
use serde_json::{Value, json};
use std::fs::File;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

pub const START: Duration = Duration::from_secs(20);
/// The seal key of every world on PostgreSQL.
pub const SEAL: [u8; 32] = [0x5a; 32];

pub struct World<'a> {
    pub lab: &'a Lab,
    pub kind: Kind,
    pub ledger: Ledger,
    pub place: Place,
    logs: AtomicU32,
    dir: tempfile::TempDir,
}

/// Where a world keeps everything.
#[derive(Default)]
pub struct Place {
    /// The data directory; one of its own unless given.
    pub data: PathBuf,
    /// The URL of the database, on PostgreSQL.
    pub database: Option<String>,
    /// Where deliveries go; this host alone unless given.
    pub receiver: Option<IpAddr>,
}

/// What is particular about one node.
#[derive(Default)]
pub struct Spec<'a> {
    /// Any free one unless given.
    pub address: Option<String>,
    pub envs: Vec<(&'a str, String)>,
    /// What it is started through (`ip netns exec …`).
    pub through: Vec<String>,
    pub program: Option<&'a Path>,
}

impl<'a> World<'a> {
    pub async fn new(lab: &'a Lab, kind: Kind) -> anyhow::Result<Self> {
        let database = match kind {
            Kind::Sqlite => None,
            Kind::Postgres => Some(tokio::task::block_in_place(|| lab.database())?),
        };
        let place = Place {
            database,
            ..Place::default()
        };
        Self::at(lab, kind, place).await
    }

    pub async fn at(lab: &'a Lab, kind: Kind, mut place: Place) -> anyhow::Result<Self> {
        let dir = tempfile::Builder::new()
            .prefix("switchhook-fault-")
            .tempdir()?;
        if place.data.as_os_str().is_empty() {
            place.data = dir.path().join("data");
        }
        Ok(Self {
            lab,
            kind,
            ledger: Ledger::start(place.receiver.unwrap_or(Ipv4Addr::LOCALHOST.into())).await?,
            place,
            logs: AtomicU32::new(0),
            dir,
        })
    }

    /// A node that is ready.
    pub async fn start(&self) -> anyhow::Result<Node> {
        self.start_as(Spec::default()).await
    }

    pub async fn start_as(&self, spec: Spec<'_>) -> anyhow::Result<Node> {
        let mut node = self.spawn(spec)?;
        if node.ready(START).await.is_none() {
            bail!("a node did not start: {}", node.said());
        }
        Ok(node)
    }

    /// A node of which nobody knows yet whether it will be ready.
    pub fn spawn(&self, spec: Spec<'_>) -> anyhow::Result<Node> {
        let address = spec.address.map_or_else(free_address, Ok)?;
        let program = spec.program.unwrap_or(&self.lab.binary);
        let mut command = match spec.through.split_first() {
            None => Command::new(program),
            Some((first, rest)) => {
                let mut command = Command::new(first);
                command.args(rest).arg(program);
                command
            }
        };
        command.args(["serve", "--listen", &address, "--data"]);
        command.arg(&self.place.data);
        command.args([
            "--allow-network",
            &format!("{}/32", self.ledger.address.ip()),
        ]);
        command
            .env("SWITCHHOOK_ROOT_KEY", KEY)
            .env("SWITCHHOOK_LOG", "warn");
        if let Some(database) = &self.place.database {
            let seal: String = SEAL.iter().map(|byte| format!("{byte:02x}")).collect();
            command
                .args(["--database", database])
                .env("SWITCHHOOK_SEAL_KEY", seal);
        }
        command.envs(spec.envs);
        let number = self.logs.fetch_add(1, Ordering::Relaxed);
        let log = self.dir.path().join(format!("node-{number}.log"));
        command.stdout(Stdio::null()).stderr(File::create(&log)?);
        Ok(Node::new(Process::spawn(&mut command, &address)?, log))
    }

    /// Saves the flow that delivers every finished call, promptly.
    pub async fn flow(&self, node: &Client) -> anyhow::Result<()> {
        self.flow_to(node, self.ledger.address, PROMPT, json!({}))
            .await
    }

    /// Saves a flow that delivers the finished calls that `filter` lets pass.
    pub async fn flow_to(
        &self,
        node: &Client,
        to: SocketAddr,
        path: &str,
        filter: Value,
    ) -> anyhow::Result<()> {
        let retry = json!({ "attempts": 20, "first_s": 1, "factor": 1.5, "max_s": 5 });
        let with = json!({ "url": format!("http://{to}{path}") });
        let flow = json!({ "name": path, "on": ["call.ended"], "where": filter, "steps": [
            { "id": "send", "do": "webhook.send", "with": with, "retry": retry }
        ] });
        let (status, body) = node
            .ask("POST", "/v1/flows", flow.to_string().into_bytes())
            .await?;
        if status != 201 {
            bail!(
                "the flow was refused with {status}: {}",
                String::from_utf8_lossy(&body)
            );
        }
        Ok(())
    }

    /// Senders that know all these nodes.
    pub fn load(&self, nodes: &[&Client], plan: Plan) -> Load {
        Load::start(nodes.iter().map(|node| node.target.clone()).collect(), plan)
    }

    /// Waits until these have been delivered; how long it took.
    pub async fn delivered(
        &self,
        numbers: Vec<u64>,
        patience: Duration,
    ) -> anyhow::Result<Duration> {
        let (started, count) = (Instant::now(), numbers.len());
        let missing = self.ledger.missing(numbers, patience).await;
        if !missing.is_empty() {
            bail!(
                "{} of {count} events were not delivered after {patience:?} without any",
                missing.len()
            );
        }
        Ok(started.elapsed())
    }
}
