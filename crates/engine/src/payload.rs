//! A stored event as others take it: the payload that a webhook without a body of its own sends, or the form in which it would be sent to us.

use crate::Refusal;
use crate::engine::Inner;
use crate::wire;
use calls::Confidential;
use kernel::Scope;
use kernel::id::{EventId, WorkspaceId};
use serde_json::Value;

/// Which of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Payload {
    /// The envelope `{id, type, timestamp, data}`.
    #[default]
    Default,
    /// `data` alone.
    Flat,
    /// The event as it would be sent, which a replay takes edited.
    Event,
}

impl Inner {
    pub(crate) async fn payload(
        &self,
        workspace: WorkspaceId,
        id: EventId,
        payload: Payload,
        hidden: Option<&Confidential>,
    ) -> Result<Value, Refusal> {
        let row = self.store.event(id).await?;
        let row = row
            .filter(|row| row.workspace == workspace)
            .ok_or(Refusal::NotFound("event with this id"))?;
        let message = self.store.message(row.message).await?;
        let message = message.ok_or(Refusal::PayloadExpired)?;
        let book = self
            .plans
            .current(&*self.store, &*self.world, workspace)
            .await?;
        let event = wire::stored_event(&row, &message, book.workspace_name.clone())?;
        let event = event.ok_or(Refusal::PayloadExpired)?;
        let event = match hidden {
            Some(hidden) => hidden.hidden(event),
            None => event,
        };
        let name = match payload {
            Payload::Default => "payload",
            Payload::Flat => "payload_flat",
            Payload::Event => return Ok(calls::samples::told(&event)),
        };
        Ok(event.get(name).unwrap_or_default().into_owned())
    }
}
