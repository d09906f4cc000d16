//! The second round trip of a batch: one statement per table, each with a column of every field, all sent before the first
//! answer is waited for.

use super::Db;
use super::changes::Changes;
use super::write_calls::{insert_calls, update_calls};
use super::write_runs::{advance_runs, insert_runs};
use crate::failure::Failure;
use crate::value::{Key, some_text, text};
use store::crash;
use store::journal::{EntryRow, EventRow, MessageRow, Timer};

pub type Written = Result<(), tokio_postgres::Error>;

/// Writes and commits. A commit after a failed statement is answered as a rollback and without an error: only when every
/// statement succeeded is the batch on disk.
pub async fn write(db: &Db, changes: &Changes<'_>) -> Result<(), Failure> {
    let commits_alone = crash::is_armed();
    let all = async {
        tokio::try_join!(
            biased;
            insert_calls(db, changes),
            update_calls(db, changes),
            insert_messages(db, &changes.messages),
            insert_bodies(db, &changes.messages),
            insert_events(db, &changes.events),
            insert_runs(db, changes),
            advance_runs(db, changes),
            insert_entries(db, &changes.entries),
            set_timers(db, changes),
            clear_timers(db, changes),
            add_counts(db, changes),
            add_tallies(db, changes),
            async {
                match commits_alone {
                    true => Ok(()),
                    false => commit(db).await,
                }
            },
        )
    };
    db.link.bounded(Box::pin(all)).await?;
    if commits_alone {
        crash::point("before_commit");
        db.link.bounded(commit(db)).await?;
    }
    Ok(())
}

pub async fn commit(db: &Db) -> Written {
    db.link.client.execute(&db.hot.commit, &[]).await.map(drop)
}

/// One field of every row.
pub fn column<'r, R, T>(rows: &'r [R], field: impl FnMut(&'r R) -> T) -> Vec<T> {
    rows.iter().map(field).collect()
}

async fn insert_messages(db: &Db, rows: &[&MessageRow]) -> Written {
    if rows.is_empty() {
        return Ok(());
    }
    let params = [
        &column(rows, |m| Key::from(m.id)) as _,
        &column(rows, |m| Key::from(m.workspace)) as _,
        &column(rows, |m| Key::from(m.call)) as _,
        &column(rows, |m| m.endpoint.map(Key::from)) as _,
        &column(rows, |m| text(&m.provider)) as _,
        &column(rows, |m| text(&m.provider_event)) as _,
        &column(rows, |m| m.received_at.as_microsecond()) as _,
    ];
    execute(db, &db.hot.insert_message, &params).await
}

async fn insert_bodies(db: &Db, rows: &[&MessageRow]) -> Written {
    if rows.is_empty() {
        return Ok(());
    }
    let params = [
        &column(rows, |m| Key::from(m.id)) as _,
        &column(rows, |m| &m.body[..]) as _,
    ];
    execute(db, &db.hot.insert_body, &params).await
}

async fn insert_events(db: &Db, rows: &[&EventRow]) -> Written {
    if rows.is_empty() {
        return Ok(());
    }
    let params = [
        &column(rows, |e| Key::from(e.id)) as _,
        &column(rows, |e| Key::from(e.workspace)) as _,
        &column(rows, |e| Key::from(e.call)) as _,
        &column(rows, |e| Key::from(e.message)) as _,
        &column(rows, |e| text(&e.kind)) as _,
        &column(rows, |e| e.at.as_microsecond()) as _,
        &column(rows, |e| &e.detail[..]) as _,
    ];
    execute(db, &db.hot.insert_event, &params).await
}

async fn insert_entries(db: &Db, rows: &[&EntryRow]) -> Written {
    if rows.is_empty() {
        return Ok(());
    }
    let params = [
        &column(rows, |e| Key::from(e.run)) as _,
        &column(rows, |e| e.number as i32) as _,
        &column(rows, |e| &e.body[..]) as _,
    ];
    execute(db, &db.hot.insert_entry, &params).await
}

async fn set_timers(db: &Db, changes: &Changes<'_>) -> Written {
    timers(db, &db.hot.set_timer, changes, true).await
}

async fn clear_timers(db: &Db, changes: &Changes<'_>) -> Written {
    timers(db, &db.hot.clear_timer, changes, false).await
}

async fn timers(
    db: &Db,
    statement: &tokio_postgres::Statement,
    changes: &Changes<'_>,
    is_set: bool,
) -> Written {
    let which = changes.timers.iter().filter(|(_, set)| **set == is_set);
    let mut rows: Vec<&Timer> = which.map(|(timer, _)| *timer).collect();
    if rows.is_empty() {
        return Ok(());
    }
    rows.sort_unstable_by_key(|t| (t.due_at, t.kind as u8, t.subject, t.part));
    let params = [
        &column(&rows, |t| t.due_at.as_microsecond()) as _,
        &column(&rows, |t| t.kind as i16) as _,
        &column(&rows, |t| Key(t.subject)) as _,
        &column(&rows, |t| t.part as i16) as _,
    ];
    execute(db, statement, &params).await
}

async fn add_counts(db: &Db, changes: &Changes<'_>) -> Written {
    let rows: Vec<_> = changes.counts().collect();
    if rows.is_empty() {
        return Ok(());
    }
    let params = [
        &column(&rows, |(workspace, ..)| Key::from(*workspace)) as _,
        &column(&rows, |(_, status, _)| *status) as _,
        &column(&rows, |(.., change)| *change) as _,
        &db.slot as _,
    ];
    execute(db, &db.hot.add_count, &params).await
}

async fn add_tallies(db: &Db, changes: &Changes<'_>) -> Written {
    // In the order of their keys: two writers take rows in the same one.
    let rows: Vec<_> = changes.tallies.iter().collect();
    if rows.is_empty() {
        return Ok(());
    }
    let params = [
        &column(&rows, |(key, _)| key.hour as i32) as _,
        &column(&rows, |(key, _)| Key(key.series)) as _,
        &column(&rows, |(key, _)| i32::from(key.meter)) as _,
        &column(&rows, |(_, (_, amount))| *amount as i64) as _,
        &column(&rows, |(_, (tally, _))| Key::from(tally.workspace)) as _,
        &column(&rows, |(_, (tally, _))| tally.flow.map(Key::from)) as _,
        &column(&rows, |(_, (tally, _))| some_text(tally.agent())) as _,
        &column(&rows, |(_, (tally, _))| {
            some_text(tally.destination.as_ref())
        }) as _,
        &db.slot as _,
    ];
    execute(db, &db.hot.add_tally, &params).await
}

pub async fn execute(
    db: &Db,
    statement: &tokio_postgres::Statement,
    params: &crate::connection::Params<'_>,
) -> Written {
    db.link.client.execute(statement, params).await.map(drop)
}
