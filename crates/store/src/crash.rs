//! Places where a crash test ends the process, named by the environment: `SWITCHHOOK_CRASH_AT=before_commit:7` aborts at
//! the seventh pass of that point. Without the variable a pass costs one load and a branch.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

struct Target {
    name: String,
    passes_left: AtomicU64,
}

static TARGET: LazyLock<Option<Target>> =
    LazyLock::new(|| parse(&std::env::var("SWITCHHOOK_CRASH_AT").ok()?));

fn parse(text: &str) -> Option<Target> {
    let (name, pass) = text.split_once(':')?;
    Some(Target {
        name: name.to_owned(),
        passes_left: AtomicU64::new(pass.parse().ok()?),
    })
}

pub fn point(name: &str) {
    if let Some(target) = &*TARGET
        && target.name == name
        && target.passes_left.fetch_sub(1, Ordering::Relaxed) == 1
    {
        std::process::abort();
    }
}

/// Whether any point ends this process.
pub fn is_armed() -> bool {
    TARGET.is_some()
}
