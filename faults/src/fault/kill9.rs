//! kill -9: at each point of a commit, and at moments that nobody chose. The senders go on all the while.

use crate::lab::Lab;
use crate::options::Kind;
use crate::row::Outcome;
use crate::senders::Plan;
use crate::world::{Spec, World};
use std::time::{Duration, Instant};

const POINTS: [&str; 3] = ["before_begin", "before_commit", "after_commit"];
/// Calls to one destination at once: what may be under way when a process dies.
const UNDER_WAY: usize = 64;
const PATIENCE: Duration = Duration::from_secs(30);

pub async fn at_commit_points(lab: &Lab, kind: Kind) -> anyhow::Result<Outcome> {
    let world = World::new(lab, kind).await?;
    let mut node = world.start().await?;
    world.flow(&node).await?;
    let (address, load) = (node.address().to_owned(), world.load(&[&node], pace(kind)));
    load.goes_on(20, PATIENCE).await;
    node.process.kill();
    let (cycles, mut survived) = (lab.cycles(12, 300), 0);
    for cycle in 0..cycles {
        let point = format!("{}:{}", POINTS[cycle % POINTS.len()], 2 + (cycle * 7) % 40);
        let envs = vec![("SWITCHHOOK_CRASH_AT", point)];
        let address = Some(address.clone());
        let mut node = world.spawn(Spec {
            address,
            envs,
            ..Spec::default()
        })?;
        if node.process.ended(Duration::from_secs(10)).await.is_none() {
            survived += 1;
        }
    }
    let started = Instant::now();
    let node = world
        .start_as(Spec {
            address: Some(address),
            ..Spec::default()
        })
        .await?;
    world.delivered(load.acknowledged(0), PATIENCE).await?;
    let recovery = started.elapsed();
    load.goes_on(50, PATIENCE).await;
    let mut row = world.verdict(&node, load, cycles).await?;
    row.recoveries.push(recovery);
    row.must(
        survived == 0,
        format!("{survived} processes did not reach their commit point"),
    );
    row.must(
        row.twice <= cycles * UNDER_WAY,
        "more was repeated than was under way",
    );
    Ok(row.into())
}

pub async fn at_random(lab: &Lab, kind: Kind) -> anyhow::Result<Outcome> {
    let world = World::new(lab, kind).await?;
    let mut node = world.start().await?;
    world.flow(&node).await?;
    let (address, load) = (node.address().to_owned(), world.load(&[&node], pace(kind)));
    load.goes_on(20, PATIENCE).await;
    let (cycles, mut recoveries, mut delivered) = (lab.cycles(12, 1000), Vec::new(), 0);
    for cycle in 0..cycles {
        node.process.kill();
        let started = Instant::now();
        let address = Some(address.clone());
        node = world.spawn(Spec {
            address,
            ..Spec::default()
        })?;
        // Every so often it may recover first: what was under way meanwhile is the next one's to find.
        if cycle % waits_every(kind) == 1 || cycle + 1 == cycles {
            let mark = load.mark();
            world
                .delivered(load.acknowledged(delivered), PATIENCE)
                .await?;
            delivered = mark;
            recoveries.push(started.elapsed());
        }
        let moment = 20 + (cycle as u64 * 137) % 400;
        tokio::time::sleep(Duration::from_millis(moment)).await;
    }
    let mut row = world.verdict(&node, load, cycles).await?;
    row.recoveries = recoveries;
    row.recovers_within(recovery_bound(kind));
    row.must(
        row.twice <= cycles * UNDER_WAY,
        "more was repeated than was under way",
    );
    Ok(row.into())
}

/// On PostgreSQL work stands still until a lease has run out, and all that was accepted meanwhile is to be done after it.
fn pace(kind: Kind) -> Plan {
    match kind {
        Kind::Sqlite => Plan::default(),
        Kind::Postgres => Plan {
            senders: 4,
            pause: Duration::from_millis(40),
            ..Plan::default()
        },
    }
}

fn waits_every(kind: Kind) -> usize {
    match kind {
        Kind::Sqlite => 2,
        Kind::Postgres => 6,
    }
}

fn recovery_bound(kind: Kind) -> Duration {
    match kind {
        Kind::Sqlite => Duration::from_secs(3),
        Kind::Postgres => Duration::from_secs(15),
    }
}
