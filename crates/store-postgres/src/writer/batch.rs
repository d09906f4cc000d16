//! One batch: every unit in one transaction of two round trips, answered after the commit. An error undoes the whole batch:
//! after a race it is done again; if a row is to blame it is halved, until only the guilty unit fails.

use super::changes::Changes;
use super::db::Db;
use super::found::Found;
use super::line::Line;
use super::unit::{self, Outcome};
use super::write;
use crate::failure::Failure;
use crate::rows;
use crate::sql::sql;
use crate::value::Key;
use store::journal::{CallRow, Committed, Unit};
use store::{Error, Result, crash};
use tokio::sync::oneshot;

const TRIES: usize = 5;

/// A unit with whoever waits for its answer.
pub struct Waiting {
    pub unit: Unit,
    pub reply: oneshot::Sender<Result<Committed>>,
}

/// Writes and answers all of them.
pub async fn settle(line: &mut Line, batch: Vec<Waiting>) {
    let mut parts = vec![(batch, 1)];
    while let Some((mut part, tries)) = parts.pop() {
        let units: Vec<&Unit> = part.iter().map(|waiting| &waiting.unit).collect();
        match attempt(line, &units).await {
            Ok(answers) => {
                for (waiting, answer) in part.into_iter().zip(answers) {
                    let _ = waiting.reply.send(answer);
                }
            }
            Err(failure) if failure.is_a_race() && tries < TRIES => {
                line.counters.repeated();
                parts.push((part, tries + 1));
            }
            Err(failure) if part.len() > 1 && (failure.blames_a_row() || failure.is_a_race()) => {
                let second = part.split_off(part.len() / 2);
                parts.push((second, 1));
                parts.push((part, 1));
            }
            Err(failure) => {
                tracing::error!(error = %failure, units = part.len(), "a batch was not written");
                let why = failure.to_string();
                for waiting in part {
                    let _ = waiting.reply.send(Err(Error::Unavailable(why.clone())));
                }
            }
        }
    }
}

async fn attempt(line: &mut Line, units: &[&Unit]) -> Result<Vec<Result<Committed>>, Failure> {
    let db = line.open().await?;
    let done = transact(db, units).await;
    if let Err(failure) = &done {
        line.roll_back(failure).await;
    }
    done
}

async fn transact(db: &Db, units: &[&Unit]) -> Result<Vec<Result<Committed>>, Failure> {
    crash::point("before_begin");
    let mut found = Found::read(db, units).await?;
    let mut changes = Changes::default();
    let outcomes: Vec<Outcome> = units
        .iter()
        .map(|unit| unit::decide(unit, &mut found, &mut changes))
        .collect();
    if changes.is_empty() {
        db.link.bounded(write::commit(db)).await?;
    } else {
        write::write(db, &changes).await?;
    }
    crash::point("after_commit");
    let mut answers = Vec::with_capacity(outcomes.len());
    for outcome in outcomes {
        answers.push(answer(outcome, &found, db).await.map_err(Error::from));
    }
    Ok(answers)
}

async fn answer(outcome: Outcome, found: &Found, db: &Db) -> Result<Committed, Failure> {
    Ok(match outcome {
        Outcome::Durable => Committed::Durable,
        Outcome::Stale(workspace, generation) => Committed::Stale(workspace, generation),
        Outcome::Lost => Committed::Lost,
        Outcome::Conflict(key) => Committed::Conflict(match found.call(key) {
            None => None,
            Some(call) if call.row.is_some() => call.row.clone(),
            Some(_) => written(db, key).await?,
        }),
    })
}

/// The row as earlier units of the batch left it: read after the commit.
async fn written(db: &Db, key: [u8; 16]) -> Result<Option<Box<CallRow>>, Failure> {
    let row = db
        .link
        .row(sql!("journal/call_by_key"), &[&Key(key)])
        .await?;
    Ok(row.as_ref().map(rows::call).transpose()?.map(Box::new))
}
