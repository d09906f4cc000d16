//! What a key or a role allows: `admin` includes everything, `write` includes `operate`, which includes `read`; `ingest` only sends
//! events.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Look at everything but secrets.
    Read,
    /// Replay and cancel runs, keep contacts, pause destinations, acknowledge alerts.
    Operate,
    /// Change flows, agents, campaigns, recipes.
    Write,
    /// Send events.
    Ingest,
    /// Everything, keys and secrets included.
    Admin,
}

impl Scope {
    pub const ALL: [Scope; 5] = [
        Scope::Read,
        Scope::Operate,
        Scope::Write,
        Scope::Ingest,
        Scope::Admin,
    ];

    pub fn includes(self, needed: Scope) -> bool {
        let below: &[Scope] = match self {
            Scope::Admin => &Scope::ALL,
            Scope::Write => &[Scope::Operate, Scope::Read],
            Scope::Operate => &[Scope::Read],
            Scope::Read | Scope::Ingest => &[],
        };
        self == needed || below.contains(&needed)
    }

    pub fn name(self) -> &'static str {
        match self {
            Scope::Read => "read",
            Scope::Operate => "operate",
            Scope::Write => "write",
            Scope::Ingest => "ingest",
            Scope::Admin => "admin",
        }
    }
}

/// The scopes of one key.
pub type Scopes = Vec<Scope>;

#[cfg(test)]
mod tests {
    use super::Scope::{self, *};

    #[test]
    fn a_scope_includes_itself_and_what_is_below_it() {
        let all = Scope::ALL;
        let included = |scope: Scope| -> Vec<Scope> {
            all.into_iter().filter(|n| scope.includes(*n)).collect()
        };
        assert_eq!(included(Admin), all);
        assert_eq!(included(Write), [Read, Operate, Write]);
        assert_eq!(included(Operate), [Read, Operate]);
        assert_eq!(included(Read), [Read]);
        assert_eq!(included(Ingest), [Ingest]);
    }
}
