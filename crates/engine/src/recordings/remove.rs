//! Removing copies, and calls with them: the file first, then its note, then the call, so that nothing is left that nobody
//! knows of.

use super::{Kept, settings};
use crate::Refusal;
use crate::engine::Inner;
use crate::wire;
use kernel::Timestamp;
use kernel::id::{CallId, RecordingId, WorkspaceId};
use kernel::run::Retriable;
use store::archive::Forgotten;
use store::catalog::{Document, Kind};

/// How many copies of a workspace are looked at in one round.
const PORTION: u32 = 50;

impl Inner {
    /// A call with everything of it; its runs that are not final stay. `None`: there was none. With it, how many copies there were.
    pub(crate) async fn forget_call(
        &self,
        workspace: WorkspaceId,
        call: CallId,
    ) -> Result<Option<(Forgotten, u64)>, Refusal> {
        let before = self.remove_copies(workspace, call).await?;
        self.note_gone(workspace, call).await?;
        let Some(forgotten) = self.store.forget(call).await? else {
            return Ok(None);
        };
        // Some may have been noted meanwhile; from now on none is.
        let meanwhile = self.remove_copies(workspace, call).await?;
        Ok(Some((forgotten, before + meanwhile)))
    }

    async fn remove_copies(&self, workspace: WorkspaceId, call: CallId) -> Result<u64, Refusal> {
        let copies = self.copies(workspace, call).await?;
        for (document, kept) in &copies {
            self.remove_copy(document, kept).await?;
        }
        Ok(copies.len() as u64)
    }

    async fn remove_copy(&self, document: &Document, kept: &Kept) -> Result<(), Refusal> {
        let surroundings = self.bare_surroundings(document.workspace).await?;
        let removed = self
            .world
            .remove_recording(&kept.copied.place, &surroundings);
        if let Err(failure) = removed.await {
            let is_out_of_reach =
                failure.code == "connection_missing" && failure.retry == Retriable::No;
            if !is_out_of_reach {
                return Err(Refusal::NotNow(format!(
                    "a copy of the recording could not be removed, and so nothing was: {}",
                    failure.message
                )));
            }
            tracing::warn!(
                path = kept.copied.place.path,
                "a copy of a recording stays in its bucket: the connection is gone"
            );
        }
        let now = self.stamp.now();
        self.store.delete(Kind::Recording, document.id, now).await?;
        Ok(())
    }

    /// Removes copies that outlived their time; whether there may be more.
    pub(crate) async fn expire_copies(&self, workspace: WorkspaceId) -> Result<bool, Refusal> {
        let (settings, _) = self
            .setting::<super::Recordings>(workspace, settings::PART)
            .await?;
        let before = self.stamp.now().checked_sub(settings.lasts());
        let before = before.unwrap_or(Timestamp::UNIX_EPOCH);
        let before = RecordingId::new(before.as_millisecond().max(0) as u64, 0, [0; 16]);
        let old = self.store.list(
            Some(workspace),
            Kind::Recording,
            Some(before.bytes()),
            PORTION,
        );
        let old = old.await?;
        for document in &old {
            let kept: Kept = wire::decode("a recording", &document.body)?;
            self.remove_copy(document, &kept).await?;
        }
        Ok(old.len() >= PORTION as usize)
    }
}
