//! Facts about migrations: applied once, in order, never changed afterwards, and open to the older binaries that they name.

#![allow(clippy::unwrap_used)]
use super::*;
use crate::connection::{Connector, Purpose};
use crate::{Options, Postgres};
use std::path::Path;
use std::sync::Arc;
use store::conformance;

const FIRST: Migration = Migration {
    number: 1,
    runs_from: 1,
    text: "CREATE TABLE a (n integer)",
    beside: None,
};
const SECOND: Migration = Migration {
    number: 2,
    runs_from: 1,
    text: "CREATE TABLE b (n integer)",
    beside: None,
};

fn options(url: &str) -> Options {
    Options {
        url: url.into(),
        ca: None,
    }
}

async fn link(url: &str) -> Link {
    let connector = Connector::new(&options(url)).unwrap();
    connector.link(Purpose::Migrate).await.unwrap()
}

fn message<T>(result: Result<T>) -> String {
    result.err().unwrap().to_string()
}

#[tokio::test]
async fn a_migration_is_applied_once() {
    let db = link(&lab::database()).await;
    apply(&db, &[FIRST]).await.unwrap();
    apply(&db, &[FIRST, SECOND]).await.unwrap();
    apply(&db, &[FIRST, SECOND]).await.unwrap();
    assert_eq!(applied(&db).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_changed_migration_is_refused() {
    let db = link(&lab::database()).await;
    apply(&db, &[FIRST]).await.unwrap();
    let changed = Migration {
        text: "CREATE TABLE c (n integer)",
        ..FIRST
    };
    let refused = message(apply(&db, &[changed]).await);
    assert!(
        refused.contains("migration 1 was applied with another text"),
        "{refused}"
    );
}

#[tokio::test]
async fn a_migration_that_fails_leaves_nothing() {
    let db = link(&lab::database()).await;
    let broken = Migration {
        text: "CREATE TABLE c (n integer); CREATE TABLE a (n integer)",
        ..SECOND
    };
    apply(&db, &[FIRST, broken]).await.unwrap_err();
    apply(&db, &[FIRST, SECOND]).await.unwrap();
}

#[tokio::test]
async fn nodes_that_start_at_once_migrate_once() {
    let url = lab::database();
    let starts = (0..8).map(|_| {
        let options = options(&url);
        tokio::spawn(async move { Postgres::connect(&options).await.map(drop) })
    });
    for start in starts.collect::<Vec<_>>() {
        start.await.unwrap().unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_are_written_while_a_migration_builds_their_index() {
    let url = lab::database();
    let (db, other) = (link(&url).await, link(&url).await);
    apply(&db, &ALL[..5]).await.unwrap();
    // What one that failed left behind.
    let left = "CREATE INDEX calls_by_workspace_next ON calls (id);
                UPDATE pg_index SET indisready = false, indisvalid = false
                WHERE indexrelid = 'calls_by_workspace_next'::regclass";
    db.client.batch_execute(left).await.unwrap();
    // Somebody who began to read before holds the building up at its end.
    let reader = "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1";
    other.client.batch_execute(reader).await.unwrap();
    let migrated = tokio::spawn(async move { migrate(&db).await });
    let writer = link(&url).await;
    let built = "SELECT 1 FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
                 WHERE relname = 'calls_by_workspace_next' AND indisready AND NOT indisvalid";
    while writer.client.query(built, &[]).await.unwrap().is_empty() {
        assert!(!migrated.is_finished(), "{:?}", migrated.await);
    }
    let write = "SET lock_timeout = '10s'; DELETE FROM calls";
    writer.client.batch_execute(write).await.unwrap();
    assert!(!migrated.is_finished());
    other.client.batch_execute("COMMIT").await.unwrap();
    migrated.await.unwrap().unwrap();
    let index = "SELECT pg_get_indexdef('calls_by_workspace'::regclass)";
    let index = writer.client.query_one(index, &[]).await.unwrap();
    let index: String = index.get(0);
    assert!(
        index.ends_with("(workspace, id) INCLUDE (words)"),
        "{index}"
    );
}

#[tokio::test]
async fn an_index_that_a_lost_node_has_built_is_not_built_again() {
    let db = link(&lab::database()).await;
    apply(&db, &ALL[..5]).await.unwrap();
    let beside = ALL[5].beside.unwrap();
    for statement in beside.before.split_inclusive(";\n") {
        db.client.batch_execute(statement).await.unwrap();
    }
    let built = "SELECT 'calls_by_workspace_next'::regclass::oid";
    let built: u32 = db.client.query_one(built, &[]).await.unwrap().get(0);
    migrate(&db).await.unwrap();
    let there = "SELECT 'calls_by_workspace'::regclass::oid";
    let there: u32 = db.client.query_one(there, &[]).await.unwrap().get(0);
    assert_eq!(there, built);
}

#[tokio::test]
async fn counters_have_the_same_indexes_however_they_came() {
    let indexes = "SELECT string_agg(pg_get_indexdef(indexrelid), E'\n' ORDER BY indexrelid::regclass::text) FROM pg_index
                   WHERE indrelid = 'tallies'::regclass AND indisvalid";
    let mut found: Vec<String> = Vec::new();
    for beside in [ALL[6].beside, None] {
        let db = link(&lab::database()).await;
        apply(&db, &ALL[..6]).await.unwrap();
        let known = ALL[..6].iter().map(|migration| Migration { ..*migration });
        let last = Migration { beside, ..ALL[6] };
        let all: Vec<Migration> = known.chain([last]).collect();
        apply(&db, &all).await.unwrap();
        found.push(db.client.query_one(indexes, &[]).await.unwrap().get(0));
    }
    assert_eq!(found[0], found[1]);
    assert!(!found[0].contains("tallies_by_workspace"), "{}", found[0]);
}

const LOCK: i64 = 7_243_098_120_546_273;

#[tokio::test]
async fn a_start_that_has_nothing_to_migrate_asks_for_no_lock() {
    let url = lab::database();
    let held = link(&url).await;
    migrate(&held).await.unwrap();
    let lock = "SELECT pg_advisory_lock($1)";
    held.client.query_one(lock, &[&LOCK]).await.unwrap();
    Postgres::connect(&options(&url)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_of_an_older_version_that_waits_for_the_lock_has_its_turn() {
    let url = lab::database();
    let (db, gate, older) = (link(&url).await, link(&url).await, link(&url).await);
    let soon = "SET deadlock_timeout = '100ms'";
    db.client.batch_execute(soon).await.unwrap();
    gate.client
        .batch_execute("SELECT pg_advisory_lock(1)")
        .await
        .unwrap();
    let built = Migration {
        beside: Some(Beside {
            before: "SELECT pg_advisory_lock(1);\nCREATE INDEX CONCURRENTLY IF NOT EXISTS by_n ON a (n);\n",
            then: "",
        }),
        ..SECOND
    };
    let migrated = tokio::spawn(async move { apply(&db, &[FIRST, built]).await });
    // It has the lock, and stands at the gate.
    waits_for(&gate, 1).await;
    let turn = format!("BEGIN; SELECT pg_advisory_xact_lock({LOCK}); COMMIT");
    let turn = tokio::spawn(async move { older.client.batch_execute(&turn).await });
    waits_for(&gate, LOCK).await;
    gate.client
        .batch_execute("SELECT pg_advisory_unlock(1)")
        .await
        .unwrap();
    turn.await.unwrap().unwrap();
    migrated.await.unwrap().unwrap();
    assert_eq!(applied(&gate).await.unwrap().len(), 2);
}

async fn waits_for(link: &Link, lock: i64) {
    let waits = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
                 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                 AND (classid::bigint << 32) + objid::bigint = $1";
    while link.client.query(waits, &[&lock]).await.unwrap().is_empty() {
        tokio::task::yield_now().await;
    }
}

/// What a later version might add.
fn later(runs_from: i32) -> Migration {
    Migration {
        number: ALL.last().unwrap().number + 1,
        runs_from,
        text: "ALTER TABLE runs ADD COLUMN priority smallint;
               CREATE TABLE moods (run uuid PRIMARY KEY, mood text NOT NULL)",
        beside: None,
    }
}

async fn migrated_by_a_later_version(runs_from: i32) -> String {
    let url = lab::database();
    let db = link(&url).await;
    migrate(&db).await.unwrap();
    let known = ALL.iter().map(|migration| Migration { ..*migration });
    let all: Vec<Migration> = known.chain([later(runs_from)]).collect();
    apply(&db, &all).await.unwrap();
    url
}

#[tokio::test]
async fn an_older_binary_works_on_a_newer_schema_that_allows_it() {
    conformance::journal::every_field_of_a_run_survives(newer().await).await;
    conformance::archive::runs_are_filtered(newer().await).await;
    conformance::catalog::an_alias_is_taken_once_per_kind(newer().await).await;
}

async fn newer() -> Arc<dyn store::Store> {
    let url = migrated_by_a_later_version(1).await;
    Arc::new(Postgres::connect(&options(&url)).await.unwrap())
}

#[tokio::test]
async fn an_older_binary_is_refused_by_a_schema_that_it_would_break() {
    let next = ALL.last().unwrap().number + 1;
    let url = migrated_by_a_later_version(next).await;
    let refused = message(Postgres::connect(&options(&url)).await);
    assert!(
        refused.contains("written by a newer version") && refused.contains("this one knows schema"),
        "{refused}"
    );
}

#[tokio::test]
async fn every_query_is_prepared_by_the_server() {
    let db = link(&lab::database()).await;
    migrate(&db).await.unwrap();
    let queries = queries();
    for (name, text) in &queries {
        for statement in text.split(";\n") {
            if let Err(error) = db.client.prepare(statement).await {
                panic!("{name}: {}", Failure::from(error));
            }
        }
    }
    assert!(queries.len() > 60, "only {} queries found", queries.len());
}

/// Every query of the tree, by its path below `queries/` without the suffix.
fn queries() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("queries");
    let mut queries = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(&root).unwrap().with_extension("");
            let text = std::fs::read_to_string(&path).unwrap();
            queries.push((name.to_str().unwrap().to_owned(), text));
        }
    }
    queries
}
