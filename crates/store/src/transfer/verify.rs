//! Whether two stores hold the same: both are walked in the order of their keys, side by side, and every difference has a name.

use super::walk::{Seen, Walk};
use super::{Digest, Key, Movable, Progress, Stage, Table};
use crate::Result;
use kernel::id::WorkspaceId;
use kernel::run::Status;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

/// So many differences are told, the others counted.
const TOLD: usize = 20;
/// A progress after so many rows.
const EVERY: u64 = 2000;

#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    pub tables: Vec<Verified>,
    /// The first ones.
    pub differences: Vec<Difference>,
    pub different: u64,
}

/// A table of the source.
#[derive(Debug, Clone, PartialEq)]
pub struct Verified {
    pub table: Table,
    pub rows: u64,
    /// Of the records, unpacked.
    pub bytes: u64,
    /// Over the hashes of all records in the order of their keys.
    pub hash: Digest,
    /// The same of the target.
    pub target: Digest,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    pub table: Table,
    pub row: String,
    pub wrong: Wrong,
}

/// What is wrong with a row of the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    Missing,
    /// The source has no such row.
    Extra,
    Differs,
}

impl Report {
    pub fn is_same(&self) -> bool {
        self.different == 0 && self.tables.iter().all(|table| table.hash == table.target)
    }

    fn differs(&mut self, table: Table, row: String, wrong: Wrong) {
        self.different += 1;
        if self.differences.len() < TOLD {
            self.differences.push(Difference { table, row, wrong });
        }
    }
}

/// Runs by where they are counted.
type Counts = BTreeMap<(WorkspaceId, u8), (Status, u64)>;

pub async fn verify(
    source: &Arc<dyn Movable>,
    target: &Arc<dyn Movable>,
    told: &(dyn Fn(Progress) + Send + Sync),
) -> Result<Report> {
    let totals = source.totals().await?;
    let ours = Arc::new(source.epochs().await?);
    let theirs = Arc::new(target.epochs().await?);
    let mut report = Report {
        tables: Vec::new(),
        differences: Vec::new(),
        different: 0,
    };
    let mut counts = Counts::new();
    let mut progress = Progress {
        stage: Stage::Verifying,
        table: Table::ALL[0],
        rows: 0,
        total: 0,
        all_rows: 0,
        all_total: totals.iter().sum(),
    };
    for (table, total) in Table::ALL.into_iter().zip(totals) {
        (progress.table, progress.total) = (table, total);
        let walks = (
            Walk::start(source.clone(), ours.clone(), table),
            Walk::start(target.clone(), theirs.clone(), table),
        );
        let before = progress.all_rows;
        let mut told = |rows| {
            (progress.rows, progress.all_rows) = (rows, before + rows);
            told(progress);
        };
        side_by_side(table, walks, &mut counts, &mut report, &mut told).await?;
    }
    counted(&counts, &**target, &mut report).await?;
    let epochs = ours.iter().zip(theirs.iter());
    for (part, _) in epochs
        .enumerate()
        .filter(|(_, (ours, theirs))| theirs < ours)
    {
        let row = format!("the epoch of partition {part}");
        report.differs(Table::Runs, row, Wrong::Differs);
    }
    Ok(report)
}

async fn side_by_side(
    table: Table,
    (mut ours, mut theirs): (Walk, Walk),
    counts: &mut Counts,
    report: &mut Report,
    told: &mut (dyn FnMut(u64) + Send),
) -> Result<()> {
    let (mut a, mut b) = (ours.next().await?, theirs.next().await?);
    while a.is_some() || b.is_some() {
        let order = order(&a, &b);
        if let Some((key, wrong)) = compare(order, &a, &b) {
            report.differs(table, table.row(key), wrong);
        }
        if order.is_le() {
            if let Some((workspace, status)) = a.and_then(|seen| seen.counted) {
                let count = counts.entry((workspace, status as u8));
                count.or_insert((status, 0)).1 += 1;
            }
            a = ours.next().await?;
            if ours.rows % EVERY == 0 {
                told(ours.rows);
            }
        }
        if order.is_ge() {
            b = theirs.next().await?;
        }
    }
    told(ours.rows);
    report.tables.push(Verified {
        table,
        rows: ours.rows,
        bytes: ours.bytes,
        hash: ours.hash(),
        target: theirs.hash(),
    });
    Ok(())
}

/// Which side's record comes first; at the end of one side, the other's.
fn order(a: &Option<Seen>, b: &Option<Seen>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => a.key.cmp(&b.key),
        (Some(_), None) => Ordering::Less,
        (None, _) => Ordering::Greater,
    }
}

fn compare(order: Ordering, a: &Option<Seen>, b: &Option<Seen>) -> Option<(Key, Wrong)> {
    match (order, a, b) {
        (Ordering::Less, Some(a), _) => Some((a.key, Wrong::Missing)),
        (Ordering::Greater, _, Some(b)) => Some((b.key, Wrong::Extra)),
        (Ordering::Equal, Some(a), Some(b)) if a.digest != b.digest => {
            Some((a.key, Wrong::Differs))
        }
        _ => None,
    }
}

/// The target's counts are those of the runs that were walked over.
async fn counted(counts: &Counts, target: &dyn Movable, report: &mut Report) -> Result<()> {
    let mut workspaces: Vec<WorkspaceId> = counts.keys().map(|(workspace, _)| *workspace).collect();
    workspaces.dedup();
    for workspace in workspaces {
        let found = target.counts(Some(workspace)).await?;
        let mut expected: Vec<(Status, u64)> = counts
            .range((workspace, 0)..=(workspace, u8::MAX))
            .map(|(_, count)| *count)
            .collect();
        expected.sort_unstable_by_key(|(status, _)| *status as u8);
        if found != expected {
            report.differs(
                Table::Runs,
                format!("the counts of {workspace}"),
                Wrong::Differs,
            );
        }
    }
    Ok(())
}
