//! What the docs say is proven names tests and files that exist: the tables of promises cannot rot.

use crate::{Sources, shown};
use std::collections::HashSet;
use std::path::Path;

/// Documents whose tables name tests in their last column.
const TABLES: [&str; 2] = ["docs/security.md", "docs/language-tests.md"];

pub fn check(root: &Path, sources: &Sources) -> Vec<String> {
    let names: Vec<String> = sources.iter().map(|(path, _)| shown(root, path)).collect();
    let code = sources
        .iter()
        .filter(|(path, _)| path.extension().is_some_and(|end| end == "rs"));
    let functions: HashSet<&str> = code.flat_map(|(_, text)| functions(text)).collect();
    let mut faults = Vec::new();
    for document in TABLES {
        let text = std::fs::read_to_string(root.join(document)).unwrap_or_default();
        let named: Vec<&str> = text.lines().flat_map(named).collect();
        if named.is_empty() {
            faults.push(format!("{document}: names no test"));
        }
        for name in named {
            let exists = match name.rsplit_once('.') {
                Some((_, "rs")) => names
                    .iter()
                    .any(|known| known == name || known.ends_with(&format!("/{name}"))),
                Some(_) => [name.to_owned(), format!("crates/kernel/tests/{name}")]
                    .iter()
                    .any(|path| root.join(path).exists()),
                None => functions.contains(name),
            };
            if !exists {
                faults.push(format!("{document}: there is no `{name}`"));
            }
        }
    }
    faults
}

fn functions(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("fn ")
        .filter_map(|(at, _)| text[at + 3..].split('(').next())
}

/// The files and tests in the last cell of a row: words in backticks that look like either.
fn named(line: &str) -> Vec<&str> {
    let cell = line
        .trim()
        .strip_suffix('|')
        .and_then(|line| line.rsplit_once("| "))
        .filter(|_| line.starts_with('|'));
    let words = cell
        .map_or("", |(_, cell)| cell)
        .split('`')
        .skip(1)
        .step_by(2);
    let is_test = |word: &str| {
        word.matches('_').count() > 1
            && word
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    words
        .filter(|word| word.ends_with(".rs") || word.ends_with(".txt") || is_test(word))
        .collect()
}
