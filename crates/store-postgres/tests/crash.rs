//! A process that ends at any point of a batch keeps what it acknowledged, and no half of anything.
#![allow(clippy::unwrap_used)]

mod world;

use kernel::Timestamp;
use kernel::id::WorkspaceId;
use std::process::Command;
use store::catalog::{Document, Kind};
use store::journal::{Committed, Timer, TimerKind, Unit};
use store::{Catalog, Journal, Parts};
use store_postgres::Postgres;

const URL: &str = "SWITCHHOOK_TEST_URL";
const WRITES: &str = "SWITCHHOOK_TEST_WRITES";

fn workspace() -> WorkspaceId {
    WorkspaceId::new(1, 1, [1; 16])
}

/// The child: writes documents or units until the crash point ends it. Without its variables it is nobody's child.
#[tokio::test]
async fn the_process_that_crashes() {
    let Ok(url) = std::env::var(URL) else {
        return;
    };
    let store = world::open(&url).await;
    let writes_units = std::env::var(WRITES).unwrap() == "units";
    for n in 1..=9 {
        if writes_units {
            commit(&store, n).await;
        } else {
            put(&store, n).await;
        }
        println!("acknowledged {n}");
    }
}

async fn put(store: &Postgres, n: u8) {
    let document = Document {
        kind: Kind::Flow,
        id: [n; 16],
        workspace: workspace(),
        version: 1,
        name: String::new(),
        alias: None,
        enabled: true,
        created_at: Timestamp::UNIX_EPOCH,
        updated_at: Timestamp::UNIX_EPOCH,
        body: "{}".into(),
    };
    store.put(document, 0).await.unwrap();
}

/// Two timers, which stand or fall together.
async fn commit(store: &Postgres, n: u8) {
    let timer = |part| Timer {
        part,
        due_at: Timestamp::UNIX_EPOCH,
        kind: TimerKind::CallGrace,
        subject: [n; 16],
    };
    let unit = Unit {
        set_timers: vec![timer(1), timer(2)],
        ..Unit::default()
    };
    assert_eq!(store.commit(unit).await.unwrap(), Committed::Durable);
}

/// How many writes were acknowledged, and how many are there afterwards.
async fn crash_at(point: &str, writes: &str) -> (usize, usize) {
    let url = lab::database();
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["the_process_that_crashes", "--exact", "--nocapture"])
        .env("SWITCHHOOK_CRASH_AT", format!("{point}:3"))
        .env(URL, &url)
        .env(WRITES, writes)
        .output()
        .unwrap();
    assert!(!child.status.success(), "it went through {point}");
    let acknowledged = String::from_utf8_lossy(&child.stdout)
        .matches("acknowledged")
        .count();
    let store = world::open(&url).await;
    let kept = if writes == "units" {
        let due = store.due(&Parts::all(), Timestamp::UNIX_EPOCH, 99).await;
        let timers = due.unwrap().timers.len();
        assert_eq!(timers % 2, 0, "half a unit was kept");
        timers / 2
    } else {
        documents(&store).await
    };
    (acknowledged, kept)
}

async fn documents(store: &Postgres) -> usize {
    let kept = store.list(None, Kind::Flow, None, 99).await.unwrap();
    for document in &kept {
        let version = store.version(Kind::Flow, document.id, 1).await;
        assert!(version.unwrap().is_some());
    }
    let generation = store.generation(workspace()).await.unwrap();
    assert_eq!(generation, kept.len() as u64);
    kept.len()
}

#[tokio::test]
async fn a_crash_before_the_commit_keeps_what_was_acknowledged() {
    for writes in ["documents", "units"] {
        assert_eq!(crash_at("before_begin", writes).await, (2, 2));
        assert_eq!(crash_at("before_commit", writes).await, (2, 2));
    }
}

#[tokio::test]
async fn a_crash_after_the_commit_keeps_the_whole_batch() {
    for writes in ["documents", "units"] {
        assert_eq!(crash_at("after_commit", writes).await, (2, 3));
    }
}
