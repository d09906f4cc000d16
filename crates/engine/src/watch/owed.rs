//! Carrying out what was decided about a flow. Each part can be done twice without doing more than once, so whoever finds
//! something owed does it, also where another node has died, or is at it.

use super::health::{Health, Owed, Paused, Telling};
use super::trouble::AlertKind;
use crate::draft::Draft;
use crate::engine::Inner;
use crate::raise::{about, signal_row};
use crate::wire;
use calls::Call;
use kernel::health::FULL;
use kernel::id::{FlowId, WorkspaceId};
use std::sync::Arc;
use store::catalog::Kind;
use store::journal::{CallPut, Committed, MessageRow, RunRow};

impl Inner {
    /// Settles what is remembered in this version; `false`: that has changed meanwhile, and is to be looked at again.
    pub(super) async fn settle_debts(
        self: &Arc<Self>,
        workspace: WorkspaceId,
        flow: FlowId,
        mut health: Health,
        version: u32,
    ) -> store::Result<bool> {
        let (_, now) = self.health(flow).await?;
        // What is gone by now was of a flow that is deleted: what there was to say of it is said all the same.
        if ![version, 0].contains(&now) {
            return Ok(false);
        }
        for owed in &health.owed {
            match owed {
                Owed::Pause(Paused {
                    action: Some(action),
                    ..
                }) => self.switch_off_webhook(workspace, action).await?,
                Owed::Pause(paused) => {
                    let is_new = self.put_pause(workspace, flow, paused).await?;
                    if is_new && self.was_resumed(flow, version).await? {
                        // Somebody has carried it out, and somebody let the flow go on, since we read of it.
                        let now = self.stamp.now();
                        self.store.delete(Kind::Pause, flow.bytes(), now).await?;
                        self.plans.forget(workspace);
                        return Ok(false);
                    }
                }
                Owed::Alert(trouble) => {
                    if trouble.kind != AlertKind::FlowFailing && trouble.flow.is_some() {
                        self.resolve_alert(workspace, AlertKind::FlowFailing, &trouble.subject)
                            .await?;
                    }
                    self.raise_alert(workspace, trouble).await?;
                }
                Owed::Resolve => self.resolve_flow(workspace, flow).await?,
                Owed::Event(telling) => self.tell_of(telling).await?,
            }
        }
        let is_of_flow = |owed: &Owed| matches!(owed, Owed::Pause(_) | Owed::Alert(_));
        if health.owed.iter().any(is_of_flow) && self.is_deleted(flow).await? {
            // Whoever deleted it meanwhile was too early to find these.
            self.forget_trouble(workspace, flow).await?;
        }
        health.owed.clear();
        self.put_health(workspace, flow, &health, now).await
    }

    /// Whether what is remembered has another version by now, and says nothing of a pause any more.
    async fn was_resumed(&self, flow: FlowId, version: u32) -> store::Result<bool> {
        let (health, now) = self.health(flow).await?;
        let is_owed = |owed: &Owed| matches!(owed, Owed::Pause(_));
        Ok(now != version && health.level < FULL && !health.owed.iter().any(is_owed))
    }

    /// Stores an event about a run with the runs that it starts, once: two that are at it write the same call, of which one is
    /// told that it has changed, and finds the event there.
    pub(super) async fn tell_of(self: &Arc<Self>, telling: &Telling) -> store::Result<()> {
        loop {
            let Some(row) = self.store.run(telling.run).await? else {
                return Ok(());
            };
            let Some(call) = self.store.call_by_id(row.call).await? else {
                return Ok(());
            };
            if self.store.event(telling.id).await?.is_some() {
                return Ok(());
            }
            let Some((of, message, stored)) = self.anchor(&row).await? else {
                return Ok(());
            };
            let (kind, said, now) = (&telling.kind, telling.said.clone(), self.stamp.now());
            let Some(event) = about(&of, telling.id, kind, said, now) else {
                return Ok(());
            };
            let book = self
                .plans
                .current(&*self.store, &*self.world, row.workspace)
                .await?;
            let mut draft = Draft::default();
            for flow in book.matching(&calls::schema::facts(&event)) {
                if telling.only.is_none_or(|only| only == flow.id) {
                    self.start(&mut draft, &book, flow, &event, message);
                }
            }
            if draft.unit.runs.is_empty() && !book.pauses(kind) {
                return Ok(());
            }
            draft.unit.messages.extend(stored);
            let signal = signal_row(&event, message, telling.only, book.generation);
            draft.unit.events.push(signal);
            let demand = (row.workspace, book.generation);
            draft.unit.matched_with = vec![demand];
            draft.unit.calls.push(touched(call));
            match self.commit(draft).await? {
                Committed::Durable => return Ok(()),
                Committed::Stale(workspace, _) => self.plans.forget(workspace),
                Committed::Conflict(_) | Committed::Lost => {}
            }
        }
    }

    /// The event that a run began with, and its message; where the payload is gone, a new message of what is known of the call.
    pub(crate) async fn anchor(
        &self,
        row: &RunRow,
    ) -> store::Result<Option<(calls::Event, kernel::id::MessageId, Option<MessageRow>)>> {
        if let Some((event, message)) = self.event(row).await? {
            return Ok(Some((event, message, None)));
        }
        let event = self.store.event(row.event).await?;
        let call = self.store.call_by_id(row.call).await?;
        let (Some(event), Some(call)) = (event, call) else {
            return Ok(None);
        };
        let call: Call = wire::decode("a call", &call.state)?;
        let moments = call.raised.iter().map(|raised| (raised.kind, raised.at));
        let body = wire::MessageBody {
            moments: moments.collect(),
            call: Arc::new(call.snapshot),
            raw: Arc::default(),
            hops: call.hops,
        };
        let message = MessageRow {
            id: self.stamp.id(row.call.part()),
            workspace: row.workspace,
            call: row.call,
            endpoint: None,
            provider: call.provider,
            provider_event: "run".into(),
            received_at: self.stamp.now(),
            body: wire::encode(&body),
        };
        let book = self
            .plans
            .book(&*self.store, &*self.world, row.workspace)
            .await?;
        let of = wire::stored_event(&event, &message, book.workspace_name.clone())?;
        Ok(of.map(|of| (of, message.id, Some(message))))
    }
}

/// The call as it is, so that whoever else writes it at the same time is told.
pub(crate) fn touched(mut row: store::journal::CallRow) -> CallPut {
    let expect = Some(row.version);
    row.version += 1;
    CallPut { expect, row }
}
