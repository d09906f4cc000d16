//! A destination that takes every request and answers none, at 400 events a second, beside one that is well: the other's
//! deliveries must not wait for it, and memory stays bounded.

use crate::lab::Lab;
use crate::ledger::{PROMPT, SILENT};
use crate::options::Kind;
use crate::row::Outcome;
use crate::senders::Plan;
use crate::world::World;
use bench::table::quantile_ms;
use serde_json::json;
use std::time::{Duration, Instant};
use tokio::time::sleep;

const MEMORY_MB: f64 = 400.0;
/// The p99 of a noisy machine moves by itself.
const RATIO: f64 = 5.0;
const AT_LEAST_MS: f64 = 250.0;

pub async fn beside_healthy(lab: &Lab, kind: Kind) -> anyhow::Result<Outcome> {
    let world = World::new(lab, kind).await?;
    let node = world.start().await?;
    let silent_one = world.ledger.another().await?;
    for (agent, to, path) in [
        ("well", world.ledger.address, PROMPT),
        ("silent", silent_one, SILENT),
    ] {
        let filter = json!({ "agents": [agent] });
        world.flow_to(&node, to, path, filter).await?;
    }
    let every = Duration::from_millis;
    let plan = |agent, senders, ms, first| Plan {
        senders,
        pause: every(ms),
        agent,
        first,
    };
    let well = world.load(&[&node], plan("well", 4, 30, 1));
    let other = world.load(&[&node], plan("silent", 16, 36, 1_000_000));
    // The same load, with everybody well: what this machine can do.
    sleep(Duration::from_secs(4)).await;
    let mut before = delays(&world, 0);
    world.ledger.speak(false);
    let (started, mark, sent) = (Instant::now(), world.ledger.mark(), other.mark());
    let hangs = Duration::from_secs(if lab.long { 600 } else { 15 });
    let mut memory = 0f64;
    while started.elapsed() < hangs {
        memory = memory.max(node.process.memory_mb());
        sleep(every(200)).await;
    }
    let mut during = delays(&world, mark);
    let rate = (other.mark() - sent) as f64 / started.elapsed().as_secs_f64();
    world.ledger.speak(true);
    let tally = well.stop().await.and(other.stop().await);
    let mut row = world.judge(&node, &tally, 1).await?;
    let (before, during) = (
        quantile_ms(&mut before, 0.99),
        quantile_ms(&mut during, 0.99),
    );
    let ratio = during / before.max(1.0);
    row.note(format!("p99 of the healthy: {before:.0} ms, and {during:.0} ms ({ratio:.1}×) beside {rate:.0}/s that hang"));
    row.note(format!("{memory:.0} MB at most"));
    row.must(
        ratio < RATIO || during < AT_LEAST_MS,
        "the healthy destination waits for the hanging one",
    );
    row.must(
        memory < MEMORY_MB,
        format!("more than {MEMORY_MB} MB of memory"),
    );
    Ok(row.into())
}

/// Of deliveries to the healthy one.
fn delays(world: &World<'_>, mark: usize) -> Vec<u64> {
    let arrivals = world.ledger.arrivals(mark);
    let well = arrivals.iter().filter(|arrival| arrival.number < 1_000_000);
    well.map(|arrival| arrival.delay_us).collect()
}
