//! Far more and far larger requests than there is room for: refused with 429 before memory is at risk, and normal afterwards.

use crate::lab::Lab;
use crate::options::Kind;
use crate::pour::{Answers, pour};
use crate::row::Outcome;
use crate::senders::Plan;
use crate::world::World;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::time::sleep;

const MEMORY_MB: f64 = 600.0;
const PATIENCE: Duration = Duration::from_secs(30);

pub async fn large_bodies(lab: &Lab, kind: Kind) -> anyhow::Result<Outcome> {
    let world = World::new(lab, kind).await?;
    let node = world.start().await?;
    let filter = serde_json::json!({ "agents": ["a1"] });
    let to = world.ledger.address;
    world
        .flow_to(&node, to, crate::ledger::PROMPT, filter)
        .await?;
    let load = world.load(&[&node], Plan::default());
    load.goes_on(100, PATIENCE).await;
    let (connections, most_mb, lasts) = if lab.long { (500, 8, 60) } else { (150, 3, 4) };
    let until = Instant::now() + Duration::from_secs(lasts);
    let answers = Arc::<Mutex<Answers>>::default();
    let flood: Vec<_> = (0..connections)
        .map(|n| {
            let megabytes = 1 + n % most_mb;
            tokio::spawn(pour(
                node.address().to_owned(),
                n,
                megabytes,
                until,
                answers.clone(),
            ))
        })
        .collect();
    let mut memory = 0f64;
    while !flood.iter().all(tokio::task::JoinHandle::is_finished) {
        memory = memory.max(node.process.memory_mb());
        sleep(Duration::from_millis(50)).await;
    }
    let over = Instant::now();
    anyhow::ensure!(
        load.goes_on(100, PATIENCE).await.is_some(),
        "nothing is accepted after the flood"
    );
    let recovery = over.elapsed();
    let mut row = world.verdict(&node, load, 1).await?;
    row.recoveries.push(recovery);
    let answers = answers.lock().expect("no holder panics");
    row.note(format!(
        "{connections} connections with 1–{most_mb} MB each: {:?}, {} broken",
        answers.statuses, answers.broken
    ));
    row.note(format!("{memory:.0} MB at most"));
    row.must(
        answers.statuses.contains_key(&429),
        "nobody was told to slow down",
    );
    let known = answers
        .statuses
        .keys()
        .all(|status| matches!(status, 202 | 429));
    row.must(known, "answers nobody expects");
    row.must(
        answers.without_time == 0,
        format!("{} refusals without Retry-After", answers.without_time),
    );
    row.must(
        answers.hung == 0,
        format!("{} large requests were left hanging", answers.hung),
    );
    row.must(
        memory < MEMORY_MB,
        format!("more than {MEMORY_MB} MB of memory"),
    );
    row.recovers_within(Duration::from_secs(5));
    Ok(row.into())
}
