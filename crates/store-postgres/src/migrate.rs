//! Brings the schema up: numbered migrations, each with the checksum of its text, committed one by one, forward only. Each says
//! from which schema on a binary still works after it, so that nodes are replaced one by one; an older binary is refused.

use crate::connection::{Link, Purpose};
use crate::failure::Failure;
use crate::rows::get;
use crate::sql::sql;
use sha2::{Digest, Sha256};
use std::time::Duration;
use store::Result;

/// How often it is looked whether another node has migrated.
const AGAIN: Duration = Duration::from_millis(100);
/// So often nodes of older versions have their turn.
const RACES: u32 = 10;

struct Migration {
    number: i32,
    /// The oldest schema whose binary works on this one: it knows nothing of what came since, and breaks nothing. What is saved
    /// counts as well as tables: a binary that leaves out flows, limits or pauses that newer ones save is too old.
    runs_from: i32,
    text: &'static str,
    /// How it is done where rows are written meanwhile; `text` would hold a large table.
    beside: Option<Beside>,
}

/// Leads to the same schema as the migration's text.
#[derive(Clone, Copy)]
struct Beside {
    /// Statements, each on its own; after one that failed they are done again from the first.
    before: &'static str,
    then: &'static str,
}

const ALL: &[Migration] = &[
    Migration {
        number: 1,
        runs_from: 1,
        text: include_str!("../migrations/0001_tables.sql"),
        beside: None,
    },
    Migration {
        number: 2,
        // The first knows no limits or pauses, and cannot read flows that name connections: it would go on without them.
        runs_from: 2,
        text: include_str!("../migrations/0002_limits.sql"),
        beside: None,
    },
    Migration {
        number: 3,
        runs_from: 1,
        text: include_str!("../migrations/0003_names.sql"),
        beside: None,
    },
    Migration {
        number: 4,
        // An older one counts nothing of what it does; all else it does as ever.
        runs_from: 1,
        text: include_str!("../migrations/0004_tallies.sql"),
        beside: None,
    },
    Migration {
        number: 5,
        // What an older one begins is listed as if it were whole.
        runs_from: 1,
        text: include_str!("../migrations/0005_parents.sql"),
        beside: None,
    },
    Migration {
        number: 6,
        // What an older one writes is searched by its numbers and the platform's id, until the call changes again.
        runs_from: 1,
        text: include_str!("../migrations/0006_words.sql"),
        beside: Some(Beside {
            before: include_str!("../migrations/0006_words_before.sql"),
            then: include_str!("../migrations/0006_words_then.sql"),
        }),
    },
    Migration {
        number: 7,
        // An older one counts no attempts, and takes no notice of those that are counted.
        runs_from: 1,
        text: include_str!("../migrations/0007_destinations.sql"),
        beside: Some(Beside {
            before: include_str!("../migrations/0007_destinations_before.sql"),
            then: "",
        }),
    },
];

pub async fn migrate(link: &Link) -> Result<()> {
    apply(link, ALL).await
}

/// Nothing is locked where nothing is missing: a lock that a session holds is not for every start.
async fn apply(link: &Link, all: &[Migration]) -> Result<()> {
    let begun = link
        .row(include_str!("../migrations/is_begun.sql"), &[])
        .await?;
    let is_begun = begun.map_or(Ok(false), |row| get(&row, 0))?;
    if is_begun && missing(link, all).await?.is_empty() {
        return Ok(());
    }
    let mut races = 0;
    loop {
        lock(link).await?;
        let done = catch_up(link, all).await;
        // A node of an older version waits for the lock inside of a statement, and what is built beside others for that
        // statement: it has its turn, then all is looked at again.
        let again = races < RACES && matches!(&done, Err(failure) if failure.is_a_race());
        if !again {
            done?;
        }
        link.row(include_str!("../migrations/unlock.sql"), &[])
            .await?;
        if !again {
            return Ok(());
        }
        races += 1;
    }
}

async fn catch_up(link: &Link, all: &[Migration]) -> Result<(), Failure> {
    link.bounded(link.client.batch_execute(sql!("migrations/create")))
        .await?;
    for migration in missing(link, all).await? {
        let mut text = migration.text;
        if let Some(beside) = migration.beside {
            for statement in beside.before.split_inclusive(";\n") {
                link.bounded(link.client.batch_execute(statement)).await?;
            }
            text = beside.then;
        }
        link.begin(sql!("writer/begin")).await?;
        let done = apply_one(link, migration, text).await;
        let end = match done {
            Ok(()) => sql!("writer/commit"),
            Err(_) => sql!("writer/rollback"),
        };
        link.end(end).await?;
        done?;
    }
    Ok(())
}

/// Those that are not applied yet; refused: a schema that is not this binary's.
async fn missing<'a>(link: &Link, all: &'a [Migration]) -> Result<Vec<&'a Migration>, Failure> {
    let applied = applied(link).await?;
    let newest = all.last().map_or(0, |migration| migration.number);
    for row in &applied {
        match all.iter().find(|migration| migration.number == row.number) {
            Some(migration) if row.checksum != digest(migration) => {
                return Err(Failure::Unreadable(format!(
                    "migration {} was applied with another text: checksum {}, expected {}",
                    row.number,
                    row.checksum,
                    digest(migration)
                )));
            }
            None if row.runs_from > newest => {
                return Err(Failure::Unreadable(format!(
                    "schema {}, written by a newer version, needs a version that knows schema {}; this one knows schema {newest}",
                    row.number, row.runs_from
                )));
            }
            _ => {}
        }
    }
    let last = applied.last().map_or(0, |row| row.number);
    let missing = all.iter().filter(|migration| migration.number > last);
    Ok(missing.collect())
}

async fn lock(link: &Link) -> Result<(), Failure> {
    let mut is_told = false;
    let taken = async {
        while let Some(row) = link
            .row(include_str!("../migrations/lock.sql"), &[])
            .await?
        {
            if get(&row, 0)? {
                break;
            }
            if !std::mem::replace(&mut is_told, true) {
                tracing::info!("waiting for another node, which brings the schema up");
            }
            tokio::time::sleep(AGAIN).await;
        }
        Ok(())
    };
    let longest = Purpose::Migrate.deadline();
    let taken = tokio::time::timeout(longest, taken).await;
    taken.unwrap_or_else(|_| {
        Err(Failure::Away(format!(
            "another node has been bringing the schema up for {} s, or a session that it left behind holds its advisory lock; \
             pg_locks tells which",
            longest.as_secs()
        )))
    })
}

async fn apply_one(link: &Link, migration: &Migration, text: &str) -> Result<(), Failure> {
    link.bounded(link.client.batch_execute(text)).await?;
    let row: [&(dyn tokio_postgres::types::ToSql + Sync); 3] =
        [&migration.number, &digest(migration), &migration.runs_from];
    link.execute(sql!("migrations/record"), &row)
        .await
        .map(drop)
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
