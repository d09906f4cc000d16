//! Very many runs that all wait for the same moment, over a restart: the start must not take longer for them, and when the
//! moment comes they are spread, each delivered once and none early, while events are accepted as ever.

use crate::copies;
use crate::inside::{Inside, world_out};
use crate::lab::Lab;
use crate::ledger::PROMPT;
use crate::options::Kind;
use crate::row::Outcome;
use crate::senders::{Plan, Tally};
use crate::waiting::Refusing;
use crate::world::{START, Spec, World};
use anyhow::ensure;
use bench::table::quantile_ms;
use bench::{load, payload};
use kernel::Timestamp;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::time::sleep;

const READY: Duration = Duration::from_secs(1);
const WAITS: Duration = Duration::from_secs(1800);
const PATIENCE: Duration = Duration::from_secs(30);

pub async fn all_at_once(lab: &Lab, kind: Kind) -> anyhow::Result<Outcome> {
    // Unoptimised, each delivery costs ten times as much.
    let short = if cfg!(debug_assertions) {
        4_000
    } else {
        20_000
    };
    let count = lab.cycles(short, 100_000) as u64;
    let world = World::new(lab, kind).await?;
    let mut first = world.start().await?;
    let to = world.ledger.address;
    world
        .flow_to(&first, to, PROMPT, serde_json::json!({}))
        .await?;
    first.process.stop();
    // So long it may take to write them and to start.
    let lead = Duration::from_secs(10 + count / 1000);
    let due = Instant::now() + lead;
    write(&world, count, Timestamp::now() + lead).await?;
    let mut node = world.spawn(Spec::default())?;
    let ready = node.ready(START).await;
    ensure!(ready.is_some(), "it did not start: {}", node.said());
    let waited = node.get("/v1/stats").await?["runs"]["waiting"]
        .as_u64()
        .unwrap_or(0);
    let early = due.saturating_duration_since(Instant::now());
    let plan = Plan {
        first: 5_000_000,
        ..Plan::default()
    };
    let load = world.load(&[&node], plan);
    sleep(early).await;
    let mark = load.mark();
    world.delivered((1..=count).collect(), PATIENCE).await?;
    let took = due.elapsed();
    let mut meanwhile = load.tally().latencies_us.split_off(mark);
    let timed = Tally {
        acknowledged: (1..=count).collect(),
        ..Tally::default()
    };
    let tally = load.stop().await.and(timed);
    let mut row = world.judge(&node, &tally, 1).await?;
    row.recoveries = ready.into_iter().collect();
    let arrivals = world.ledger.arrivals(0);
    let soon = arrivals
        .iter()
        .filter(|arrival| arrival.number <= count && arrival.at < due)
        .count();
    row.note(format!(
        "{waited} waited when it was ready; spread over {:.1} s",
        took.as_secs_f64()
    ));
    row.note(format!(
        "accepting meanwhile took {:.0} ms (p99)",
        quantile_ms(&mut meanwhile, 0.99)
    ));
    row.must(
        early > Duration::ZERO && waited == count,
        "they were due before the start was measured",
    );
    row.must(soon == 0, format!("{soon} came early"));
    row.must(row.twice == 0, "some came twice");
    row.recovers_within(READY);
    Ok(row.into())
}

/// Writes so many runs that wait until `due`: the engine makes the first.
async fn write(world: &World<'_>, count: u64, due: Timestamp) -> anyhow::Result<()> {
    let made = due - WAITS;
    let refusing = Arc::new(Refusing::new(world_out()?, WAITS));
    let inside = Inside::start(world, Arc::new(move || made), refusing).await?;
    let (status, said) = load::once(
        &inside.client.target,
        "POST",
        "/v1/events",
        payload::event(1),
    )
    .await?;
    ensure!(
        status == 202,
        "{status}: {}",
        String::from_utf8_lossy(&said)
    );
    let started = Instant::now();
    while inside.client.get("/v1/stats").await?["runs"]["waiting"] != 1 {
        ensure!(started.elapsed() < PATIENCE, "the first run does not wait");
        sleep(Duration::from_millis(20)).await;
    }
    copies::make(inside.store.as_ref(), 1, 2..=count).await?;
    inside.stop().await;
    Ok(())
}
