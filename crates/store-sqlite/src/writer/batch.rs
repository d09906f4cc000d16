//! One batch: every piece of work in one transaction, answered after the commit. An error of the database undoes the whole
//! batch; if it was the fault of one row, the pieces are tried again one by one, so that only the guilty one fails.

use super::Db;
use rusqlite::ErrorCode;
use store::crash;
use store::{Error, Result};
use tokio::sync::oneshot;

/// Something to be written. `apply` checks first and writes nothing when a check fails.
pub trait Work: Send + 'static {
    type Answer: Send + 'static;

    fn apply(&self, db: &mut Db<'_>) -> rusqlite::Result<Self::Answer>;

    /// Roughly how much it writes.
    fn bytes(&self) -> usize {
        256
    }
}

/// A piece of work with whoever waits for its answer.
pub trait Task: Send {
    fn bytes(&self) -> usize;
    fn apply(&mut self, db: &mut Db<'_>) -> rusqlite::Result<()>;
    fn answer(self: Box<Self>, failure: Option<&rusqlite::Error>);
}

struct Waiting<W: Work> {
    work: W,
    outcome: Option<W::Answer>,
    reply: oneshot::Sender<Result<W::Answer>>,
}

pub fn task<W: Work>(work: W, reply: oneshot::Sender<Result<W::Answer>>) -> Box<dyn Task> {
    Box::new(Waiting {
        work,
        outcome: None,
        reply,
    })
}

impl<W: Work> Task for Waiting<W> {
    fn bytes(&self) -> usize {
        self.work.bytes()
    }

    fn apply(&mut self, db: &mut Db<'_>) -> rusqlite::Result<()> {
        self.outcome = Some(self.work.apply(db)?);
        Ok(())
    }

    fn answer(self: Box<Self>, failure: Option<&rusqlite::Error>) {
        let answer = match (failure, self.outcome) {
            (None, Some(outcome)) => Ok(outcome),
            (Some(error), _) => Err(Error::Unavailable(error.to_string())),
            (None, None) => Err(Error::Unavailable("the batch was not written".into())),
        };
        let _ = self.reply.send(answer);
    }
}

/// Writes and answers `tasks`, and leaves the vector empty.
pub fn write(db: &mut Db<'_>, tasks: &mut Vec<Box<dyn Task>>) {
    match transact(db, tasks) {
        Ok(()) => answer(tasks, None),
        Err(error) if tasks.len() > 1 && blames_a_row(&error) => {
            for task in std::mem::take(tasks) {
                let mut alone = vec![task];
                let failure = transact(db, &mut alone).err();
                answer(&mut alone, failure.as_ref());
            }
        }
        Err(error) => answer(tasks, Some(&error)),
    }
}

fn answer(tasks: &mut Vec<Box<dyn Task>>, failure: Option<&rusqlite::Error>) {
    if let Some(error) = failure {
        tracing::error!(%error, units = tasks.len(), "a batch was not written");
    }
    tasks.drain(..).for_each(|task| task.answer(failure));
}

fn transact(db: &mut Db<'_>, tasks: &mut [Box<dyn Task>]) -> rusqlite::Result<()> {
    crash::point("before_begin");
    let written = begin_and_apply(db, tasks);
    if written.is_err() {
        db.roll_back();
        return written;
    }
    crash::point("after_commit");
    Ok(())
}

fn begin_and_apply(db: &mut Db<'_>, tasks: &mut [Box<dyn Task>]) -> rusqlite::Result<()> {
    db.hot.begin.execute([])?;
    for task in tasks {
        task.apply(db)?;
    }
    db.write_counts()?;
    db.write_tallies()?;
    crash::point("before_commit");
    db.hot.commit.execute([])?;
    Ok(())
}

/// A refused or unreadable row, as against a disk that is full or away.
fn blames_a_row(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code().is_none_or(|code| {
        matches!(
            code,
            ErrorCode::ConstraintViolation | ErrorCode::TooBig | ErrorCode::TypeMismatch
        )
    })
}
