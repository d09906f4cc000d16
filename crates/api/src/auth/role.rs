//! What each role of a member allows: the one table that maps roles to scopes. The server decides by scopes alone, but for owners,
//! whom only owners change.

use super::scope::Scope;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everything, owners included.
    Owner,
    /// Everything but owners.
    Admin,
    /// Change flows, agents and campaigns, and all that operators do; no secrets, connections, keys, members.
    Editor,
    /// Replay and cancel runs, keep contacts, pause destinations; changes no flow.
    Operator,
    /// Look at everything but secrets.
    Viewer,
}

impl Role {
    pub fn scopes(self) -> &'static [Scope] {
        match self {
            Role::Owner | Role::Admin => &[Scope::Admin],
            Role::Editor => &[Scope::Write, Scope::Ingest],
            Role::Operator => &[Scope::Operate],
            Role::Viewer => &[Scope::Read],
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Role::Owner => "owner",
            Role::Admin => "admin",
            Role::Editor => "editor",
            Role::Operator => "operator",
            Role::Viewer => "viewer",
        }
    }
}
