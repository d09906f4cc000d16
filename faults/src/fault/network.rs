//! The network between a node and the database is cut, while the node still reaches the world: others go on with its work, and
//! past its lease it begins nothing, however much it holds.

use crate::lab::Lab;
use crate::net::{Link, Namespace};
use crate::options::Kind;
use crate::row::{Outcome, Row};
use crate::senders::{Load, Plan};
use crate::world::{Place, Spec, World};
use std::net::IpAddr;
use std::time::{Duration, Instant};
use tokio::task::block_in_place;
use tokio::time::sleep;

const PATIENCE: Duration = Duration::from_secs(30);
const LEASE: Duration = Duration::from_secs(6);
const TAKEN_OVER: Duration = Duration::from_secs(10);

/// How it is cut, and for how many seconds.
type Cut = (fn(&Link) -> anyhow::Result<()>, u64);

const SHORT: &[Cut] = &[(Link::pull, 3), (Link::swallow, 11)];
const LONG: &[Cut] = &[
    (Link::pull, 3),
    (Link::swallow, 3),
    (Link::pull, 15),
    (Link::swallow, 15),
];

pub async fn cut_off(lab: &Lab, kind: Kind) -> anyhow::Result<Outcome> {
    let mut namespace = match Namespace::make() {
        Ok(namespace) => namespace,
        Err(why) => return Ok(Outcome::Skipped(format!("no network of our own: {why:#}"))),
    };
    let (to_database, to_world) = (namespace.link()?, namespace.link()?);
    let dir = tempfile::Builder::new()
        .prefix("switchhook-faults-")
        .tempdir()?;
    let options = ::lab::Options {
        address: to_database.host,
        ..::lab::Options::default()
    };
    let cluster =
        block_in_place(|| ::lab::Cluster::start_with(&dir.path().join("cluster"), options))?;
    let place = Place {
        database: Some(block_in_place(|| cluster.create("cut"))?),
        receiver: Some(to_world.host),
        ..Place::default()
    };
    let world = World::at(lab, kind, place).await?;
    let address = Some(format!("{}:4600", to_world.inside));
    let cut = world
        .start_as(Spec {
            address,
            through: namespace.through(),
            ..Spec::default()
        })
        .await?;
    let other = world.start().await?;
    world.flow(&other).await?;
    world.shares(&other, 2).await?;
    let load = world.load(&[&cut, &other], Plan::default());
    let (mut recoveries, mut begun, mut cycles) = (Vec::new(), 0, 0);
    for _ in 0..lab.cycles(1, 10) {
        for (how, seconds) in if lab.long { LONG } else { SHORT } {
            load.goes_on(300, PATIENCE).await;
            let (since, mark) = (Instant::now(), world.ledger.mark());
            how(&to_database)?;
            let mended = since + Duration::from_secs(*seconds);
            recoveries.push(went_on(&world, &load, since, mended, &to_database).await?);
            begun += begun_past_the_lease(&world, to_world.inside, mark, since, mended);
            world.shares(&cut, 2).await?;
            cycles += 1;
        }
    }
    load.goes_on(100, PATIENCE).await;
    let mut row: Row = world.verdict(&other, load, cycles).await?;
    row.recoveries = recoveries;
    row.recovers_within(TAKEN_OVER);
    row.must(
        begun == 0,
        format!("{begun} deliveries were begun past the lease"),
    );
    row.must(
        row.twice <= cycles * 64,
        "more was repeated than was under way",
    );
    Ok(row.into())
}

/// Until everything acknowledged before the cut has been delivered. The link is mended when its time has come.
async fn went_on(
    world: &World<'_>,
    load: &Load,
    since: Instant,
    mended: Instant,
    link: &Link,
) -> anyhow::Result<Duration> {
    let before = load.acknowledged(0);
    let delivered = async {
        world.delivered(before, PATIENCE).await?;
        anyhow::Ok(since.elapsed())
    };
    let mends = async {
        sleep(mended.saturating_duration_since(Instant::now())).await;
        link.mend()
    };
    let (took, mended) = tokio::join!(delivered, mends);
    mended?;
    took
}

fn begun_past_the_lease(
    world: &World<'_>,
    by: IpAddr,
    mark: usize,
    since: Instant,
    mended: Instant,
) -> usize {
    // What was begun in time may still be on its way.
    let late = since + LEASE + Duration::from_millis(500);
    let arrivals = world.ledger.arrivals(mark);
    let begun = arrivals
        .iter()
        .filter(|a| a.from == by && a.at > late && a.at < mended);
    begun.count()
}
