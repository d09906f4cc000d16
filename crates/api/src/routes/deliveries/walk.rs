//! Walks runs newest first and reads what of their journals is wanted; a bounded number of runs at a time.

use super::shape::Wanted;
use crate::errors::Result;
use kernel::id::RunId;
use kernel::run::Entry;
use store::Store;
use store::archive::Page;
use store::journal::RunRow;

/// So many runs are looked at in one request: a rare destination is found in several.
const MOST_RUNS: u32 = 500;
pub const AT_ONCE: u32 = 50;

pub struct Walked {
    /// Runs with what was wanted of each, newest first.
    pub found: Vec<(RunRow, Vec<Entry>)>,
    /// The run to go on after; `None`: there are no more.
    pub next: Option<RunId>,
    /// How many runs were looked at.
    pub looked_at: u32,
}

/// Goes on until `enough` entries are found or enough runs were looked at.
pub async fn walk(
    store: &dyn Store,
    wanted: &Wanted,
    mut before: Option<RunId>,
    enough: usize,
) -> Result<Walked> {
    let (mut found, mut entries, mut looked_at) = (Vec::new(), 0, 0);
    while looked_at < MOST_RUNS {
        let limit = AT_ONCE.min(MOST_RUNS - looked_at);
        let rows = store.runs(&wanted.runs, Page { before, limit }).await?;
        let is_last = rows.len() < limit as usize;
        for row in rows {
            looked_at += 1;
            before = Some(row.id);
            let here = read(store, wanted, row.id).await?;
            entries += here.len();
            if !here.is_empty() {
                found.push((row, here));
            }
            if entries >= enough {
                let next = before;
                return Ok(Walked {
                    found,
                    next,
                    looked_at,
                });
            }
        }
        if is_last {
            before = None;
            break;
        }
    }
    Ok(Walked {
        found,
        next: before,
        looked_at,
    })
}

/// Of one run, the newest first.
async fn read(store: &dyn Store, wanted: &Wanted, run: RunId) -> Result<Vec<Entry>> {
    let rows = store.entries(run).await?.into_iter().rev();
    let mut entries = Vec::new();
    for row in rows {
        let entry: Entry = serde_json::from_slice(&row.body).map_err(|error| {
            store::Error::Corrupt(format!("entry {} of {run}: {error}", row.number))
        })?;
        if wanted.takes(&entry) {
            entries.push(entry);
        }
    }
    Ok(entries)
}
