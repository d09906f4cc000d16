//! What may be moved, and where to. Every refusal says what to do about it.

use super::address::Address;
use crate::seal;
use anyhow::bail;
use kernel::Timestamp;
use store::Store;
use store::catalog::Kind;
use store::transfer::{Mark, Movable, Table};

/// How far a move is.
pub enum Begun {
    Now(Mark),
    Before(Mark),
    /// Everything seems to be there: it remains to be verified.
    Done,
}

/// Nothing serves half of a migration.
pub async fn whole(store: &dyn Store) -> anyhow::Result<()> {
    if let Some(mark) = Mark::read(store).await? {
        bail!(
            "this database is half of a migration from {}: run the same `switchhook migrate` again to finish it",
            mark.from
        );
    }
    Ok(())
}

pub fn apart(from: &Address, to: &Address) -> anyhow::Result<()> {
    let same = match (from, to) {
        (Address::Directory(from), Address::Directory(to)) => {
            let (from, to) = (from.canonicalize(), to.canonicalize());
            from.is_ok_and(|from| to.is_ok_and(|to| from == to))
        }
        (from, to) => from == to,
    };
    if same {
        bail!("--from and --to are the same place: {from}");
    }
    Ok(())
}

pub async fn source(source: &dyn Movable, from: &Address) -> anyhow::Result<()> {
    if let Some(mark) = Mark::read(source).await? {
        bail!(
            "{from} is half of a migration itself, from {}: finish that first",
            mark.from
        );
    }
    quiet(source, from).await
}

/// Nobody works on this store now.
pub async fn quiet(store: &dyn Movable, place: &Address) -> anyhow::Result<()> {
    let nodes = store.nodes().await?;
    if !nodes.is_empty() {
        bail!(
            "{} of Switchhook work on {place} ({}): stop all of them, then run the same command again (one that was killed is gone after some seconds)",
            if nodes.len() == 1 { "a node" } else { "nodes" },
            nodes.join(", ")
        );
    }
    Ok(())
}

/// An empty target, or one that holds half of this very source.
pub async fn target(
    source: &dyn Movable,
    target: &dyn Movable,
    (from, to): (&Address, &Address),
) -> anyhow::Result<Begun> {
    let Some(check) = source.get(Kind::Setting, seal::CHECK_ID).await? else {
        bail!("there is nothing to move in {from}: no server has started on it yet");
    };
    // Sealed with a nonce of its own: no two installations have the same.
    let id: String = check
        .body
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let (totals, epochs) = (source.totals().await?, source.epochs().await?);
    quiet(target, to).await?;
    let Some(mark) = Mark::read(target).await? else {
        let held = target.totals().await?;
        if target.get(Kind::Setting, seal::CHECK_ID).await? == Some(check) && held == totals {
            return Ok(Begun::Done);
        }
        empty(&held, to)?;
        return Ok(Begun::Now(Mark::new(
            id,
            from.to_string(),
            totals,
            epochs,
            Timestamp::now(),
        )));
    };
    if mark.source != id {
        bail!(
            "{to} is half of a migration from another place, {}: finish that one, or give an empty target",
            mark.from
        );
    }
    let changed = changes(&mark.totals, &totals);
    if !changed.is_empty() || mark.epochs != epochs {
        bail!(
            "{from} was at work since its migration to {to} began ({}): give an empty target, and begin anew",
            if changed.is_empty() {
                "its server was started".into()
            } else {
                changed.join(", ")
            }
        );
    }
    Ok(Begun::Before(mark))
}

fn empty(totals: &[u64; Table::ALL.len()], to: &Address) -> anyhow::Result<()> {
    let held: Vec<String> = Table::ALL
        .iter()
        .zip(totals)
        .filter(|(_, rows)| **rows > 0)
        .map(|(table, rows)| format!("{}: {rows}", table.name()))
        .collect();
    if !held.is_empty() {
        bail!(
            "{to} is not empty (it holds {}): give an empty database or a new directory; --verify-only compares the two",
            held.join(", ")
        );
    }
    Ok(())
}

fn changes(before: &[u64], now: &[u64]) -> Vec<String> {
    let tables = Table::ALL.iter().zip(before.iter().zip(now));
    tables
        .filter(|(_, (before, now))| before != now)
        .map(|(table, (before, now))| format!("{}: {before} then, {now} now", table.name()))
        .collect()
}
