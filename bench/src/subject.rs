//! What is measured: the bare pipeline, and Switchhook on each of its stores. A subject is started fresh for every round.

use anyhow::{Context, bail};
use bench::load::{self, Target};
use bench::process::{Process, cpu_of_children_s, disk_kb, free_address, switchhook};
use lab::Cluster;
use serde_json::json;
use std::net::SocketAddr;
use std::path::Path;
use tempfile::TempDir;

pub const KEY: &str = "bench-root-key-0123456789";
const SEAL_KEY: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0";

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    Bare,
    Sqlite,
    /// On a PostgreSQL of its own with default settings.
    Postgres {
        nodes: usize,
    },
}

pub struct Running {
    pub nodes: Vec<Process>,
    dir: TempDir,
    /// Stopped after the nodes.
    cluster: Option<Cluster>,
    database: Option<String>,
}

impl Subject {
    /// `deliveries`: how many the bare pipeline makes for each event.
    pub async fn start(self, receiver: SocketAddr, deliveries: usize) -> anyhow::Result<Running> {
        let dir = tempfile::tempdir()?;
        let mut running = Running {
            nodes: Vec::new(),
            cluster: None,
            database: None,
            dir,
        };
        match self {
            Subject::Bare => running
                .nodes
                .push(bare(running.dir.path(), receiver, deliveries).await?),
            Subject::Sqlite => running.nodes.push(running.node().await?),
            Subject::Postgres { nodes } => {
                let cluster = Cluster::start(&running.dir.path().join("postgres"))?;
                running.database = Some(cluster.create("bench")?);
                running.cluster = Some(cluster);
                for _ in 0..nodes {
                    running.nodes.push(running.node().await?);
                }
            }
        }
        Ok(running)
    }
}

async fn bare(dir: &Path, receiver: SocketAddr, deliveries: usize) -> anyhow::Result<Process> {
    let address = free_address()?;
    let url = format!("http://{receiver}/");
    let deliveries = deliveries.to_string();
    let args = ["bare", &address, &url, &dir.to_string_lossy(), &deliveries];
    Process::start(&std::env::current_exe()?, &args, &[], &address).await
}

impl Running {
    /// One more node on the same data.
    pub async fn node(&self) -> anyhow::Result<Process> {
        let address = free_address()?;
        let data = self.dir.path().to_string_lossy();
        let args = [
            "serve",
            "--data",
            &data,
            "--listen",
            &address,
            "--allow-network",
            "127.0.0.1/32",
            "--event-body-mib",
            "64",
        ];
        let mut envs = vec![("SWITCHHOOK_ROOT_KEY", KEY), ("SWITCHHOOK_LOG", "warn")];
        if let Some(database) = &self.database {
            envs.extend([
                ("SWITCHHOOK_DATABASE", database.as_str()),
                ("SWITCHHOOK_SEAL_KEY", SEAL_KEY),
            ]);
        }
        Process::start(&switchhook()?, &args, &envs, &address).await
    }

    pub fn targets(&self) -> Vec<Target> {
        let target = |node: &Process| Target {
            address: node.address.clone(),
            path: "/v1/events",
            key: KEY.into(),
        };
        self.nodes.iter().map(target).collect()
    }

    /// CPU seconds of the whole stack so far: the nodes, and the database's processes.
    pub fn cpu_s(&self) -> f64 {
        let database = self.cluster.as_ref().and_then(Cluster::pid);
        self.nodes.iter().map(Process::cpu_s).sum::<f64>() + database.map_or(0.0, cpu_of_children_s)
    }

    /// Resident memory of the nodes.
    pub fn memory_mb(&self) -> f64 {
        self.nodes.iter().map(Process::memory_mb).sum()
    }

    /// The most that the nodes ever took, each for itself.
    pub fn peak_mb(&self) -> f64 {
        self.nodes.iter().map(Process::peak_mb).sum()
    }

    /// Ends the nodes in good order; says how much disk the data takes then.
    pub fn stop(mut self) -> anyhow::Result<f64> {
        self.nodes.iter_mut().for_each(Process::stop);
        let Some(database) = &self.database else {
            return Ok(disk_kb(self.dir.path()));
        };
        let size = lab::sql(
            database,
            "SELECT pg_database_size(current_database()) / 1024.0",
        )?;
        size.trim().parse().context("the size of the database")
    }
}

/// One flow with one delivery.
pub async fn create_flow(target: &Target, receiver: SocketAddr) -> anyhow::Result<()> {
    create(target, &json!({ "name": "bench", "on": ["call.ended"], "steps": [
        { "id": "send", "do": "webhook.send", "with": { "url": format!("http://{receiver}/hook") }, "retry": { "attempts": 5, "first_s": 1 } }
    ] }))
    .await
}

pub async fn create(target: &Target, flow: &serde_json::Value) -> anyhow::Result<()> {
    create_at(target, "/v1/flows", flow).await
}

pub async fn create_at(
    target: &Target,
    path: &str,
    document: &serde_json::Value,
) -> anyhow::Result<()> {
    let body = document.to_string().into_bytes();
    let (status, body) = load::once(target, "POST", path, body).await?;
    if status != 201 {
        bail!(
            "{path} refused it with {status}: {}",
            String::from_utf8_lossy(&body)
        );
    }
    Ok(())
}
