//! The disk is full: refused with 503 while it is, nothing acknowledged is lost, and it goes on by itself once there is room.

use crate::lab::Lab;
use crate::mount::Small;
use crate::options::Kind;
use crate::row::Outcome;
use crate::senders::Plan;
use crate::world::{Place, World};
use std::time::{Duration, Instant};
use tokio::task::block_in_place;
use tokio::time::sleep;

const PATIENCE: Duration = Duration::from_secs(30);
const MEGABYTES: u32 = 320;

pub async fn while_accepting(lab: &Lab, kind: Kind) -> anyhow::Result<Outcome> {
    let small = match Small::mount(MEGABYTES) {
        Ok(small) => small,
        Err(why) => return Ok(Outcome::Skipped(format!("nothing can be mounted: {why:#}"))),
    };
    let mut cluster = match kind {
        Kind::Sqlite => None,
        Kind::Postgres => {
            let settings = ["min_wal_size=32MB", "max_wal_size=64MB"];
            let options = ::lab::Options::set(&settings);
            Some(block_in_place(|| {
                ::lab::Cluster::start_with(&small.path().join("cluster"), options)
            })?)
        }
    };
    let mut place = Place::default();
    match &cluster {
        None => place.data = small.path().join("data"),
        Some(cluster) => place.database = Some(block_in_place(|| cluster.create("full"))?),
    }
    let world = World::at(lab, kind, place).await?;
    let node = world.start().await?;
    world.flow(&node).await?;
    let load = world.load(
        &[&node],
        Plan {
            senders: 32,
            pause: Duration::ZERO,
            ..Plan::default()
        },
    );
    let (cycles, mut recoveries, mut restarts, mut refused) = (lab.cycles(1, 10), Vec::new(), 0, 0);
    for _ in 0..cycles {
        load.goes_on(100, PATIENCE).await;
        let before = load.tally().unavailable;
        small.fill(3)?;
        let filled = Instant::now();
        while load.tally().unavailable == before && filled.elapsed() < PATIENCE {
            sleep(Duration::from_millis(20)).await;
        }
        sleep(Duration::from_secs(3)).await;
        refused += load.tally().unavailable - before;
        small.free()?;
        restarts += usize::from(revive(cluster.as_mut())?);
        let freed = Instant::now();
        anyhow::ensure!(
            load.goes_on(1, PATIENCE).await.is_some(),
            "nothing is accepted any more: {}",
            node.said()
        );
        world.delivered(load.acknowledged(0), PATIENCE).await?;
        recoveries.push(freed.elapsed());
    }
    let mut row = world.verdict(&node, load, cycles).await?;
    row.recoveries = recoveries;
    row.note(format!("{refused} answers of 503 meanwhile"));
    if restarts > 0 {
        row.note(format!(
            "PostgreSQL itself gave up {restarts} times and was started again"
        ));
    }
    row.must(refused > 0, "the disk did not become full");
    row.recovers_within(Duration::from_secs(10));
    Ok(row.into())
}

/// PostgreSQL ends when it cannot write its log: somebody has to start it again. Whether that was so.
fn revive(cluster: Option<&mut ::lab::Cluster>) -> anyhow::Result<bool> {
    let Some(cluster) = cluster else {
        return Ok(false);
    };
    block_in_place(|| {
        let url = cluster.url("postgres");
        let until = Instant::now() + Duration::from_secs(5);
        while Instant::now() < until {
            if ::lab::sql(&url, "SELECT 1").is_ok() {
                return Ok(false);
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        cluster.stop(::lab::Mode::Immediate)?;
        cluster.start_again()?;
        Ok(true)
    })
}
