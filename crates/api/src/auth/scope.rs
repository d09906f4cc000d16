//! What a key allows: `admin` includes everything, `write` includes `read`, `ingest` only sends events.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Look at everything but secrets.
    Read,
    /// Change flows, endpoints and runs.
    Write,
    /// Send events.
    Ingest,
    /// Everything, keys and secrets included.
    Admin,
}

impl Scope {
    pub fn includes(self, needed: Scope) -> bool {
        self == needed || self == Scope::Admin || (self, needed) == (Scope::Write, Scope::Read)
    }

    pub fn name(self) -> &'static str {
        match self {
            Scope::Read => "read",
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
        let all = [Read, Write, Ingest, Admin];
        let included = |scope: Scope| -> Vec<Scope> {
            all.into_iter().filter(|n| scope.includes(*n)).collect()
        };
        assert_eq!(included(Admin), all);
        assert_eq!(included(Write), [Read, Write]);
        assert_eq!(included(Read), [Read]);
        assert_eq!(included(Ingest), [Ingest]);
    }
}
