//! Small files: prints median and ninth decile, fails on the cap and on a missing module header.

use crate::{Sources, files::is_test, shown};
use std::path::Path;

const CAP: usize = 400;

pub fn check(root: &Path, sources: &Sources) -> Vec<String> {
    let mut faults = Vec::new();
    let mut sizes: Vec<(usize, String)> = Vec::new();
    for (path, text) in sources {
        let name = shown(root, path);
        if name.ends_with(".rs") && !text.starts_with("//!") {
            faults.push(format!(
                "{name}: a file opens with `//!`: what it is, what it is not, its invariant"
            ));
        }
        if is_test(&name) {
            continue;
        }
        let lines = without_tests(text);
        if lines > CAP {
            faults.push(format!(
                "{name}: {lines} lines, the cap is {CAP}: split it along its nouns"
            ));
        }
        sizes.push((lines, name));
    }
    sizes.sort_unstable();
    print(&sizes);
    faults
}

/// Lines without the unit tests at the end of a file.
fn without_tests(text: &str) -> usize {
    text.find("\n#[cfg(test)]\nmod tests {")
        .map_or(text, |at| &text[..at])
        .lines()
        .count()
}

fn print(sizes: &[(usize, String)]) {
    let at = |share: usize| {
        sizes
            .get(sizes.len() * share / 100)
            .map_or(0, |(lines, _)| *lines)
    };
    let total: usize = sizes.iter().map(|(lines, _)| lines).sum();
    println!("{:>6} files without tests, {total} lines", sizes.len());
    println!("{:>6} median lines (wanted: at most 90)", at(50));
    println!("{:>6} ninth decile (wanted: under 280)", at(90));
    for (lines, name) in sizes.iter().rev().take(5) {
        println!("{lines:>6} {name}");
    }
}
