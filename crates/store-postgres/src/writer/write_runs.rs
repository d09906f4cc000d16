//! Runs, new and advanced, with the queue of running ones and the list of the rare ones beside them.

use super::Db;
use super::changes::{Changes, NewRun, is_listed};
use super::write::{Written, column, execute};
use crate::rows::status_number;
use crate::value::{Key, some_text};
use kernel::Timestamp;
use kernel::id::{RunId, WorkspaceId};
use kernel::run::Status;

/// Changes of the queue and of the list.
#[derive(Default)]
struct Places {
    unqueued: Vec<Key>,
    queued: Vec<(Key, i16)>,
    unlisted: Vec<(Key, i16, Key)>,
    listed: Vec<(Key, i16, Key)>,
}

impl Places {
    fn leave(&mut self, workspace: WorkspaceId, status: Status, id: RunId) {
        if status == Status::Running {
            self.unqueued.push(id.into());
        } else if is_listed(status) {
            let place = (workspace.into(), status_number(status), id.into());
            self.unlisted.push(place);
        }
    }

    fn enter(&mut self, workspace: WorkspaceId, status: Status, id: RunId) {
        if status == Status::Running {
            self.queued.push((id.into(), id.part() as i16));
        } else if is_listed(status) {
            let place = (workspace.into(), status_number(status), id.into());
            self.listed.push(place);
        }
    }
}

impl NewRun<'_> {
    fn status(&self) -> Status {
        self.advanced.map_or(self.row.status, |a| a.to.status)
    }
}

pub async fn insert_runs(db: &Db, changes: &Changes<'_>) -> Written {
    let rows = &changes.new_runs;
    if rows.is_empty() {
        return Ok(());
    }
    let mut places = Places::default();
    for run in rows {
        places.enter(run.row.workspace, run.status(), run.row.id);
    }
    let params = [
        &column(rows, |r| Key::from(r.row.id)) as _,
        &column(rows, |r| Key::from(r.row.workspace)) as _,
        &column(rows, |r| Key::from(r.row.flow)) as _,
        &column(rows, |r| r.row.flow_version as i32) as _,
        &column(rows, |r| Key::from(r.row.call)) as _,
        &column(rows, |r| Key::from(r.row.event)) as _,
        &column(rows, |r| r.row.replay_of.map(Key::from)) as _,
        &column(rows, |r| status_number(r.status())) as _,
        &column(rows, |r| {
            let given = r.advanced.map_or(&r.row.destination, |a| &a.to.destination);
            some_text(given.as_ref())
        }) as _,
        &column(rows, |r| {
            r.advanced.map_or(r.row.version, |a| a.to.expect + 1) as i64
        }) as _,
        &column(rows, |r| r.advanced.map_or(r.row.epoch, |a| a.epoch) as i64) as _,
        &column(rows, |r| {
            some_text(r.advanced.map_or(&r.row.error, |a| &a.to.error).as_ref())
        }) as _,
        &column(rows, |r| {
            let time = r.advanced.map_or(r.row.updated_at, |a| a.to.updated_at);
            time.as_microsecond()
        }) as _,
        &column(rows, |r| {
            let time = r.advanced.map_or(r.row.due_at, |a| a.to.due_at);
            time.map(Timestamp::as_microsecond)
        }) as _,
        &column(rows, |r| {
            &r.advanced.map_or(&r.row.state, |a| &a.to.state)[..]
        }) as _,
        &column(&places.queued, |q| q.0) as _,
        &column(&places.queued, |q| q.1) as _,
        &column(&places.listed, |l| l.0) as _,
        &column(&places.listed, |l| l.1) as _,
        &column(&places.listed, |l| l.2) as _,
        &column(rows, |r| r.row.id.part() as i16) as _,
        &column(rows, |r| r.row.parent.map(Key::from)) as _,
    ];
    execute(db, &db.hot.insert_run, &params).await
}

pub async fn advance_runs(db: &Db, changes: &Changes<'_>) -> Written {
    if changes.runs.is_empty() {
        return Ok(());
    }
    let mut rows: Vec<_> = changes.runs.iter().collect();
    rows.sort_unstable_by_key(|run| run.to.to.id);
    let mut places = Places::default();
    for run in &rows {
        let (id, before, after) = (run.to.to.id, run.before.status, run.to.to.status);
        if before != after {
            places.leave(run.before.workspace, before, id);
            places.enter(run.before.workspace, after, id);
        }
    }
    let params = [
        &column(&rows, |r| Key::from(r.to.to.id)) as _,
        &column(&rows, |r| r.before.version as i64) as _,
        &column(&rows, |r| status_number(r.to.to.status)) as _,
        &column(&rows, |r| some_text(r.to.to.destination.as_ref())) as _,
        &column(&rows, |r| r.to.to.expect as i64 + 1) as _,
        &column(&rows, |r| r.to.epoch as i64) as _,
        &column(&rows, |r| some_text(r.to.to.error.as_ref())) as _,
        &column(&rows, |r| r.to.to.updated_at.as_microsecond()) as _,
        &column(&rows, |r| r.to.to.due_at.map(Timestamp::as_microsecond)) as _,
        &column(&rows, |r| &r.to.to.state[..]) as _,
        &places.unqueued as _,
        &column(&places.queued, |q| q.0) as _,
        &column(&places.queued, |q| q.1) as _,
        &column(&places.unlisted, |l| l.0) as _,
        &column(&places.unlisted, |l| l.1) as _,
        &column(&places.unlisted, |l| l.2) as _,
        &column(&places.listed, |l| l.0) as _,
        &column(&places.listed, |l| l.1) as _,
        &column(&places.listed, |l| l.2) as _,
    ];
    execute(db, &db.hot.advance_run, &params).await
}
