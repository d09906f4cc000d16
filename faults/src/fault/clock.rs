//! The clock jumps by a day while retries wait, forward and back. What was due comes at most once and is not forgotten; what a
//! clock that ran ahead has put off by a day is due when that day is there, and not before.

use crate::inside::{Inside, world_out};
use crate::lab::Lab;
use crate::ledger::SECOND;
use crate::options::Kind;
use crate::row::Outcome;
use crate::senders::{Load, Plan};
use crate::world::World;
use kernel::Timestamp;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};
use tokio::time::sleep;

const DAY_S: i64 = 24 * 3600;
const PATIENCE: Duration = Duration::from_secs(20);
/// A retry waits for a second; a loop looks at the clock every five.
const BOUND: Duration = Duration::from_secs(12);

pub async fn jumps(lab: &Lab, kind: Kind) -> anyhow::Result<Outcome> {
    let world = World::new(lab, kind).await?;
    let mut first = world.start().await?;
    let to = world.ledger.address;
    world
        .flow_to(&first, to, SECOND, serde_json::json!({}))
        .await?;
    first.process.stop();
    let ahead = Arc::new(AtomicI64::new(0));
    let clock = ahead.clone();
    let clock = Arc::new(move || {
        Timestamp::now() + Duration::from_secs(clock.load(Ordering::Relaxed).unsigned_abs())
    });
    let inside = Inside::start(&world, clock, world_out()?).await?;
    let load = Load::start(
        vec![inside.client.target.clone()],
        Plan {
            senders: 4,
            ..Plan::default()
        },
    );
    let (cycles, mut recoveries) = (lab.cycles(1, 20), Vec::new());
    for _ in 0..cycles {
        // Retries wait; the clock is a day ahead: they are due, and what comes now waits by the new clock.
        load.goes_on(200, PATIENCE).await;
        ahead.fetch_add(DAY_S, Ordering::Relaxed);
        recoveries.push(due_by_now(&world, &load).await?);
        // It jumps back. What waits by the clock of tomorrow must wait; what is accepted now must not.
        load.goes_on(200, PATIENCE).await;
        let tomorrows = load.acknowledged(0);
        ahead.fetch_sub(DAY_S, Ordering::Relaxed);
        anyhow::ensure!(
            load.goes_on(200, PATIENCE).await.is_some(),
            "nothing is accepted after the clock went back"
        );
        sleep(Duration::from_millis(500)).await;
        let today = load.acknowledged(tomorrows.len() + 64);
        recoveries.push(world.delivered(today, PATIENCE).await?);
        // And forward again, which is when tomorrow's retries are due.
        ahead.fetch_add(DAY_S, Ordering::Relaxed);
        recoveries.push(due_by_now(&world, &load).await?);
        ahead.fetch_add(DAY_S, Ordering::Relaxed);
    }
    let tally = load.stop().await;
    let mut row = world.judge(&inside.client, &tally, cycles * 4).await?;
    inside.stop().await;
    row.recoveries = recoveries;
    row.recovers_within(BOUND);
    row.must(row.twice == 0, "a jump of the clock repeats nothing");
    Ok(row.into())
}

async fn due_by_now(world: &World<'_>, load: &Load) -> anyhow::Result<Duration> {
    let (since, before) = (Instant::now(), load.acknowledged(0));
    world.delivered(before, PATIENCE).await?;
    Ok(since.elapsed())
}
