//! Analysing a call again: a run of the flow that its agent's settings keep, on the call as it is known now. It starts nothing
//! else; what comes of it is told as `call.reanalyzed`, if it says something else.

use super::derive;
use crate::Refusal;
use crate::draft::Draft;
use crate::engine::Inner;
use crate::past::Again;
use crate::watch::touched;
use crate::wire;
use calls::{Call, Kind};
use kernel::id::{AgentId, CallId, FlowId, RunId, WorkspaceId};
use std::sync::Arc;
use store::journal::{CallRow, Committed};

/// How often it starts over because the call or the flows changed under it.
const TRIES: usize = 16;

impl Inner {
    pub(crate) async fn analyze(
        self: &Arc<Self>,
        workspace: WorkspaceId,
        id: CallId,
    ) -> Result<RunId, Refusal> {
        for _ in 0..TRIES {
            let (row, call) = self.call_of(workspace, id).await?;
            let (_, flow) = self.analyses(workspace, &call).await?;
            let (draft, run) = self.analysis(&row, call, flow).await?;
            match self.commit(draft).await? {
                Committed::Durable => return Ok(run),
                Committed::Stale(workspace, _) => self.plans.forget(workspace),
                Committed::Conflict(_) => {}
                Committed::Lost => break,
            }
        }
        Err(Refusal::Unavailable(
            "the call changed too often: try again".into(),
        ))
    }

    pub(crate) async fn call_of(
        &self,
        workspace: WorkspaceId,
        id: CallId,
    ) -> Result<(CallRow, Call), Refusal> {
        let row = self.store.call_by_id(id).await?;
        let row = row.filter(|row| row.workspace == workspace);
        let row = row.ok_or(Refusal::NotFound("such call"))?;
        let call = wire::decode("a call", &row.state)?;
        Ok((row, call))
    }

    /// The agent of such a call, and the flow that analyses it.
    pub(super) async fn analyses(
        &self,
        workspace: WorkspaceId,
        call: &Call,
    ) -> Result<(AgentId, FlowId), Refusal> {
        let not_now = |why: &str| Err(Refusal::NotNow(why.into()));
        if !call.has(Kind::Ended) {
            return not_now("the call has not ended yet: it is analysed when it has");
        }
        if !call.snapshot.has_words() && call.of_platform().is_none() {
            return not_now("the call has no transcript: there is nothing to analyse");
        }
        let agent = call.snapshot.agent.as_ref();
        let agent = agent.and_then(|agent| agent.profile.as_ref());
        let agent = agent.and_then(|profile| profile.id.parse::<AgentId>().ok());
        let Some(agent) = agent else {
            return not_now(
                "the call is of no agent that is known here: only an agent says what to look for",
            );
        };
        let key = derive::extraction_key(agent);
        match self.flow_of_key(workspace, &key).await? {
            Some(flow) => Ok((agent, FlowId::from_bytes(flow.id))),
            None => not_now(
                "the call's agent has no `extraction` in its settings: give it one first, `{}` at least",
            ),
        }
    }

    async fn analysis(
        &self,
        row: &CallRow,
        mut call: Call,
        flow: FlowId,
    ) -> Result<(Draft, RunId), Refusal> {
        let book = self
            .plans
            .current(&*self.store, &*self.world, row.workspace)
            .await?;
        let compiled = book.by_id(flow);
        let compiled = compiled.ok_or(Refusal::NotFound("such flow any more"))?;
        // What was found here before is not what the platform has found.
        call.snapshot.analysis = call.of_platform().cloned();
        call.hops = 0;
        let again = Again {
            at: self.stamp.now(),
            named: "analyze",
            only: Some(flow),
        };
        let told = self.told_again(&book, row, call, again);
        let mut draft = Draft::default();
        draft.unit.matched_with = vec![(row.workspace, book.generation)];
        draft.tell_of(&told);
        draft.unit.calls.push(touched(row.clone()));
        let run = self.start(&mut draft, &book, compiled, &told.event, told.message);
        Ok((draft, run))
    }
}
