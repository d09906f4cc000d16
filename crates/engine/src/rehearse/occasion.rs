//! The event that something is tried out on.

use crate::Refusal;
use crate::contacts::complete_phone_type;
use crate::edited::is_edited;
use crate::engine::Inner;
use crate::wire;
use calls::event::Origin;
use calls::{Event, Kind, generic, samples};
use kernel::Problem;
use kernel::id::{CallId, EventId, WorkspaceId};
use serde_json::Value;
use std::sync::Arc;
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
        let mut event = match occasion {
            Occasion::Sample(kind) => samples::event(kind, id, &origin),
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
                samples::raised(&told, kind, id, &origin, self.stamp.now())
            }
            Occasion::Call(call) => return self.past(workspace, call, kinds, &origin).await,
        };
        complete_phone_type(Arc::make_mut(&mut event.call));
        Ok(event)
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
        let mut rows = self.store.events(workspace, Some(call), page).await?;
        rows.retain(|row| !is_edited(row));
        let of = |kind: &Kind| rows.iter().find(|row| row.kind == kind.name());
        let row = match kinds {
            // What its runs came to is no moment of the call.
            [] => rows.iter().find(|row| !watches(row)),
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

fn watches(row: &store::journal::EventRow) -> bool {
    Kind::parse(&row.kind).is_some_and(Kind::watches)
}
