//! Arrows between crates go only down, and none sees what it must never see (architecture: crates).

use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// Crate, the crates of ours it may use, and what it must never depend on.
const RULES: &[(&str, &[&str], &[&str])] = &[
    (
        "kernel",
        &[],
        &["tokio", "axum", "hyper", "rusqlite", "rand", "getrandom"],
    ),
    (
        "calls",
        &["kernel"],
        &["tokio", "axum", "hyper", "rusqlite", "rand", "getrandom"],
    ),
    (
        "filters",
        &["kernel"],
        &["tokio", "axum", "hyper", "rusqlite", "rand", "getrandom"],
    ),
    (
        "store",
        &["calls", "kernel"],
        &["rusqlite", "tokio-postgres", "axum", "hyper"],
    ),
    (
        "store-sqlite",
        &["store", "calls", "kernel"],
        &["axum", "hyper", "tokio-postgres"],
    ),
    (
        "store-postgres",
        &["store", "calls", "kernel"],
        &["axum", "hyper", "rusqlite"],
    ),
    (
        "providers",
        &["calls", "kernel"],
        &["tokio", "axum", "hyper", "rusqlite"],
    ),
    ("mail", &[], &["axum", "hyper", "rusqlite"]),
    ("calendar", &[], &["tokio", "axum", "hyper", "rusqlite"]),
    (
        "models",
        &[],
        &["tokio", "axum", "hyper", "rusqlite", "rand", "getrandom"],
    ),
    ("sql", &[], &["axum", "hyper"]),
    (
        "actions",
        &[
            "calendar", "calls", "filters", "kernel", "mail", "models", "sql",
        ],
        &["axum", "rusqlite", "tokio-postgres"],
    ),
    (
        "engine",
        &["actions", "store", "filters", "calls", "kernel"],
        &["axum", "hyper", "rusqlite", "tokio-postgres"],
    ),
    (
        "api",
        &["engine", "providers", "actions", "store", "calls", "kernel"],
        &["rusqlite", "tokio-postgres"],
    ),
    (
        "server",
        &[
            "api",
            "engine",
            "providers",
            "actions",
            "store",
            "store-sqlite",
            "store-postgres",
            "calls",
            "kernel",
        ],
        &["rusqlite", "tokio-postgres"],
    ),
];

pub fn check(root: &Path) -> Vec<String> {
    let listed = Command::new("cargo")
        .args(["metadata", "--format-version=1", "--no-deps", "--locked"])
        .current_dir(root)
        .output();
    let listed = listed.expect("cargo is there: it runs this");
    let Ok(metadata) = serde_json::from_slice::<Value>(&listed.stdout) else {
        return vec![format!(
            "cargo metadata failed: {}",
            String::from_utf8_lossy(&listed.stderr).trim()
        )];
    };
    let packages: Vec<&Value> = metadata["packages"]
        .as_array()
        .into_iter()
        .flatten()
        .collect();
    let ours: Vec<&str> = packages
        .iter()
        .filter_map(|package| package["name"].as_str())
        .collect();
    let mut faults = Vec::new();
    for (name, may_use, never) in RULES {
        let Some(package) = packages.iter().find(|package| package["name"] == *name) else {
            faults.push(format!(
                "crate `{name}` is gone: bring the table of arrows up to date"
            ));
            continue;
        };
        // Tests may look further down: only what ships counts.
        let shipped = package["dependencies"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|dependency| dependency["kind"].is_null());
        for used in shipped.filter_map(|dependency| dependency["name"].as_str()) {
            if ours.contains(&used) && !may_use.contains(&used) {
                faults.push(format!(
                    "crate `{name}` must not use `{used}`: arrows go only down"
                ));
            }
            if never.contains(&used) {
                faults.push(format!("crate `{name}` must never see `{used}`"));
            }
        }
    }
    for name in ours.iter().filter(|name| {
        !RULES.iter().any(|(rule, ..)| rule == *name)
            && !["bench", "faults", "lab", "simulation", "xtask"].contains(name)
    }) {
        faults.push(format!(
            "crate `{name}` has no place in the table of arrows"
        ));
    }
    faults
}
