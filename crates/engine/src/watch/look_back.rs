//! Notes live in memory, and are lost with their node: whoever takes its work over looks at the flows of runs that failed
//! lately. What was told already is remembered, so looking once too often says nothing twice.

use super::Note;
use crate::engine::Inner;
use crate::pages::Pages;
use kernel::Timestamp;
use kernel::id::WorkspaceId;
use kernel::run::Status;
use std::collections::BTreeSet;
use std::time::Duration;
use store::archive::{Page, RunFilter};
use store::catalog::Kind;

/// A failure that nobody was told of for so long is no news.
pub(super) const LATELY: Duration = Duration::from_secs(3600);
/// So many failed runs of a workspace are looked through, the last begun first.
const FAILED: u32 = 500;

impl Inner {
    /// Notes the flows of runs that failed lately.
    pub(super) async fn look_back(&self) -> store::Result<()> {
        let now = self.stamp.now();
        let since = now.saturating_sub(LATELY).unwrap_or(Timestamp::MIN);
        let mut pages = Pages::new(&*self.store, None, Kind::Workspace);
        while let Some(page) = pages.next().await? {
            for document in &page {
                let workspace = WorkspaceId::from_bytes(document.id);
                self.note_failed(workspace, since).await?;
            }
        }
        Ok(())
    }

    async fn note_failed(&self, workspace: WorkspaceId, since: Timestamp) -> store::Result<()> {
        let filter = RunFilter {
            workspace: Some(workspace),
            statuses: vec![Status::Failed],
            ..RunFilter::default()
        };
        let page = Page {
            before: None,
            limit: FAILED,
        };
        let failed = self.store.runs(&filter, page).await?;
        let lately = failed.iter().filter(|row| row.updated_at >= since);
        let flows: BTreeSet<_> = lately.map(|row| row.flow).collect();
        let note = |flow| Note {
            workspace,
            flow,
            gone: None,
        };
        self.watch.note(flows.into_iter().map(note).collect());
        Ok(())
    }
}
