//! The version before and the one after, side by side on one schema: nodes are replaced one by one, so each must work while a
//! newer one has already widened the schema. On SQLite they take turns.

use crate::lab::Lab;
use crate::node::Node;
use crate::options::Kind;
use crate::row::Outcome;
use crate::senders::Plan;
use crate::world::{Spec, World};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(30);

/// What a next version might add, which takes nothing away and says that schema 1 still works. One by one: whoever locks
/// several hot tables in one transaction and in another order than nodes do is the victim of a deadlock.
const WIDER: [&str; 6] = [
    "ALTER TABLE runs ADD COLUMN later text",
    "ALTER TABLE calls ADD COLUMN later text",
    "ALTER TABLE nodes ADD COLUMN later text",
    "CREATE TABLE later (id int)",
    "CREATE INDEX runs_later ON runs (updated_at)",
    "INSERT INTO migrations (number, sha256, runs_from) VALUES (9000, 'later', 1)",
];

pub async fn side_by_side(lab: &Lab, kind: Kind) -> anyhow::Result<Outcome> {
    let world = World::new(lab, kind).await?;
    let old = lab.old.as_deref();
    let mut nodes: Vec<Node> = Vec::new();
    for _ in 0..2 {
        nodes.push(
            world
                .start_as(Spec {
                    program: old,
                    ..Spec::default()
                })
                .await?,
        );
    }
    world.flow(&nodes[0]).await?;
    let load = world.load(&[&nodes[0], &nodes[1]], Plan::default());
    let (mut recoveries, mut codes) = (Vec::new(), Vec::new());
    load.goes_on(100, PATIENCE).await;
    if old.is_none()
        && let Some(url) = &world.place.database
    {
        for statement in WIDER {
            tokio::task::block_in_place(|| ::lab::sql(url, statement))?;
        }
    }
    for node in &mut nodes {
        load.goes_on(200, PATIENCE).await;
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
        *node = world
            .start_as(Spec {
                address,
                ..Spec::default()
            })
            .await?;
        world.delivered(before, PATIENCE).await?;
        recoveries.push(since.elapsed());
    }
    load.goes_on(200, PATIENCE).await;
    let mut row = world.verdict(&nodes[0], load, 2).await?;
    row.recoveries = recoveries;
    row.note(match old {
        Some(old) => format!("from {}", old.display()),
        None => "from itself, over a schema that was widened meanwhile".into(),
    });
    row.must(
        codes.iter().all(|code| *code == Some(0)),
        format!("ended with {codes:?} instead of 0"),
    );
    row.must(row.twice == 0, "an upgrade repeats nothing");
    row.recovers_within(Duration::from_secs(10));
    Ok(row.into())
}
