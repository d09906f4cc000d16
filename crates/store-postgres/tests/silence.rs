//! A network that carries nothing any more, and closes nothing either: everybody is answered within a bound, nobody else waits
//! for what was cut off, and what was acknowledged is there.
#![allow(clippy::unwrap_used)]

mod world;

use kernel::Timestamp;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::journal::{Committed, Timer, TimerKind, Unit};
use store::{Error, Journal, Parts};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, tcp};
use tokio::sync::watch;

/// One deadline, and an attempt to connect.
const BOUND: Duration = Duration::from_secs(15);

/// A way to the database that can be cut.
struct Wire {
    url: String,
    is_cut: watch::Sender<bool>,
}

impl Wire {
    async fn to(url: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (rest, database) = url.rsplit_once('/').unwrap();
        let (user, server) = rest.rsplit_once('@').unwrap();
        let server = server.to_owned();
        let (is_cut, cut) = watch::channel(false);
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let far = TcpStream::connect(&server).await.unwrap();
                let ((near_in, near_out), (far_in, far_out)) =
                    (near.into_split(), far.into_split());
                tokio::spawn(carry(near_in, far_out, cut.clone()));
                tokio::spawn(carry(far_in, near_out, cut.clone()));
            }
        });
        Self {
            url: format!("{user}@127.0.0.1:{port}/{database}"),
            is_cut,
        }
    }
}

/// What comes in while the wire is cut is lost, and so is the connection, silently.
async fn carry(
    mut from: tcp::OwnedReadHalf,
    mut to: tcp::OwnedWriteHalf,
    cut: watch::Receiver<bool>,
) {
    let mut room = vec![0; 1 << 16];
    while let Ok(size) = from.read(&mut room).await {
        if *cut.borrow() {
            std::future::pending::<()>().await;
        }
        if size == 0 || to.write_all(&room[..size]).await.is_err() {
            return;
        }
    }
}

fn unit(n: u64) -> Unit {
    Unit {
        set_timers: vec![Timer {
            part: 1,
            due_at: Timestamp::UNIX_EPOCH,
            kind: TimerKind::CallGrace,
            subject: u128::from(n).to_be_bytes(),
        }],
        ..Unit::default()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cut_network_is_noticed_and_nothing_acknowledged_is_lost() {
    let direct = lab::database();
    let wire = Wire::to(&direct).await;
    let store = Arc::new(world::open(&wire.url).await);
    let roster = store.attend("node", Duration::ZERO, &Parts::all()).await;
    assert_eq!(roster.unwrap().mine, Parts::all());
    let writers: Vec<_> = (0..16u64)
        .map(|task| {
            let store = store.clone();
            tokio::spawn(async move {
                let mut kept = Vec::new();
                for n in (0..).map(|i| task * 1_000_000 + i) {
                    let start = Instant::now();
                    match store.commit(unit(n)).await {
                        Ok(committed) => assert_eq!(committed, Committed::Durable),
                        Err(Error::Unavailable(_)) => {
                            assert!(start.elapsed() < BOUND, "{:?}", start.elapsed());
                            return kept;
                        }
                        Err(other) => panic!("{other}"),
                    }
                    kept.push(u128::from(n).to_be_bytes());
                }
                kept
            })
        })
        .collect();
    while store.stats().units < 200 {
        tokio::task::yield_now().await;
    }
    wire.is_cut.send_replace(true);
    // Another node on a way of its own takes over while the first hangs.
    let other = world::open(&direct).await;
    let start = Instant::now();
    while !other
        .attend("other", BOUND, &Parts::all())
        .await
        .unwrap()
        .mine
        .has(1)
    {
        assert!(start.elapsed() < BOUND, "nobody takes over");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let mut kept = Vec::new();
    for writer in writers {
        kept.extend(writer.await.unwrap());
    }
    wire.is_cut.send_replace(false);
    let start = Instant::now();
    while store.commit(unit(999)).await.is_err() {
        assert!(start.elapsed() < BOUND, "it does not go on");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let due = other
        .due(&Parts::all(), Timestamp::UNIX_EPOCH, u32::MAX)
        .await;
    let there: std::collections::HashSet<_> =
        due.unwrap().timers.iter().map(|t| t.subject).collect();
    assert!(!kept.is_empty());
    assert!(kept.iter().all(|subject| there.contains(subject)));
}
