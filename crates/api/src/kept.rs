//! What one node alone does for an endpoint: which endpoints are this node's, and the task of each, which ends as soon as its
//! endpoint is another's or has changed.

use crate::auth::read_body;
use crate::routes::endpoints::EndpointBody;
use crate::state::State;
use kernel::id::EndpointId;
use store::catalog::{Document, Kind};
use tokio::task::JoinHandle;

const PAGE: u32 = 200;

pub(crate) struct Kept {
    pub version: u32,
    pub task: JoinHandle<()>,
}

impl Drop for Kept {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Kept {
    /// Whether its endpoint is still wanted, and as it was.
    pub fn stays(&self, id: EndpointId, wanted: &[Document]) -> bool {
        let mut wanted = wanted.iter();
        wanted.any(|document| document.id == id.bytes() && document.version == self.version)
    }
}

/// The endpoints of this node for which there is something to do.
pub(crate) async fn own(
    state: &State,
    wants: impl Fn(EndpointBody) -> bool,
) -> Result<Vec<Document>, store::Error> {
    let (mut own, mut before) = (Vec::new(), None);
    loop {
        let store = state.engine.store();
        let page = store.list(None, Kind::Endpoint, before, PAGE).await?;
        let Some(last) = page.last() else {
            return Ok(own);
        };
        before = Some(last.id);
        let is_own = |document: &Document| {
            let is_here = document.enabled && state.engine.keeps(document.id);
            is_here && read_body(document).is_ok_and(&wants)
        };
        own.extend(page.into_iter().filter(is_own));
    }
}
