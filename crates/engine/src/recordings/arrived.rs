//! Recordings that come inside a message: laid down before the message is taken, where copies are on, so that the step that keeps
//! them finds them. They go with their call.

use crate::Refusal;
use crate::engine::Inner;
use crate::recordings::Keep;
use crate::wire;
use bytes::Bytes;
use calls::Call;
use calls::recording::source;
use kernel::id::{CallId, WorkspaceId};
use kernel::run::Failure;
use sha2::{Digest, Sha256};

/// Where it waits; which call it is of is not known yet.
pub(super) fn name_of(workspace: WorkspaceId, url: &str) -> String {
    let digest = Sha256::new()
        .chain_update(workspace.bytes())
        .chain_update(source(url).as_bytes())
        .finalize();
    hex::encode(&digest[..16])
}

impl Inner {
    /// Nothing is kept of it where copies are off.
    pub(crate) async fn lay_down(
        &self,
        workspace: WorkspaceId,
        url: &str,
        base64: Bytes,
    ) -> Result<(), Failure> {
        let settings = self.recording_settings(workspace).await;
        let (settings, _) = settings.map_err(super::keep::away)?;
        if settings.keep == Keep::Link {
            return Ok(());
        }
        let most = u64::from(settings.max_mb) << 20;
        let name = name_of(workspace, url);
        self.world.lay_down_recording(&name, base64, most).await
    }

    pub(super) async fn take_away(
        &self,
        workspace: WorkspaceId,
        call: CallId,
    ) -> Result<(), Refusal> {
        let Some(row) = self.store.call_by_id(call).await? else {
            return Ok(());
        };
        let call: Call = wire::decode("a call", &row.state)?;
        let Some(url) = call.snapshot.recording.and_then(|told| told.url) else {
            return Ok(());
        };
        let name = name_of(workspace, &url);
        let gone = self.world.take_away_recording(&name).await;
        gone.map_err(|failure| Refusal::NotNow(failure.message))
    }
}
