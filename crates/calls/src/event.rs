//! An event as a run sees it: one moment of a call with the snapshot known at that time, and the names it gives to templates.

use crate::{Kind, Snapshot, Tool};
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
}

impl Scope for Event {
    fn get(&self, name: &str) -> Option<Cow<'_, Value>> {
        let _ = name;
        None
    }

    fn view(&self, name: &str) -> Option<Cow<'_, Value>> {
        let _ = name;
        None
    }
}
