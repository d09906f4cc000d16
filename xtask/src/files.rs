//! The hand-written sources of the project, as git knows them (new files included, ignored ones not).

use crate::Sources;
use std::path::Path;
use std::process::Command;

const ENDS: [&str; 6] = [".rs", ".ts", ".tsx", ".sql", ".mjs", ".css"];
const GENERATED: [&str; 1] = ["ui/src/lib/schema.d.ts"];

pub fn sources(root: &Path) -> Sources {
    let listed = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .output();
    let listed = listed.expect("git is there: the project is a checkout");
    let names = String::from_utf8_lossy(&listed.stdout).into_owned();
    let wanted = names
        .lines()
        .filter(|name| ENDS.iter().any(|end| name.ends_with(end)) && !GENERATED.contains(name));
    wanted
        .filter_map(|name| {
            Some((
                root.join(name),
                std::fs::read_to_string(root.join(name)).ok()?,
            ))
        })
        .collect()
}

pub fn is_test(path: &str) -> bool {
    path.contains("/tests/")
        || path.contains("/conformance/")
        || path.ends_with("tests.rs")
        || path.contains(".test.")
        || path.contains("/e2e/")
        || path.contains("/mock/")
}
