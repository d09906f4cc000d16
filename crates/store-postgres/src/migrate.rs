//! Brings the schema up: numbered migrations, each with the checksum of its text, forward only. Each says from which schema
//! on a binary still works after it, so that nodes are replaced one by one; an older binary than that is refused.

use crate::connection::Link;
use crate::failure::Failure;
use crate::rows::get;
use crate::sql::sql;
use sha2::{Digest, Sha256};
use store::{Error, Result};

struct Migration {
    number: i32,
    /// The oldest schema whose binary works on this one: it knows nothing of what came since, and breaks nothing. What is saved
    /// counts as well as tables: a binary that leaves out flows, limits or pauses that newer ones save is too old.
    runs_from: i32,
    text: &'static str,
}

const ALL: &[Migration] = &[
    Migration {
        number: 1,
        runs_from: 1,
        text: include_str!("../migrations/0001_tables.sql"),
    },
    Migration {
        number: 2,
        // The first knows no limits or pauses, and cannot read flows that name connections: it would go on without them.
        runs_from: 2,
        text: include_str!("../migrations/0002_limits.sql"),
    },
    Migration {
        number: 3,
        runs_from: 1,
        text: include_str!("../migrations/0003_names.sql"),
    },
    Migration {
        number: 4,
        // An older one counts nothing of what it does; all else it does as ever.
        runs_from: 1,
        text: include_str!("../migrations/0004_tallies.sql"),
    },
    Migration {
        number: 5,
        // What an older one begins is listed as if it were whole.
        runs_from: 1,
        text: include_str!("../migrations/0005_parents.sql"),
    },
    Migration {
        number: 6,
        // What an older one writes is searched by its numbers and the platform's id, until the call changes again.
        runs_from: 1,
        text: include_str!("../migrations/0006_words.sql"),
    },
    Migration {
        number: 7,
        // An older one counts no attempts, and takes no notice of those that are counted.
        runs_from: 1,
        text: include_str!("../migrations/0007_destinations.sql"),
    },
];

pub async fn migrate(link: &Link) -> Result<()> {
    apply(link, ALL).await
}

async fn apply(link: &Link, all: &[Migration]) -> Result<()> {
    link.begin(sql!("writer/begin")).await?;
    let migrated = apply_within(link, all).await;
    let end = match migrated {
        Ok(()) => sql!("writer/commit"),
        Err(_) => sql!("writer/rollback"),
    };
    link.end(end).await?;
    migrated
}

async fn apply_within(link: &Link, all: &[Migration]) -> Result<()> {
    let run = async |text| link.bounded(link.client.batch_execute(text)).await;
    run(sql!("migrations/create")).await?;
    let applied = applied(link).await?;
    let newest = all.last().map_or(0, |migration| migration.number);
    for row in &applied {
        match all.iter().find(|migration| migration.number == row.number) {
            Some(migration) if row.checksum != digest(migration) => {
                return Err(Error::Corrupt(format!(
                    "migration {} was applied with another text: checksum {}, expected {}",
                    row.number,
                    row.checksum,
                    digest(migration)
                )));
            }
            None if row.runs_from > newest => {
                return Err(Error::Corrupt(format!(
                    "schema {}, written by a newer version, needs a version that knows schema {}; this one knows schema {newest}",
                    row.number, row.runs_from
                )));
            }
            _ => {}
        }
    }
    let last = applied.last().map_or(0, |row| row.number);
    for migration in all.iter().filter(|migration| migration.number > last) {
        run(migration.text).await?;
        let row: [&(dyn tokio_postgres::types::ToSql + Sync); 3] =
            [&migration.number, &digest(migration), &migration.runs_from];
        link.execute(sql!("migrations/record"), &row).await?;
    }
    Ok(())
}

struct Applied {
    number: i32,
    checksum: String,
    runs_from: i32,
}

async fn applied(link: &Link) -> Result<Vec<Applied>, Failure> {
    let rows = link.rows(sql!("migrations/applied"), &[]).await?;
    rows.iter()
        .map(|row| {
            Ok(Applied {
                number: get(row, 0)?,
                checksum: get(row, 1)?,
                runs_from: get(row, 2)?,
            })
        })
        .collect()
}

fn digest(migration: &Migration) -> String {
    Sha256::digest(migration.text)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests;
