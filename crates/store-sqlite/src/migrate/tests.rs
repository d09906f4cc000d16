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
    let mut db = Connection::open_in_memory().unwrap();
    migrate(&mut db).unwrap();
    let mut prepared = 0;
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("queries")];
    while let Some(folder) = folders.pop() {
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            if let Err(error) = db.prepare(&text) {
                panic!("{}: {error}", path.display());
            }
            prepared += 1;
        }
    }
    assert!(prepared > 60, "only {prepared} queries found");
}
