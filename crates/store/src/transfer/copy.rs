//! Everything of one store into another, page by page in the order of tables and keys. A copy that was ended anywhere goes on
//! where its mark stands.

use super::mark::{Mark, is_mark};
use super::{Key, Movable, PAGE_BYTES, Progress, Record, Stage, Table};
use crate::Result;
use kernel::Timestamp;

/// Copies what is missing behind `mark`, which goes on with the copy in the target.
pub async fn copy(
    source: &dyn Movable,
    target: &dyn Movable,
    mark: &mut Mark,
    now: fn() -> Timestamp,
    told: &(dyn Fn(Progress) + Send + Sync),
) -> Result<()> {
    mark.write(target, now()).await?;
    target.raise(&mark.epochs).await?;
    let epochs = target.epochs().await?;
    let mut copied = target.totals().await?;
    // The mark itself.
    let documents = &mut copied[Table::Documents as usize];
    *documents = documents.saturating_sub(1);
    let from = Table::ALL.iter().position(|table| *table == mark.table);
    for (at, table) in Table::ALL.into_iter().enumerate().skip(from.unwrap_or(0)) {
        if table != mark.table {
            (mark.table, mark.after) = (table, Key::FIRST);
        }
        let mut page = source.export(table, mark.after, PAGE_BYTES).await?;
        while let Some(last) = page.last().map(Record::key) {
            page.retain(|record| !is_mark(record));
            copied[at] += page.len() as u64;
            page.iter_mut()
                .for_each(|record| record.rebase(&mark.epochs, &epochs));
            // The next page is read while this one is written.
            let (written, next) =
                tokio::join!(target.import(page), source.export(table, last, PAGE_BYTES));
            written?;
            mark.after = last;
            mark.write(target, now()).await?;
            page = next?;
            told(Progress {
                stage: Stage::Copying,
                table,
                rows: copied[at],
                total: mark.totals[at],
                all_rows: copied.iter().sum(),
                all_total: mark.totals.iter().sum(),
            });
        }
    }
    Ok(())
}
