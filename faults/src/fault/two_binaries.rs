//! A second process on the data directory of a running one: it refuses and says why, and the first notices nothing.

use crate::lab::Lab;
use crate::options::Kind;
use crate::row::Outcome;
use crate::senders::Plan;
use crate::world::{Spec, World};
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(10);

pub async fn on_one_directory(lab: &Lab, kind: Kind) -> anyhow::Result<Outcome> {
    let world = World::new(lab, kind).await?;
    let node = world.start().await?;
    world.flow(&node).await?;
    let load = world.load(&[&node], Plan::default());
    let (cycles, mut codes, mut silent) = (lab.cycles(3, 30), Vec::new(), 0);
    for _ in 0..cycles {
        load.goes_on(50, PATIENCE).await;
        let mut second = world.spawn(Spec::default())?;
        codes.push(
            second
                .process
                .ended(PATIENCE)
                .await
                .and_then(|status| status.code()),
        );
        let named = second
            .said()
            .contains(&world.place.data.display().to_string());
        silent += usize::from(!named);
    }
    load.goes_on(50, PATIENCE).await;
    let mut row = world.verdict(&node, load, cycles).await?;
    row.must(
        codes.iter().all(|code| *code == Some(1)),
        format!("ended with {codes:?} instead of 1"),
    );
    row.must(silent == 0, "the refusal does not name the directory");
    row.must(row.twice == 0, "the first was disturbed");
    Ok(row.into())
}
