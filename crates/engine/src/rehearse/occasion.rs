//! The event that something is tried out on.

use crate::Refusal;
use crate::engine::Inner;
use crate::wire;
use calls::event::Origin;
use calls::{Event, Kind, generic, samples};
use kernel::Problem;
use kernel::id::{CallId, EventId, WorkspaceId};
use serde_json::Value;
use store::archive::Page;

/// How many events of a call are looked through for one of the wanted kind.
const LOOKED_THROUGH: u32 = 500;

#[derive(Debug, Clone)]
pub enum Occasion {
    /// The built-in sample of a kind.
    Sample(Kind),
    /// An event as it would be sent; problems have paths below it.
    Told(Value),
    /// An event of a past call.
    Call(CallId),
}

impl Inner {
    /// The event of an occasion; of those that it offers, the first of `kinds` that it has (any, if none is named).
    pub(crate) async fn occasion(
        &self,
        workspace: WorkspaceId,
        occasion: Occasion,
        kinds: &[Kind],
    ) -> Result<Event, Refusal> {
        let book = self
            .plans
            .current(&*self.store, &*self.world, workspace)
            .await?;
        let origin = Origin {
            workspace_id: workspace,
            workspace_name: book.workspace_name.clone(),
            call_id: CallId::from_bytes([0; 16]),
            raw: Value::Null.into(),
        };
        let id = EventId::from_bytes([0; 16]);
        match occasion {
            Occasion::Sample(kind) => Ok(samples::event(kind, id, &origin)),
            Occasion::Told(told) => {
                let told = generic::read(told).map_err(Refusal::Invalid)?;
                let claimed = told.claims.first().copied();
                let wanted = kinds
                    .iter()
                    .copied()
                    .find(|kind| told.claims.contains(kind));
                let kind = wanted.or(claimed).ok_or_else(|| {
                    Refusal::Invalid(vec![Problem::new("/kind", "an event needs a kind")])
                })?;
                Ok(samples::raised(&told, kind, id, &origin, self.stamp.now()))
            }
            Occasion::Call(call) => self.past(workspace, call, kinds, &origin).await,
        }
    }

    async fn past(
        &self,
        workspace: WorkspaceId,
        call: CallId,
        kinds: &[Kind],
        origin: &Origin,
    ) -> Result<Event, Refusal> {
        let row = self.store.call_by_id(call).await?;
        if row.is_none_or(|row| row.workspace != workspace) {
            return Err(Refusal::NotFound("such call"));
        }
        let page = Page {
            before: None,
            limit: LOOKED_THROUGH,
        };
        let rows = self.store.events(workspace, Some(call), page).await?;
        let of = |kind: &Kind| rows.iter().find(|row| row.kind == kind.name());
        let row = match kinds {
            [] => rows.first(),
            kinds => kinds.iter().find_map(of),
        };
        let row = row.ok_or(Refusal::NotFound("event of this kind in this call"))?;
        let message = self.store.message(row.message).await?;
        let event = match message {
            Some(message) => wire::stored_event(row, &message, origin.workspace_name.clone())?,
            None => None,
        };
        event.ok_or(Refusal::PayloadExpired)
    }
}
