//! Doing a finished run again: from its start or from the failed step, with its own version of the flow or the newest.

use crate::Refusal;
use crate::draft::Draft;
use crate::engine::Inner;
use crate::job::Course;
use crate::timed::run_timer;
use crate::watch::touched;
use crate::wire;
use kernel::Timestamp;
use kernel::id::{RunId, WorkspaceId};
use kernel::run::{From, Input, Part, Run, Status};
use std::sync::Arc;
use store::catalog::Kind;
use store::journal::{Committed, RunRow, TimerKind};

/// How often a replay starts over because the flows or the call changed under it.
const TRIES: usize = 16;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplayFrom {
    Start,
    FailedStep,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplayVersion {
    /// The version that the run had.
    Same,
    Latest,
}

impl Inner {
    pub(crate) async fn replay(
        self: &Arc<Self>,
        workspace: WorkspaceId,
        id: RunId,
        from: ReplayFrom,
        version: ReplayVersion,
    ) -> Result<RunId, Refusal> {
        let row = self.run_of(workspace, id).await?;
        if !row.status.is_final() {
            return Err(Refusal::NotNow(
                "the run has not ended yet: cancel it first, or wait".into(),
            ));
        }
        if from == ReplayFrom::FailedStep && row.status != Status::Failed {
            return Err(Refusal::NotNow(
                "the run has no failed step: replay it from the start".into(),
            ));
        }
        let old: Run = wire::decode("a run", &row.state)?;
        if let Some(parent) = old.parent.as_ref().filter(|at| at.part != Part::Flow) {
            return Err(Refusal::NotNow(format!(
                "the run is a part of another one: replay {} instead",
                self.whole(parent.run).await?
            )));
        }
        let course = self.replay_course(&row, version).await?;
        let (from, input) = match from {
            ReplayFrom::Start => (From::Start, Input::Started),
            ReplayFrom::FailedStep => (From::FailedStep, Input::Resumed { takeovers: 0 }),
        };
        let mut run = Run::replay(&old, self.stamp.id(id.part()), from);
        if course.flow.version != row.flow_version {
            // Another version may send another request: receivers must not take it for the old one.
            run.root = run.id;
        }
        for _ in 0..TRIES {
            let book = self
                .plans
                .current(&*self.store, &*self.world, workspace)
                .await?;
            let call = self.store.call_by_id(row.call).await?;
            let call = call.ok_or(Refusal::NotFound("such call any more"))?;
            let (mut draft, course) = (Draft::default(), course.clone());
            // A call that is forgotten meanwhile is not written to again.
            draft.unit.calls.push(touched(call));
            let new = self.begin(
                &mut draft,
                &book,
                course,
                run.clone(),
                input.clone(),
                Some(id),
            );
            match self.commit(draft).await? {
                Committed::Durable => return Ok(new),
                Committed::Stale(workspace, _) => self.plans.forget(workspace),
                Committed::Conflict(_) => {}
                Committed::Lost => break,
            }
        }
        Err(Refusal::Unavailable(
            "the replay was not taken: try again".into(),
        ))
    }

    /// The run of a whole flow that `id` is, or is a part of.
    async fn whole(&self, mut id: RunId) -> store::Result<RunId> {
        while let Some(row) = self.store.run(id).await? {
            let run: Run = wire::decode("a run", &row.state)?;
            match run.parent.filter(|parent| parent.part != Part::Flow) {
                Some(parent) => id = parent.run,
                None => break,
            }
        }
        Ok(id)
    }

    async fn replay_course(&self, row: &RunRow, version: ReplayVersion) -> Result<Course, Refusal> {
        let version = match version {
            ReplayVersion::Same => row.flow_version,
            ReplayVersion::Latest => {
                self.store
                    .get(Kind::Flow, row.flow.bytes())
                    .await?
                    .ok_or(Refusal::NotFound(
                        "flow any more: replay with its own version",
                    ))?
                    .version
            }
        };
        let flow = self
            .plans
            .version(&*self.store, &*self.world, row.flow, version)
            .await?;
        let flow = flow.ok_or(Refusal::NotFound("such version of the flow"))?;
        let event = self.event(row).await?;
        let (event, message) = event.ok_or(Refusal::PayloadExpired)?;
        Ok(Course {
            workspace: row.workspace,
            flow,
            event: Arc::new(event),
            message,
        })
    }

    /// Asks for a run to be cancelled: a durable timer that is due, so that the run's owner finds it on any node. Asked again
    /// with the same time, it is the same timer.
    pub(crate) async fn cancel(
        self: &Arc<Self>,
        workspace: WorkspaceId,
        id: RunId,
        asked_at: Timestamp,
    ) -> Result<(), Refusal> {
        let row = self.run_of(workspace, id).await?;
        if row.status.is_final() {
            return Err(Refusal::NotNow("the run has already ended".into()));
        }
        let mut draft = Draft::default();
        let cancel = run_timer(TimerKind::CancelRun, id, asked_at);
        draft.unit.set_timers.push(cancel);
        self.commit(draft).await?;
        Ok(())
    }

    async fn run_of(&self, workspace: WorkspaceId, id: RunId) -> Result<RunRow, Refusal> {
        let row = self.store.run(id).await?;
        row.filter(|row| row.workspace == workspace)
            .ok_or(Refusal::NotFound("such run"))
    }
}
