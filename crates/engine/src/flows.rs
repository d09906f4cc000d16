//! Flows as documents: checked before they are kept, immutable versions, matching from the moment the save is answered.

use kernel::Problem;
use kernel::Timestamp;
use kernel::id::{FlowId, WorkspaceId};
use serde_json::Value;

/// A flow as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Flow {
    pub id: FlowId,
    pub workspace: WorkspaceId,
    pub version: u32,
    pub name: String,
    pub enabled: bool,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// As people wrote it, step ids completed.
    pub document: Value,
    /// What is allowed but looks wrong.
    pub warnings: Vec<Problem>,
}
