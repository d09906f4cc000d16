//! Keys: every flow has one from its first version on, so that files find it again whatever it is called later.

use crate::Refusal;
use crate::engine::Inner;
use kernel::flow::slug;
use kernel::id::WorkspaceId;
use serde_json::Value;
use store::catalog::Kind;

/// Numbers that are tried behind a slug before chance decides.
const NUMBERED: u32 = 9;
/// Characters of a slug that leave room for what is put behind it.
const ROOM: usize = 48;

/// Unique in a workspace, as the store knows it.
pub(super) fn alias(workspace: WorkspaceId, document: &Value) -> Option<String> {
    let key = document.get("key").and_then(Value::as_str);
    let key = key.filter(|key| slug::is_slug(key));
    key.map(|key| of(workspace, key))
}

pub(super) fn key_of(alias: &str) -> &str {
    alias.rsplit(':').next().unwrap_or_default()
}

fn of(workspace: WorkspaceId, key: &str) -> String {
    format!("{workspace}:{key}")
}

pub(super) fn has_key(document: &Value) -> bool {
    document.get("key").is_some_and(|key| !key.is_null())
}

pub(super) fn give_key(document: &mut Value, key: Value) {
    if let Some(members) = document.as_object_mut() {
        members.shift_remove("key");
        members.shift_insert(0, "key".into(), key);
    }
}

impl Inner {
    /// A key that no flow of the workspace has now.
    pub(super) async fn free_key(
        &self,
        workspace: WorkspaceId,
        name: &str,
    ) -> Result<String, Refusal> {
        let base = slug::of(name);
        let short: String = base.chars().take(ROOM).collect();
        let short = short.trim_end_matches('-');
        let numbered = (2..=NUMBERED).map(|number| format!("{short}-{number}"));
        for key in [base.clone()].into_iter().chain(numbered) {
            let holder = self.store.find(Kind::Flow, &of(workspace, &key)).await?;
            if holder.is_none() {
                return Ok(key);
            }
        }
        Ok(self.chance_key(&base))
    }

    /// One that nobody else thinks of.
    pub(super) fn chance_key(&self, base: &str) -> String {
        let short: String = slug::of(base).chars().take(ROOM).collect();
        let chance = hex::encode(&self.stamp.chance()[..5]);
        format!("{}-{chance}", short.trim_end_matches('-'))
    }
}
