//! Flows that settings keep, made anew after an upgrade whose version means something else by the settings: by the one node that
//! does what one alone does, each time that it becomes that. What differed is told in the audit log as Switchhook's own change.

use crate::audit::{self, Actor, Entry, change};
use crate::state::State;
use engine::{Anew, Pages, Refusal};
use kernel::id::WorkspaceId;
use serde_json::Value;
use std::time::Duration;
use store::catalog::Kind;

const ROUND: Duration = Duration::from_secs(5);
/// So often it is tried where workspaces were left out: the store may have been away, or a document may be unreadable for good.
const WALKS: u32 = 3;

/// Goes on until it is dropped.
pub async fn keep(state: State) {
    let (mut done, mut walks) = (None, 0);
    loop {
        let turn = state.engine.does_for_all();
        if turn.is_some() && turn != done {
            match derive_anew(&state).await {
                Ok(left_out) => {
                    walks += 1;
                    if left_out == 0 || walks == WALKS {
                        (done, walks) = (turn, 0);
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "making the flows of settings anew waits for the store");
                }
            }
        }
        tokio::time::sleep(ROUND).await;
    }
}

/// Makes the flows that the settings of all workspaces keep what the settings mean now; says how many workspaces it had to leave
/// out. One that cannot be read does not keep the others.
pub async fn derive_anew(state: &State) -> Result<usize, Refusal> {
    let mut left_out = 0;
    let mut pages = Pages::new(&**state.engine.store(), None, Kind::Workspace);
    while let Some(page) = pages.next().await? {
        for home in page {
            let workspace = WorkspaceId::from_bytes(home.id);
            let (anew, done) = state.engine.derive_anew(workspace).await;
            for anew in anew {
                tell(state, workspace, &anew).await;
            }
            if let Err(error) = done {
                left_out += 1;
                tracing::error!(%workspace, error = ?error, "the flows of this workspace's settings could not all be made anew");
            }
        }
    }
    Ok(left_out)
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
