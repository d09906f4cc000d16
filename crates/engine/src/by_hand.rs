//! A run of a flow on a call because somebody asks for it: one like others, on the moment of the call that a test of the flow
//! takes. What would have kept the moment from starting it is refused, unless the asker wants it all the same.

use crate::draft::Draft;
use crate::engine::Inner;
use crate::flows::Flow;
use crate::past::{LOOKED_THROUGH, Past, Wanted};
use crate::plans::{Book, Compiled};
use crate::watch::touched;
use crate::{Engine, Refusal};
use calls::{Call, Kind, schema};
use kernel::flow::why_not;
use kernel::id::{CallId, FlowId, RunId, WorkspaceId};
use std::sync::Arc;
use store::journal::Committed;

/// How often it starts over because the flows or the call changed under it.
const TRIES: usize = 16;

impl Engine {
    /// Starts the version in force; `anyway`: whether or not the call would start it, and however often it has.
    pub async fn run_flow(
        &self,
        workspace: WorkspaceId,
        flow: FlowId,
        call: CallId,
        anyway: bool,
    ) -> Result<RunId, Refusal> {
        self.inner.run_flow(workspace, flow, call, anyway).await
    }
}

impl Inner {
    async fn run_flow(
        self: &Arc<Self>,
        workspace: WorkspaceId,
        id: FlowId,
        call: CallId,
        anyway: bool,
    ) -> Result<RunId, Refusal> {
        for _ in 0..TRIES {
            let flow = self.flow(workspace, id).await?;
            let book = self
                .plans
                .current(&*self.store, &*self.world, workspace)
                .await?;
            let compiled = runnable(&flow, &book)?;
            let (row, known) = self.call_of(workspace, call).await?;
            let trigger = &compiled.plan.trigger;
            let kinds = trigger.kinds.iter().filter_map(|kind| Kind::parse(kind));
            let kinds: Vec<Kind> = kinds.collect();
            let wanted = Wanted {
                kinds: &kinds,
                settled: Some(trigger.settles),
                flow: Some(id),
            };
            let past = match self.past(&book, &row, wanted).await {
                Err(Refusal::NotFound(_)) => {
                    let kinds = trigger.kinds.join(", ");
                    return Err(Refusal::NotNow(format!(
                        "the flow starts on {kinds}, and none of the newest {LOOKED_THROUGH} events of the call is of that kind"
                    )));
                }
                past => past?,
            };
            if !anyway {
                let against = self.against(&flow, &compiled, &known, &past).await?;
                if !against.is_empty() {
                    let against = against.join("; ");
                    return Err(Refusal::NotNow(format!(
                        "{against}. Say `anyway` to run the flow all the same"
                    )));
                }
            }
            let mut draft = Draft::default();
            draft.tell_of(&past);
            let run = self.start_late(&mut draft, &book, compiled, &past.event, past.message);
            draft.unit.calls.push(touched(row));
            draft.unit.matched_with = vec![(workspace, book.generation)];
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

    /// Why the flow has not started on this by itself, or has already.
    async fn against(
        &self,
        flow: &Flow,
        compiled: &Compiled,
        call: &Call,
        past: &Past,
    ) -> Result<Vec<String>, Refusal> {
        let mut against = Vec::new();
        if flow.paused.is_some() {
            against.push("the flow is paused".into());
        } else if !flow.enabled {
            against.push("the flow is off".into());
        }
        if past.new.is_some() && !call.settled {
            against.push("more is to be known of the call: the flow starts by itself then".into());
        }
        let why = {
            let facts = schema::facts(&past.event);
            why_not(&flow.document, &compiled.plan.trigger, &facts, filters::ALL)
        };
        against.extend(
            why.iter()
                .map(|why| format!("{}: {}", why.path, why.message)),
        );
        if let Some(run) = self.run_on(flow.id, &past.event).await? {
            against.push(format!("{run} is a run of it on the same event"));
        }
        Ok(against)
    }
}

fn runnable(flow: &Flow, book: &Book) -> Result<Arc<Compiled>, Refusal> {
    let compiled = book.by_id(flow.id).ok_or_else(|| {
        Refusal::NotNow("no version of the flow is in force: publish it first".into())
    })?;
    if compiled.plan.trigger.watches() {
        return Err(Refusal::NotNow(
            "the flow watches other flows: it is not run on a call".into(),
        ));
    }
    if compiled.analyzes {
        return Err(Refusal::NotNow(
            "the flow analyses calls of its agent: analyse the call again instead".into(),
        ));
    }
    Ok(compiled)
}
