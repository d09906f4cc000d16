//! Calls that were removed, as long as a platform's list may name them: a reconciler must not bring them back. Kept is the call's
//! key alone, which is a hash, and it is noted before the call is removed.

use crate::engine::Inner;
use kernel::id::{CallId, WorkspaceId};
use store::catalog::Kind;

impl Inner {
    pub(crate) async fn note_gone(
        &self,
        workspace: WorkspaceId,
        call: CallId,
    ) -> store::Result<()> {
        let now = self.stamp.now();
        let lasts = Kind::Gone.lasts().expect("such a note does not last");
        // It began before it was heard of: no look reaches so far back.
        if call.unix_ms() < (now - lasts).as_millisecond().max(0).unsigned_abs() {
            return Ok(());
        }
        let Some(row) = self.store.call_by_id(call).await? else {
            return Ok(());
        };
        let alias = hex::encode(row.key);
        // Of a call that came back and goes again: the time begins anew.
        if let Some(old) = self.store.find(Kind::Gone, &alias).await? {
            self.store.delete(Kind::Gone, old.id, now).await?;
        }
        let note = self.memo_under(alias, Kind::Gone, workspace, &());
        // Taken: somebody else removes it at this moment.
        self.store.put(note, 0).await?;
        Ok(())
    }

    pub(super) async fn is_gone(&self, key: [u8; 16]) -> store::Result<bool> {
        let note = self.store.find(Kind::Gone, &hex::encode(key)).await?;
        Ok(note.is_some())
    }
}
