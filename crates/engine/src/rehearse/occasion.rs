//! The event that something is tried out on.

use crate::Refusal;
use crate::contacts::complete_phone_type;
use crate::engine::Inner;
use crate::past::Wanted;
use calls::event::Origin;
use calls::{Event, Kind, generic, samples};
use kernel::Problem;
use kernel::id::{CallId, EventId, WorkspaceId};
use serde_json::Value;
use std::sync::Arc;

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
    /// The event of an occasion, of those that it offers.
    pub(crate) async fn occasion(
        &self,
        workspace: WorkspaceId,
        occasion: Occasion,
        wanted: Wanted<'_>,
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
                let mut kinds = wanted.kinds.iter().copied();
                let wanted = kinds.find(|kind| told.claims.contains(kind));
                let kind = wanted.or(claimed).ok_or_else(|| {
                    Refusal::Invalid(vec![Problem::new("/kind", "an event needs a kind")])
                })?;
                samples::raised(&told, kind, id, &origin, self.stamp.now())
            }
            Occasion::Call(call) => {
                let (row, _) = self.call_of(workspace, call).await?;
                let past = self.past(&book, &row, wanted).await?;
                return Ok(Arc::unwrap_or_clone(past.event));
            }
        };
        complete_phone_type(Arc::make_mut(&mut event.call));
        Ok(event)
    }
}
