//! Removing copies, and calls with them: the file first, then its note, then the call, so that nothing is left that nobody
//! knows of.

use super::Kept;
use crate::Refusal;
use crate::engine::Inner;
use crate::wire;
use kernel::Timestamp;
use kernel::id::{CallId, RecordingId, WorkspaceId};
use kernel::run::Retriable;
use store::archive::Forgetting;
use store::catalog::{Document, Kind};

/// How many copies of a workspace are looked at in one round.
const PORTION: u32 = 50;
/// So many that cannot be removed end a round; the next one goes on behind them.
const MOST_STUCK: usize = 3;

impl Inner {
    /// A call with everything of it; nothing while it has runs that are not final. With it, how many copies were removed.
    pub(crate) async fn forget_call(
        &self,
        workspace: WorkspaceId,
        call: CallId,
    ) -> Result<(Forgetting, u64), Refusal> {
        if !self.live_runs(workspace, call, 1).await?.is_empty() {
            return Ok((Forgetting::Needed, 0));
        }
        self.take_away(workspace, call).await?;
        let before = self.remove_copies(workspace, call).await?;
        self.note_gone(workspace, call).await?;
        let forgetting = self.store.forget(call).await?;
        let meanwhile = match forgetting {
            // Some may have been noted meanwhile; from now on none is.
            Forgetting::Done(_) => self.remove_copies(workspace, call).await?,
            Forgetting::Unknown | Forgetting::Needed => 0,
        };
        Ok((forgetting, before + meanwhile))
    }

    async fn remove_copies(&self, workspace: WorkspaceId, call: CallId) -> Result<u64, Refusal> {
        let copies = self.copies(workspace, call).await?;
        let (mut removed, mut stuck) = (0, None);
        for (document, kept) in &copies {
            match self.remove_copy(document, kept).await {
                Ok(was_there) => removed += u64::from(was_there),
                Err(error) => stuck = Some(error),
            }
        }
        stuck.map_or(Ok(removed), Err)
    }

    /// `false`: another node was faster.
    async fn remove_copy(&self, document: &Document, kept: &Kept) -> Result<bool, Refusal> {
        let surroundings = self.bare_surroundings(document.workspace).await?;
        let removed = self
            .world
            .remove_recording(&kept.copied.place, &surroundings);
        if let Err(failure) = removed.await {
            let is_out_of_reach =
                failure.code == "connection_missing" && failure.retry == Retriable::No;
            if !is_out_of_reach {
                return Err(Refusal::NotNow(format!(
                    "a copy of the recording could not be removed, and so the call was not: {}",
                    failure.message
                )));
            }
            tracing::warn!(
                path = kept.copied.place.path,
                "a copy of a recording stays in its bucket: the connection is gone"
            );
        }
        let now = self.stamp.now();
        Ok(self.store.delete(Kind::Recording, document.id, now).await?)
    }

    /// Removes copies that outlived their time, going on behind what could not be removed; whether there may be more.
    pub(crate) async fn expire_copies(
        &self,
        workspace: WorkspaceId,
        behind: &mut Option<[u8; 16]>,
    ) -> Result<bool, Refusal> {
        let (settings, _) = self.recording_settings(workspace).await?;
        let before = self.stamp.now().checked_sub(settings.lasts());
        let before = before.unwrap_or(Timestamp::UNIX_EPOCH);
        let before = RecordingId::new(before.as_millisecond().max(0) as u64, 0, [0; 16]).bytes();
        // Copies may be kept for longer now than when this pass began.
        let start = behind.take().map_or(before, |behind| behind.min(before));
        let old = self
            .store
            .list(Some(workspace), Kind::Recording, Some(start), PORTION);
        let (old, mut stuck) = (old.await?, Vec::new());
        for document in &old {
            let removed = match wire::decode::<Kept>("a recording", &document.body) {
                Ok(kept) => self.remove_copy(document, &kept).await,
                Err(error) => Err(error.into()),
            };
            if let Err(error) = removed {
                stuck.push(error);
            }
            // A bucket that is away costs time each time.
            if stuck.len() >= MOST_STUCK {
                *behind = Some(document.id);
                break;
            }
        }
        let may_be_more = old.len() >= PORTION as usize;
        if behind.is_none() && may_be_more {
            *behind = old.last().map(|last| last.id);
        }
        match stuck.pop() {
            None => Ok(may_be_more),
            Some(error) => Err(error),
        }
    }
}
