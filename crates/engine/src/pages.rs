//! All documents of a kind, newest first, a page at a time: however many there are, few are in memory.

use kernel::id::WorkspaceId;
use store::Store;
use store::catalog::{Document, Kind};

const PAGE: u32 = 500;

pub struct Pages<'s> {
    store: &'s dyn Store,
    workspace: Option<WorkspaceId>,
    kind: Kind,
    before: Option<[u8; 16]>,
    limit: u32,
    is_over: bool,
}

impl<'s> Pages<'s> {
    /// Of a workspace; `None`: of all.
    pub fn new(store: &'s dyn Store, workspace: Option<WorkspaceId>, kind: Kind) -> Self {
        Self {
            store,
            workspace,
            kind,
            before: None,
            limit: PAGE,
            is_over: false,
        }
    }

    /// So many at a time.
    pub fn by(self, limit: u32) -> Self {
        Self { limit, ..self }
    }

    /// Only those before this one.
    pub fn before(self, before: Option<[u8; 16]>) -> Self {
        Self { before, ..self }
    }

    /// Never an empty one.
    pub async fn next(&mut self) -> store::Result<Option<Vec<Document>>> {
        if self.is_over {
            return Ok(None);
        }
        let page = self
            .store
            .list(self.workspace, self.kind, self.before, self.limit)
            .await?;
        self.is_over = page.len() < self.limit as usize;
        self.before = page.last().map(|last| last.id);
        Ok(Some(page).filter(|page| !page.is_empty()))
    }
}
