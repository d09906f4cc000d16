//! Flows that settings keep, made anew after an upgrade whose version means something else by the settings: by the one node that
//! does what one alone does, each time that it becomes that. What differed is told in the audit log as Switchhook's own change.

use crate::audit::{self, Actor, Entry, change};
use crate::state::State;
use engine::{Anew, Refusal};
use kernel::id::WorkspaceId;
use serde_json::Value;
use std::time::Duration;
use store::catalog::Kind;

const ROUND: Duration = Duration::from_secs(5);
const PAGE: u32 = 200;

/// Goes on until it is dropped.
pub async fn keep(state: State) {
    let mut done = None;
    loop {
        let turn = state.engine.does_for_all();
        if turn.is_some() && turn != done {
            match derive_anew(&state).await {
                Ok(()) => done = turn,
                Err(error) => {
                    tracing::warn!(%error, "making the flows of settings anew waits for the store");
                }
            }
        }
        tokio::time::sleep(ROUND).await;
    }
}

/// Makes the flows that the settings of all workspaces keep what the settings mean now.
pub async fn derive_anew(state: &State) -> Result<(), Refusal> {
    let mut before = None;
    loop {
        let store = state.engine.store();
        let page = store.list(None, Kind::Workspace, before, PAGE).await?;
        for home in &page {
            let workspace = WorkspaceId::from_bytes(home.id);
            for anew in state.engine.derive_anew(workspace).await? {
                tell(state, workspace, &anew).await;
            }
        }
        before = page.last().map(|last| last.id);
        if page.len() < PAGE as usize {
            return Ok(());
        }
    }
}

async fn tell(state: &State, workspace: WorkspaceId, Anew { before, after }: &Anew) {
    let Some(flow) = after.as_ref().or(before.as_ref()) else {
        return;
    };
    tracing::info!(flow = %flow.id, name = flow.name, "a flow was made anew from its settings");
    let action = match (before, after) {
        (None, _) => "created",
        (_, None) => "deleted",
        _ => "changed",
    };
    let document = |flow: &Option<engine::flows::Flow>| match flow {
        Some(flow) => flow.document.clone(),
        None => Value::Null,
    };
    let (changes, more) = change::between(&document(before), &document(after), true);
    let entry = Entry {
        id: Some(flow.id.to_string()),
        name: Some(flow.name.clone()),
        changes,
        more,
        ..Entry::plain(Actor::system(), None, action, "flow")
    };
    audit::keep(state, workspace, &entry).await;
}
