//! What callers of the engine do with recordings. A link to a copy is signed with a key of its own, derived from the seal key.

use super::{Recording, Recordings};
use crate::flows::Author;
use crate::{Engine, Refusal};
use actions::recordings::{Copied, Opened};
use kernel::id::{CallId, RecordingId, WorkspaceId};
use std::ops::Range;

const LINKS: &str = "links to recordings";

impl Engine {
    pub async fn recording_settings(
        &self,
        workspace: WorkspaceId,
    ) -> Result<(Recordings, u32), Refusal> {
        Ok(self.inner.recording_settings(workspace).await?)
    }

    /// `expect` is the version that it replaces, where the caller cares.
    pub async fn save_recording_settings(
        &self,
        workspace: WorkspaceId,
        expect: Option<u32>,
        new: Recordings,
        by: Author,
    ) -> Result<(Recordings, u32), Refusal> {
        self.inner
            .save_recording_settings(workspace, expect, new, by)
            .await
    }

    /// The copies of a call's recordings, and the link that is not copied.
    pub async fn recordings(
        &self,
        workspace: WorkspaceId,
        call: CallId,
        link: Option<&calls::call::Recording>,
    ) -> Result<Vec<Recording>, Refusal> {
        self.inner.recordings(workspace, call, link).await
    }

    /// Whose a copy is, of which call, and what it is.
    pub async fn recording(
        &self,
        id: RecordingId,
    ) -> Result<(WorkspaceId, CallId, Copied), Refusal> {
        self.inner.copy(id).await
    }

    pub async fn open_recording(
        &self,
        workspace: WorkspaceId,
        copied: &Copied,
        range: Range<u64>,
    ) -> Result<Opened, Refusal> {
        self.inner.open_copy(workspace, copied, range).await
    }

    /// What proves that we gave out a link to a copy that opens until then, in seconds since 1970.
    pub fn sign_recording(&self, id: RecordingId, until_s: i64) -> String {
        let text = format!("{id} {until_s}");
        self.inner.vault.sign(LINKS, text.as_bytes())
    }

    /// Removes a call with its messages, events, runs, their journals and the copies of its recordings; what is at work is
    /// cancelled. `false`: there was none.
    pub async fn forget_call(&self, workspace: WorkspaceId, call: CallId) -> Result<bool, Refusal> {
        self.inner.end_and_forget(workspace, call).await
    }
}
