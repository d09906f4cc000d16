//! Doing a finished run again: from its start, the failed step or another one, with its own version of the flow or the newest, on the event
//! that it had or on one that was edited.

use crate::Refusal;
use crate::agents::KEEPS;
use crate::draft::Draft;
use crate::edited::Edited;
use crate::engine::{Engine, Inner};
use crate::job::Course;
use crate::settling::any_called;
use crate::timed::run_timer;
use crate::watch::touched;
use crate::wire;
use kernel::flow::Plan;
use kernel::id::{RunId, WorkspaceId};
use kernel::run::{Entry, From, Input, Part, Run, Status};
use kernel::{Problem, Timestamp};
use serde_json::Value;
use std::sync::Arc;
use store::catalog::Kind;
use store::journal::{Committed, RunRow, TimerKind};

/// How often a replay starts over because the flows or the call changed under it.
const TRIES: usize = 16;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReplayFrom {
    Start,
    FailedStep,
    /// A step that the run took, and that is no part of another one.
    Step(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplayVersion {
    /// The version that the run had.
    Same,
    Latest,
}

#[derive(Debug, Clone)]
pub struct Replay {
    pub from: ReplayFrom,
    pub version: ReplayVersion,
    /// In place of what the run saw: an event as it would be sent.
    pub event: Option<Value>,
}

#[derive(Debug)]
pub struct Replayed {
    pub run: RunId,
    /// Where the event differs from the one that the run saw.
    pub changed: Vec<String>,
}

/// A replay that nothing stands in the way of.
pub(crate) struct Ready {
    call: kernel::id::CallId,
    course: Course,
    run: Run,
    input: Input,
    edited: Option<Edited>,
}

impl Engine {
    /// Does a finished run again as a new run.
    pub async fn replay(
        &self,
        workspace: WorkspaceId,
        run: RunId,
        replay: &Replay,
    ) -> Result<Replayed, Refusal> {
        self.inner.replay(workspace, run, replay).await
    }

    /// Whether it could be done, without doing it.
    pub async fn check_replay(
        &self,
        workspace: WorkspaceId,
        run: RunId,
        replay: &Replay,
    ) -> Result<(), Refusal> {
        self.inner.prepare(workspace, run, replay).await.map(drop)
    }
}

impl Inner {
    pub(crate) async fn replay(
        self: &Arc<Self>,
        workspace: WorkspaceId,
        id: RunId,
        replay: &Replay,
    ) -> Result<Replayed, Refusal> {
        let ready = self.prepare(workspace, id, replay).await?;
        for _ in 0..TRIES {
            let book = self
                .plans
                .current(&*self.store, &*self.world, workspace)
                .await?;
            let call = self.store.call_by_id(ready.call).await?;
            let call = call.ok_or(Refusal::NotFound("such call any more"))?;
            let (mut draft, course) = (Draft::default(), ready.course.clone());
            // A call that is forgotten meanwhile is not written to again.
            draft.unit.calls.push(touched(call));
            if let Some(Edited { message, row, .. }) = &ready.edited {
                draft.unit.messages.push(message.clone());
                draft.unit.events.push(row.clone());
            }
            let new = self.begin(
                &mut draft,
                &book,
                course,
                ready.run.clone(),
                ready.input.clone(),
                Some(id),
            );
            match self.commit(draft).await? {
                Committed::Durable => {
                    let edited = ready.edited;
                    return Ok(Replayed {
                        run: new,
                        changed: edited.map(|edited| edited.changed).unwrap_or_default(),
                    });
                }
                Committed::Stale(workspace, _) => self.plans.forget(workspace),
                Committed::Conflict(_) => {}
                Committed::Lost => break,
            }
        }
        Err(Refusal::Unavailable(
            "the replay was not taken: try again".into(),
        ))
    }

    /// All that a replay needs, or why it cannot be; nothing is done yet.
    pub(crate) async fn prepare(
        &self,
        workspace: WorkspaceId,
        id: RunId,
        replay: &Replay,
    ) -> Result<Ready, Refusal> {
        let row = self.run_of(workspace, id).await?;
        if !row.status.is_final() {
            return Err(Refusal::NotNow(
                "the run has not ended yet: cancel it first, or wait".into(),
            ));
        }
        if replay.from == ReplayFrom::FailedStep && row.status != Status::Failed {
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
        let mut course = self.replay_course(&row, replay.version).await?;
        let new = self.stamp.id(id.part());
        let (mut run, input) = match &replay.from {
            ReplayFrom::Start => (Run::replay(&old, new, From::Start), Input::Started),
            ReplayFrom::FailedStep => (
                Run::replay(&old, new, From::FailedStep),
                Input::Resumed { takeovers: 0 },
            ),
            ReplayFrom::Step(step) => (
                self.replay_from(&row, &old, new, &course, step).await?,
                Input::Resumed { takeovers: 0 },
            ),
        };
        let edited = match &replay.event {
            Some(event) => self.edited(&mut course, event.clone())?,
            None => None,
        };
        if edited.is_some() && self.keeps_analysis(&course).await? {
            let why = format!(
                "the flow, or one that it calls, does `{KEEPS}`: what comes of an edited event would become the real call's analysis. Replay it as it was"
            );
            return Err(Refusal::Invalid(vec![Problem::new("/event", why)]));
        }
        if course.flow.version != row.flow_version || edited.is_some() {
            // It may send another request: receivers must not take it for the old one.
            run.root = run.id;
        }
        Ok(Ready {
            call: row.call,
            course,
            run,
            input,
            edited,
        })
    }

    async fn keeps_analysis(&self, course: &Course) -> store::Result<bool> {
        let keeps = |plan: &Plan| plan.actions().any(|(action, _)| action == KEEPS);
        let plan = &course.flow.plan;
        if keeps(plan) || plan.sub_flows().next().is_none() {
            return Ok(keeps(plan));
        }
        let book = self
            .plans
            .current(&*self.store, &*self.world, course.workspace)
            .await?;
        Ok(any_called(plan, |name| book.named(name), keeps))
    }

    async fn replay_from(
        &self,
        row: &RunRow,
        old: &Run,
        new: RunId,
        course: &Course,
        step: &str,
    ) -> Result<Run, Refusal> {
        let refused = |why| Refusal::Invalid(vec![Problem::new("/from/step", why)]);
        let ran = self
            .plans
            .version(&*self.store, &*self.world, row.flow, row.flow_version);
        let ran = ran
            .await?
            .ok_or(Refusal::NotFound("such version of the flow"))?;
        let mut journal = Vec::new();
        for entry in self.store.entries(row.id).await? {
            journal.push(wire::decode::<Entry>("an entry", &entry.body)?);
        }
        if journal.is_empty() {
            return Err(Refusal::PayloadExpired);
        }
        course.flow.plan.stands_alone(step).map_err(refused)?;
        Run::replay_from(old, new, &ran.plan, step, &journal).map_err(refused)
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
