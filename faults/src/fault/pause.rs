//! SIGSTOP: a process that stands still for a while, as a virtual machine does that is moved or starved. Past its lease others
//! go on with its work, and what it still holds when it wakes must not be written.

use crate::lab::Lab;
use crate::options::Kind;
use crate::row::Outcome;
use crate::senders::Plan;
use crate::world::World;
use std::time::{Duration, Instant};
use tokio::time::sleep;

const PATIENCE: Duration = Duration::from_secs(30);
/// Six seconds of lease, and what it takes to notice.
const TAKEN_OVER: Duration = Duration::from_secs(10);

pub async fn short(lab: &Lab, kind: Kind) -> anyhow::Result<Outcome> {
    let world = World::new(lab, kind).await?;
    let mut node = world.start().await?;
    world.flow(&node).await?;
    let load = world.load(&[&node], Plan::default());
    let (cycles, mut recoveries) = (lab.cycles(5, 60), Vec::new());
    for cycle in 0..cycles {
        load.goes_on(100, PATIENCE).await;
        node.process.signal("STOP");
        sleep(Duration::from_millis(100 + (cycle as u64 * 1300) % 2900)).await;
        let before = load.acknowledged(0);
        node.process.signal("CONT");
        recoveries.push(world.delivered(before, PATIENCE).await?);
    }
    let mut row = world.verdict(&node, load, cycles).await?;
    row.recoveries = recoveries;
    row.recovers_within(Duration::from_secs(3));
    row.must(
        row.twice == 0,
        "a pause shorter than the lease repeats nothing",
    );
    Ok(row.into())
}

pub async fn past_the_lease(lab: &Lab, kind: Kind) -> anyhow::Result<Outcome> {
    let world = World::new(lab, kind).await?;
    let mut paused = world.start().await?;
    let other = world.start().await?;
    world.flow(&other).await?;
    for node in [&paused, &other] {
        world.shares(node, 2).await?;
    }
    let load = world.load(&[&paused, &other], Plan::default());
    let (cycles, mut recoveries) = (lab.cycles(1, 20), Vec::new());
    for _ in 0..cycles {
        load.goes_on(300, PATIENCE).await;
        paused.process.signal("STOP");
        let (stopped, before) = (Instant::now(), load.acknowledged(0));
        world.delivered(before, PATIENCE).await?;
        recoveries.push(stopped.elapsed());
        sleep(Duration::from_secs(9).saturating_sub(stopped.elapsed())).await;
        paused.process.signal("CONT");
        world.shares(&paused, 2).await?;
    }
    load.goes_on(300, PATIENCE).await;
    let mut row = world.verdict(&other, load, cycles).await?;
    row.recoveries = recoveries;
    row.recovers_within(TAKEN_OVER);
    row.must(
        row.twice <= cycles * 64,
        "more was repeated than was under way",
    );
    Ok(row.into())
}
