//! A process that ends at any point of a batch keeps what it acknowledged, and no half of anything.
#![allow(clippy::unwrap_used)]

use kernel::Timestamp;
use kernel::id::WorkspaceId;
use std::path::PathBuf;
use std::process::Command;
use store::Catalog;
use store::catalog::{Document, Kind};
use store_sqlite::Sqlite;

const DIRECTORY: &str = "SWITCHHOOK_TEST_DIRECTORY";

/// The child: writes documents until the crash point ends it. Without its variable it is nobody's child.
#[tokio::test]
async fn the_process_that_crashes() {
    let Ok(directory) = std::env::var(DIRECTORY) else {
        return;
    };
    let store = Sqlite::open(&PathBuf::from(directory)).unwrap();
    for n in 1..=9 {
        let document = Document {
            kind: Kind::Flow,
            id: [n; 16],
            workspace: WorkspaceId::new(1, 1, [1; 16]),
            version: 1,
            name: String::new(),
            alias: None,
            enabled: true,
            created_at: Timestamp::UNIX_EPOCH,
            updated_at: Timestamp::UNIX_EPOCH,
            body: "{}".into(),
        };
        store.put(document, 0).await.unwrap();
        println!("acknowledged {n}");
    }
}

async fn crash_at(point: &str) -> (usize, usize) {
    let directory = tempfile::tempdir().unwrap();
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["the_process_that_crashes", "--exact", "--nocapture"])
        .env("SWITCHHOOK_CRASH_AT", format!("{point}:3"))
        .env(DIRECTORY, directory.path())
        .output()
        .unwrap();
    assert!(!child.status.success(), "it went through {point}");
    let acknowledged = String::from_utf8_lossy(&child.stdout)
        .matches("acknowledged")
        .count();
    let store = Sqlite::open(directory.path()).unwrap();
    let kept = store.list(None, Kind::Flow, None, 99).await.unwrap();
    for document in &kept {
        assert!(
            store
                .version(Kind::Flow, document.id, 1)
                .await
                .unwrap()
                .is_some()
        );
    }
    assert_eq!(
        store
            .generation(WorkspaceId::new(1, 1, [1; 16]))
            .await
            .unwrap(),
        kept.len() as u64
    );
    (acknowledged, kept.len())
}

#[tokio::test]
async fn a_crash_before_the_commit_keeps_what_was_acknowledged() {
    assert_eq!(crash_at("before_begin").await, (2, 2));
    assert_eq!(crash_at("before_commit").await, (2, 2));
}

#[tokio::test]
async fn a_crash_after_the_commit_keeps_the_whole_batch() {
    assert_eq!(crash_at("after_commit").await, (2, 3));
}
