//! Facts about migrations: applied once, in order, and never changed afterwards.

#![allow(clippy::unwrap_used)]
use super::*;
use std::path::Path;

const FIRST: Migration = Migration {
    number: 1,
    text: "CREATE TABLE a (n)",
};
const SECOND: Migration = Migration {
    number: 2,
    text: "CREATE TABLE b (n)",
};

fn message(result: Result<()>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn a_migration_is_applied_once() {
    let mut db = Connection::open_in_memory().unwrap();
    apply(&mut db, &[FIRST]).unwrap();
    apply(&mut db, &[FIRST, SECOND]).unwrap();
    apply(&mut db, &[FIRST, SECOND]).unwrap();
    assert_eq!(applied(&db).unwrap().len(), 2);
}

#[test]
fn a_changed_migration_is_refused() {
    let mut db = Connection::open_in_memory().unwrap();
    apply(&mut db, &[FIRST]).unwrap();
    let changed = Migration {
        number: 1,
        text: "CREATE TABLE c (n)",
    };
    assert!(
        message(apply(&mut db, &[changed])).contains("migration 1 was applied with another text")
    );
}

#[test]
fn a_newer_schema_is_refused() {
    let mut db = Connection::open_in_memory().unwrap();
    apply(&mut db, &[FIRST, SECOND]).unwrap();
    assert!(
        message(apply(&mut db, &[FIRST]))
            .contains("schema 2, written by a newer version; this one knows schema 1")
    );
}

#[test]
fn every_query_prepares_on_a_fresh_schema() {
    let db = fresh();
    let queries = queries();
    for (name, text) in &queries {
        if let Err(error) = db.prepare(text) {
            panic!("{name}: {error}");
        }
    }
    assert!(queries.len() > 60, "only {} queries found", queries.len());
}

#[test]
fn hot_queries_search_and_lists_do_not_sort() {
    let db = fresh();
    // Gather the runs of one call, or of few calls, or count the last calls of a campaign: bounded, then sorted.
    let gathers = [
        "lists/runs_by_call",
        "lists/runs_by_agent",
        "lists/runs_by_campaign",
        "lists/outcomes",
    ];
    for (name, text) in queries() {
        let plan = plan(&db, &text);
        if name.starts_with("writer/") && plan.contains("SCAN") && !plan.contains("CONSTANT ROW") {
            panic!("{name} scans:\n{plan}");
        }
        if name.starts_with("lists/") && plan.contains("TEMP B-TREE") && !gathers.contains(&&*name)
        {
            panic!("{name} sorts:\n{plan}");
        }
    }
    let counters = [
        (
            "tallies",
            "tallies_by_hour (workspace=? AND hour>? AND hour<?)",
        ),
        (
            "tallies_of_destinations",
            "tallies_of_destinations (workspace=? AND hour>? AND hour<?)",
        ),
        (
            "tallies_of_destination",
            "tallies_of_destination (workspace=? AND destination=? AND hour>? AND hour<?)",
        ),
    ];
    for (name, index) in counters {
        let text = |(known, text)| (known == format!("archive/{name}")).then_some(text);
        let plan = plan(&db, &queries().into_iter().find_map(text).unwrap());
        assert!(plan.contains(index), "{name}:\n{plan}");
    }
}

fn fresh() -> Connection {
    let mut db = Connection::open_in_memory().unwrap();
    migrate(&mut db).unwrap();
    db
}

fn plan(db: &Connection, text: &str) -> String {
    let mut statement = db.prepare(&format!("EXPLAIN QUERY PLAN {text}")).unwrap();
    let nulls = vec![rusqlite::types::Null; statement.parameter_count()];
    let steps = statement
        .query_map(rusqlite::params_from_iter(nulls), |row| {
            row.get::<_, String>(3)
        })
        .unwrap();
    steps.map(|step| step.unwrap() + "\n").collect()
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
