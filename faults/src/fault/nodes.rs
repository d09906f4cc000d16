//! Nodes that share one database, and come and go: killed under load, and replaced in good order one after the other.

use crate::lab::Lab;
use crate::node::{Client, Node};
use crate::options::Kind;
use crate::row::Outcome;
use crate::senders::Plan;
use crate::world::{Spec, World};
use anyhow::ensure;
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(30);
const TAKEN_OVER: Duration = Duration::from_secs(10);

impl World<'_> {
    /// Waits until a node knows of `nodes` nodes and works on a share.
    pub async fn shares(&self, node: &Client, nodes: usize) -> anyhow::Result<()> {
        let knows = node
            .tells("switchhook_nodes", |known| known == nodes as f64, PATIENCE)
            .await;
        ensure!(knows, "a node does not know of {nodes} nodes");
        let most = 1024.0 * 0.8 + if nodes == 1 { 1024.0 } else { 0.0 };
        let works = node
            .tells(
                "switchhook_partitions",
                |held| held > 0.0 && held < most,
                PATIENCE,
            )
            .await;
        ensure!(works, "a node of {nodes} does not get its share");
        Ok(())
    }

    async fn cluster(&self, count: usize) -> anyhow::Result<Vec<Node>> {
        let mut nodes = Vec::new();
        for _ in 0..count {
            nodes.push(self.start().await?);
        }
        self.flow(&nodes[0]).await?;
        for node in &nodes {
            self.shares(node, count).await?;
        }
        Ok(nodes)
    }
}

pub async fn one_of_two_killed(lab: &Lab, kind: Kind) -> anyhow::Result<Outcome> {
    killed(lab, kind, 2).await
}

pub async fn one_of_three_killed(lab: &Lab, kind: Kind) -> anyhow::Result<Outcome> {
    killed(lab, kind, 3).await
}

async fn killed(lab: &Lab, kind: Kind, count: usize) -> anyhow::Result<Outcome> {
    let world = World::new(lab, kind).await?;
    let mut nodes = world.cluster(count).await?;
    let all: Vec<&Client> = nodes.iter().map(|node| &**node).collect();
    let load = world.load(&all, Plan::default());
    let (cycles, mut recoveries) = (lab.cycles(1, 40), Vec::new());
    for cycle in 0..cycles {
        load.goes_on(300, PATIENCE).await;
        let killed = &mut nodes[cycle % count];
        let address = Some(killed.address().to_owned());
        killed.process.kill();
        let since = Instant::now();
        world.delivered(load.acknowledged(0), PATIENCE).await?;
        recoveries.push(since.elapsed());
        // It comes back, and takes its share.
        nodes[cycle % count] = world
            .start_as(Spec {
                address,
                ..Spec::default()
            })
            .await?;
        for node in &nodes {
            world.shares(node, count).await?;
        }
    }
    load.goes_on(100, PATIENCE).await;
    let mut row = world.verdict(&nodes[0], load, cycles).await?;
    row.recoveries = recoveries;
    row.recovers_within(TAKEN_OVER);
    row.must(
        row.twice <= cycles * 64,
        "more was repeated than was under way",
    );
    Ok(row.into())
}

/// SIGTERM under load, one node after the other.
pub async fn drained(lab: &Lab, kind: Kind) -> anyhow::Result<Outcome> {
    let count = match kind {
        Kind::Sqlite => 1,
        Kind::Postgres => 2,
    };
    let world = World::new(lab, kind).await?;
    let mut nodes = world.cluster(count).await?;
    let all: Vec<&Client> = nodes.iter().map(|node| &**node).collect();
    let load = world.load(&all, Plan::default());
    let (cycles, mut recoveries, mut codes) = (lab.cycles(4, 60), Vec::new(), Vec::new());
    for cycle in 0..cycles {
        load.goes_on(150, PATIENCE).await;
        let node = &mut nodes[cycle % count];
        let address = Some(node.address().to_owned());
        let since = Instant::now();
        node.process.signal("TERM");
        let before = load.acknowledged(0);
        codes.push(
            node.process
                .ended(PATIENCE)
                .await
                .and_then(|status| status.code()),
        );
        nodes[cycle % count] = world
            .start_as(Spec {
                address,
                ..Spec::default()
            })
            .await?;
        world.delivered(before, PATIENCE).await?;
        recoveries.push(since.elapsed());
        for node in &nodes {
            world.shares(node, count).await?;
        }
    }
    let mut row = world.verdict(&nodes[0], load, cycles).await?;
    row.recoveries = recoveries;
    let orderly = codes.iter().all(|code| *code == Some(0));
    row.must(orderly, format!("ended with {codes:?} instead of 0"));
    row.must(row.twice == 0, "an orderly end repeats nothing");
    row.recovers_within(TAKEN_OVER);
    Ok(row.into())
}
