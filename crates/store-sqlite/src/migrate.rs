//! Brings the schema up: numbered migrations, each with the checksum of its text. Forward only; a database that was written
//! by a newer version or with another text of a migration is refused before anything is touched.

use crate::connection::unavailable;
use crate::sql::sql;
use rusqlite::{Connection, TransactionBehavior, params};
use sha2::{Digest, Sha256};
use store::{Error, Result};

struct Migration {
    number: u32,
    text: &'static str,
}

const ALL: &[Migration] = &[
    Migration {
        number: 1,
        text: include_str!("../migrations/0001_tables.sql"),
    },
    Migration {
        number: 2,
        text: include_str!("../migrations/0002_limits.sql"),
    },
    Migration {
        number: 3,
        text: include_str!("../migrations/0003_names.sql"),
    },
    Migration {
        number: 4,
        text: include_str!("../migrations/0004_tallies.sql"),
    },
    Migration {
        number: 5,
        text: include_str!("../migrations/0005_parents.sql"),
    },
    Migration {
        number: 6,
        text: include_str!("../migrations/0006_words.sql"),
    },
    Migration {
        number: 7,
        text: include_str!("../migrations/0007_destinations.sql"),
    },
];

pub fn migrate(connection: &mut Connection) -> Result<()> {
    apply(connection, ALL)
}

fn apply(connection: &mut Connection, all: &[Migration]) -> Result<()> {
    let transaction = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(unavailable)?;
    transaction
        .execute_batch(sql!("migrations/create"))
        .map_err(unavailable)?;
    let applied = applied(&transaction).map_err(unavailable)?;
    for (number, checksum) in &applied {
        let Some(migration) = all.iter().find(|m| m.number == *number) else {
            return Err(Error::Corrupt(format!(
                "schema {number}, written by a newer version; this one knows schema {}",
                all.last().map_or(0, |m| m.number)
            )));
        };
        if *checksum != digest(migration) {
            return Err(Error::Corrupt(format!(
                "migration {number} was applied with another text: checksum {checksum}, expected {}",
                digest(migration)
            )));
        }
    }
    for migration in all.iter().skip(applied.len()) {
        transaction
            .execute_batch(migration.text)
            .map_err(unavailable)?;
        transaction
            .execute(
                sql!("migrations/record"),
                params![migration.number, digest(migration)],
            )
            .map_err(unavailable)?;
    }
    transaction.commit().map_err(unavailable)
}

fn applied(connection: &Connection) -> rusqlite::Result<Vec<(u32, String)>> {
    connection
        .prepare(sql!("migrations/applied"))?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
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
