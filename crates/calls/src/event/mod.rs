//! An event as a run sees it: one moment of a call with the snapshot known at that time, and the names it gives to templates.

mod sides;
pub(crate) mod talk;
mod variables;

use crate::{Call, Kind, Moment, Snapshot, Tool};
use kernel::id::{CallId, EventId, WorkspaceId};
use kernel::{Scope, Timestamp};
use serde_json::Value;
use std::{borrow::Cow, sync::Arc};

#[derive(Debug, Clone)]
pub struct Event {
    pub id: EventId,
    pub kind: Kind,
    pub at: Timestamp,
    pub settled: bool,
    pub synthetic: bool,
    pub workspace_id: WorkspaceId,
    pub workspace_name: Arc<str>,
    pub call_id: CallId,
    pub provider: Arc<str>,
    pub call: Arc<Snapshot>,
    /// Moments of this call so far, for `events [{type, at}]` of the payload.
    pub moments: Arc<[(Kind, Timestamp)]>,
    pub tool: Option<Tool>,
    pub script_step: Option<Value>,
    /// The platform's own message.
    pub raw: Arc<Value>,
    /// How many of our own deliveries have led to it.
    pub hops: u8,
}

/// Whose events they are, and the message that raised them.
#[derive(Debug, Clone)]
pub struct Origin {
    pub workspace_id: WorkspaceId,
    pub workspace_name: Arc<str>,
    pub call_id: CallId,
    pub raw: Arc<Value>,
}

impl Call {
    /// The events of moments just raised; they share the snapshot.
    pub fn events(
        &self,
        moments: &[Moment],
        origin: &Origin,
        mut id: impl FnMut() -> EventId,
    ) -> Vec<Event> {
        let call = Arc::new(self.snapshot.clone());
        let provider: Arc<str> = self.provider.as_str().into();
        let so_far = self.raised.iter().map(|raised| (raised.kind, raised.at));
        let so_far: Arc<[(Kind, Timestamp)]> = so_far.collect();
        let event = |moment: &Moment| Event {
            id: id(),
            kind: moment.kind,
            at: moment.at,
            settled: moment.settled,
            synthetic: moment.synthetic,
            workspace_id: origin.workspace_id,
            workspace_name: origin.workspace_name.clone(),
            call_id: origin.call_id,
            provider: provider.clone(),
            call: call.clone(),
            moments: so_far.clone(),
            tool: moment.tool.clone(),
            script_step: moment.script_step.clone(),
            raw: origin.raw.clone(),
            hops: self.hops,
        };
        moments.iter().map(event).collect()
    }
}

impl Scope for Event {
    fn get(&self, name: &str) -> Option<Cow<'_, Value>> {
        variables::get(self, name)
    }

    fn view(&self, name: &str) -> Option<Cow<'_, Value>> {
        crate::payload::view(self, name).map(Cow::Owned)
    }
}
