//! Nodes beside each other on one database, where it gets narrow: all at once, and a take-over in the middle of a batch.
#![allow(clippy::unwrap_used)]

mod world;

use std::collections::HashSet;
use std::time::Duration;
use store::{Journal, Parts};
use store_postgres::Postgres;

const LONG: Duration = Duration::from_secs(3600);

async fn mine(store: &Postgres, node: &str, ttl: Duration, wanted: &Parts) -> Parts {
    store.attend(node, ttl, wanted).await.unwrap().mine
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nodes_that_attend_at_once_never_fail_and_never_share_a_partition() {
    let url = lab::database();
    let nodes: Vec<_> = (0..6u16)
        .map(|node| {
            let url = url.clone();
            tokio::spawn(async move {
                let store = world::open(&url).await;
                for round in 0..40u16 {
                    let name = format!("{node}-{}", round / 10);
                    let wanted = |part: &u16| (part ^ (round * 37)) % 7 != node;
                    let wanted: Parts = (0..1024).filter(wanted).collect();
                    let ttl = Duration::from_millis(u64::from(round % 3) * 5);
                    mine(&store, &name, ttl, &wanted).await;
                    if round % 10 == 9 && node % 2 == 0 {
                        store.leave(&name).await.unwrap();
                    }
                }
                store
            })
        })
        .collect();
    let mut seen = HashSet::new();
    for (n, node) in nodes.into_iter().enumerate() {
        let store = node.await.unwrap();
        for part in mine(&store, &format!("last-{n}"), LONG, &Parts::all())
            .await
            .iter()
        {
            assert!(seen.insert(part), "{part} has two owners");
        }
    }
    assert_eq!(seen.len(), 1024);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_take_over_leaves_a_node_alone_while_it_writes() {
    let url = lab::database();
    let (lost, other) = (world::open(&url).await, world::open(&url).await);
    assert_eq!(
        mine(&lost, "lost", Duration::ZERO, &Parts::all())
            .await
            .len(),
        1024
    );
    // As a batch holds the row of its node.
    let (mut client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls)
        .await
        .unwrap();
    tokio::spawn(connection);
    let batch = client.transaction().await.unwrap();
    let held = "SELECT name FROM nodes WHERE name = 'lost' FOR KEY SHARE";
    batch.query_one(held, &[]).await.unwrap();
    // The lost node renews and the other one attends, both without waiting.
    mine(&lost, "lost", Duration::ZERO, &Parts::all()).await;
    assert_eq!(mine(&other, "other", LONG, &Parts::all()).await.len(), 0);
    batch.commit().await.unwrap();
    let roster = other.attend("other", LONG, &Parts::all()).await.unwrap();
    assert_eq!((roster.mine.len(), roster.epochs[7]), (1024, 2));
}
