//! Walks runs newest first and reads what of their journals is wanted; a bounded number of runs at a time.

use super::shape::Wanted;
use crate::errors::Result;
use kernel::id::RunId;
use kernel::run::Entry;
use store::Store;
use store::archive::{Page, RunFilter};
use store::journal::RunRow;

/// So many runs are looked at in one request: a rare destination is found in several.
pub const MOST_RUNS: u32 = 500;
const AT_ONCE: u32 = 50;

/// Runs, newest first; read page by page, since their states are large.
pub struct Runs<'s> {
    store: &'s dyn Store,
    filter: &'s RunFilter,
    most: u32,
    page: std::vec::IntoIter<RunRow>,
    is_last: bool,
    /// The run to go on after; `None`: there are no more.
    pub cursor: Option<RunId>,
    /// How many runs were looked at.
    pub looked_at: u32,
}

impl<'s> Runs<'s> {
    /// Looks at `most` of them.
    pub fn new(
        store: &'s dyn Store,
        filter: &'s RunFilter,
        cursor: Option<RunId>,
        most: u32,
    ) -> Self {
        Self {
            store,
            filter,
            most,
            page: Vec::new().into_iter(),
            is_last: false,
            cursor,
            looked_at: 0,
        }
    }

    /// `None`: there are no more, or enough for one request were looked at.
    pub async fn next(&mut self) -> Result<Option<RunRow>> {
        if self.page.len() == 0 && !self.is_last && self.looked_at < self.most {
            let (before, limit) = (self.cursor, AT_ONCE.min(self.most - self.looked_at));
            let page = self.store.runs(self.filter, Page { before, limit }).await?;
            self.is_last = page.len() < limit as usize;
            self.page = page.into_iter();
        }
        let row = self.page.next();
        match &row {
            Some(row) => (self.cursor, self.looked_at) = (Some(row.id), self.looked_at + 1),
            None if self.is_last => self.cursor = None,
            None => {}
        }
        Ok(row)
    }
}

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
    before: Option<RunId>,
    enough: usize,
) -> Result<Walked> {
    let mut runs = Runs::new(store, &wanted.runs, before, MOST_RUNS);
    let (mut found, mut entries) = (Vec::new(), 0);
    while entries < enough
        && let Some(row) = runs.next().await?
    {
        let here = read(store, wanted, row.id).await?;
        entries += here.len();
        if !here.is_empty() {
            found.push((row, here));
        }
    }
    Ok(Walked {
        found,
        next: runs.cursor,
        looked_at: runs.looked_at,
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
