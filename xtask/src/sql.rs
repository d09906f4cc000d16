//! SQL stands only in `queries/` and `migrations/` of the stores, and every store has the same files.

use crate::{Sources, files::is_test, shown};
use std::collections::BTreeSet;
use std::path::Path;

const MARKS: [&str; 6] = [
    "SELECT ",
    "INSERT INTO ",
    "DELETE FROM ",
    "CREATE TABLE ",
    "UPDATE SET ",
    "BEGIN IMMEDIATE",
];
/// Says what it looks for, measures and breaks from outside of our stores, or speaks with databases of others.
const EXCEPT: [&str; 4] = ["xtask/", "bench/", "faults/", "crates/sql/"];

pub fn check(root: &Path, sources: &Sources) -> Vec<String> {
    let mut faults = Vec::new();
    let mut trees: Vec<(&str, BTreeSet<String>)> = vec![
        ("store-sqlite", BTreeSet::new()),
        ("store-postgres", BTreeSet::new()),
    ];
    for (path, text) in sources {
        let name = shown(root, path);
        for (store, tree) in &mut trees {
            if let Some(query) = name.strip_prefix(&format!("crates/{store}/queries/")) {
                tree.insert(query.to_owned());
            }
        }
        let outside = name.ends_with(".rs")
            && !is_test(&name)
            && !EXCEPT.iter().any(|except| name.starts_with(except));
        if outside && let Some(mark) = MARKS.iter().find(|mark| text.contains(**mark)) {
            faults.push(format!(
                "{name}: SQL (`{}`) belongs into a store's queries/",
                mark.trim()
            ));
        }
    }
    let (sqlite, postgres) = (&trees[0].1, &trees[1].1);
    if !postgres.is_empty() {
        faults.extend(
            sqlite
                .symmetric_difference(postgres)
                .map(|query| format!("queries/{query} exists for one store only")),
        );
    }
    faults
}
