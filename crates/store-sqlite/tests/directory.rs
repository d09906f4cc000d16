//! What SQLite alone promises: one process per directory, a log that is gone after closing, figures.
#![allow(clippy::unwrap_used)]

use kernel::Timestamp;
use kernel::id::WorkspaceId;
use store::catalog::{Catalog, Document, Kind, Put};
use store::{Error, Journal};
use store_sqlite::Sqlite;

/// Long before that the log starts anew, however slow the disk is.
const MOST_MIB: u32 = 2_048;

#[tokio::test]
async fn a_directory_has_one_owner_at_a_time() {
    let directory = tempfile::tempdir().unwrap();
    let first = Sqlite::open(directory.path()).unwrap();
    let Err(Error::InUse(message)) = Sqlite::open(directory.path()) else {
        panic!("a second owner was let in");
    };
    assert!(
        message.contains(directory.path().to_str().unwrap()),
        "{message}"
    );
    first.close().await;
    Sqlite::open(directory.path()).unwrap().close().await;
}

#[tokio::test]
async fn a_closed_store_has_no_log_left_and_refuses_writes() {
    let directory = tempfile::tempdir().unwrap();
    let store = Sqlite::open(directory.path()).unwrap();
    store.leave("node").await.unwrap();
    store.close().await;
    let log = std::fs::metadata(directory.path().join("switchhook.db-wal"));
    assert_eq!(log.map_or(0, |log| log.len()), 0);
    assert!(matches!(
        store.leave("node").await,
        Err(Error::Unavailable(_))
    ));
}

#[tokio::test]
async fn batches_and_units_are_counted() {
    let store = Sqlite::in_memory().unwrap();
    for _ in 0..3 {
        store.leave("node").await.unwrap();
    }
    let stats = store.stats();
    assert_eq!((stats.units, stats.largest_batch), (3, 1));
}

#[tokio::test]
async fn the_log_starts_anew_while_everything_is_written() {
    let directory = tempfile::tempdir().unwrap();
    let store = Sqlite::open(directory.path()).unwrap();
    let mut longest = 0;
    for version in 0..MOST_MIB {
        let document = Document {
            kind: Kind::Key,
            id: [7; 16],
            workspace: WorkspaceId::from_bytes([1; 16]),
            version: version + 1,
            name: "large".into(),
            alias: None,
            enabled: true,
            created_at: Timestamp::UNIX_EPOCH,
            updated_at: Timestamp::UNIX_EPOCH,
            body: vec![version as u8; 1 << 20].into(),
        };
        let put = store.put(document, version).await.unwrap();
        assert_eq!(put, Put::Saved);
        let log = store.stats().wal_bytes;
        if log < longest {
            return;
        }
        longest = log;
    }
    panic!("the log has grown to {} MiB", longest >> 20);
}
