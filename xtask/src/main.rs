//! Checks of the project's structure: `cargo xtask tidy`. Facts that reviewers should not have to look for.

mod arrows;
mod files;
mod proofs;
mod sizes;
mod sockets;
mod sql;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    if std::env::args().nth(1).as_deref() != Some("tidy") {
        eprintln!("usage: cargo xtask tidy");
        return ExitCode::from(2);
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask lies in the project")
        .to_owned();
    let sources = files::sources(&root);
    let mut faults = Vec::new();
    faults.extend(sizes::check(&root, &sources));
    faults.extend(arrows::check(&root));
    faults.extend(sql::check(&root, &sources));
    faults.extend(sockets::check(&root, &sources));
    faults.extend(proofs::check(&root, &sources));
    faults.iter().for_each(|fault| eprintln!("tidy: {fault}"));
    if faults.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    }
}

/// A path as people write it: from the project's root.
fn shown(root: &Path, path: &Path) -> String {
    path.strip_prefix(root)
        .unwrap_or(path)
        .display()
        .to_string()
}

type Sources = Vec<(PathBuf, String)>;
