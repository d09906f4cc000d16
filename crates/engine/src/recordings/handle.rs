//! What callers of the engine do with recordings. A link to a copy is signed with a key of its own, derived from the seal key.

use super::{Recording, Recordings};
use crate::flows::Author;
use crate::{Engine, Refusal};
use actions::Bytes;
use actions::recordings::{Copied, Opened};
use kernel::id::{CallId, RecordingId, WorkspaceId};
use std::ops::Range;

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

    /// Takes a recording that came inside a message, in base64, for the step that will keep it. Why it could not: the message is
    /// taken all the same.
    pub async fn lay_down_recording(
        &self,
        workspace: WorkspaceId,
        url: &str,
        base64: Bytes,
    ) -> Result<(), String> {
        let laid = self.inner.lay_down(workspace, url, base64).await;
        laid.map_err(|failure| failure.message)
    }

    /// What proves that we gave out a link to a copy that opens until then, in seconds since 1970.
    pub fn sign_recording(&self, id: RecordingId, until_s: i64) -> String {
        self.inner.sign_recording(id, until_s)
    }

    /// Where a copy opens until then, below the server's address.
    pub fn recording_path(&self, id: RecordingId, until_s: i64) -> String {
        self.inner.recording_path(id, until_s)
    }

    /// Removes a call with its messages, events, runs, their journals and the copies of its recordings; what is at work is
    /// cancelled. `false`: there was none.
    pub async fn forget_call(&self, workspace: WorkspaceId, call: CallId) -> Result<bool, Refusal> {
        self.inner.end_and_forget(workspace, call).await
    }
}
