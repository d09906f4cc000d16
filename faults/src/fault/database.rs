//! The database goes away under load: for the moment of a restart, orderly or not, and for a while.

use crate::lab::Lab;
use crate::options::Kind;
use crate::row::Outcome;
use crate::senders::Plan;
use crate::world::World;
use lab::Mode;
use std::time::{Duration, Instant};
use tokio::task::block_in_place;
use tokio::time::sleep;

const PATIENCE: Duration = Duration::from_secs(30);
const BOUND: Duration = Duration::from_secs(10);

pub async fn restart(lab: &Lab, kind: Kind) -> anyhow::Result<Outcome> {
    let world = World::new(lab, kind).await?;
    let node = world.start().await?;
    world.flow(&node).await?;
    let load = world.load(&[&node], Plan::default());
    let (cycles, mut recoveries) = (lab.cycles(4, 40), Vec::new());
    for cycle in 0..cycles {
        load.goes_on(200, PATIENCE).await;
        let mode = if cycle % 2 == 0 {
            Mode::Fast
        } else {
            Mode::Immediate
        };
        block_in_place(|| lab.cluster()?.restart(mode))?;
        let (back, before) = (Instant::now(), load.acknowledged(0));
        anyhow::ensure!(
            load.goes_on(1, PATIENCE).await.is_some(),
            "nothing is accepted any more"
        );
        world.delivered(before, PATIENCE).await?;
        recoveries.push(back.elapsed());
    }
    let mut row = world.verdict(&node, load, cycles).await?;
    row.recoveries = recoveries;
    row.recovers_within(BOUND);
    Ok(row.into())
}

pub async fn away(lab: &Lab, kind: Kind) -> anyhow::Result<Outcome> {
    let world = World::new(lab, kind).await?;
    let node = world.start().await?;
    world.flow(&node).await?;
    let load = world.load(&[&node], Plan::default());
    let (cycles, mut recoveries) = (lab.cycles(1, 10), Vec::new());
    let (mut accepted, mut refused) = (0, 0);
    for _ in 0..cycles {
        load.goes_on(300, PATIENCE).await;
        block_in_place(|| lab.cluster()?.stop(Mode::Fast))?;
        // Answers that were on their way.
        sleep(Duration::from_millis(200)).await;
        let before = load.tally();
        sleep(Duration::from_secs(8)).await;
        let after = load.tally();
        accepted += after.acknowledged.len() - before.acknowledged.len();
        refused += after.unavailable - before.unavailable;
        block_in_place(|| lab.cluster()?.start_again())?;
        let back = Instant::now();
        anyhow::ensure!(
            load.goes_on(1, PATIENCE).await.is_some(),
            "nothing is accepted any more"
        );
        world.delivered(after.acknowledged, PATIENCE).await?;
        recoveries.push(back.elapsed());
    }
    let mut row = world.verdict(&node, load, cycles).await?;
    row.recoveries = recoveries;
    row.note(format!("{refused} answers of 503 meanwhile"));
    row.must(
        accepted == 0,
        format!("{accepted} were acknowledged without a database"),
    );
    row.must(refused > 0, "nobody was told to come again");
    row.recovers_within(BOUND);
    Ok(row.into())
}
