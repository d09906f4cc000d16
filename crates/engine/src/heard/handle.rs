//! Reading and keeping what came in at endpoints, and removing it: with its endpoint, when it is old, and when it names a number.

use super::{Arrived, First, Log};
use crate::engine::Inner;
use crate::pages::Pages;
use crate::{Engine, Refusal, wire};
use kernel::Timestamp;
use kernel::id::{EndpointId, WorkspaceId};
use store::catalog::{Document, Kind, Put};

/// How often a write starts over because another node has written.
const TRIES: usize = 8;
/// Logs are large.
const PAGE: u32 = 10;

impl Inner {
    /// Changes a log, whoever else writes; `change` says whether there is anything to write.
    async fn change_log(
        &self,
        workspace: WorkspaceId,
        endpoint: [u8; 16],
        change: impl Fn(&mut Log) -> bool,
    ) -> Result<(), Refusal> {
        for _ in 0..TRIES {
            let (mut log, expect) = self.log(endpoint).await?;
            if !change(&mut log) {
                return Ok(());
            }
            let kept = self.memo(Kind::Arrivals, endpoint, workspace, &log);
            if self.store.put(kept, expect).await? == Put::Saved {
                return Ok(());
            }
        }
        Err(Refusal::Unavailable(
            "other nodes keep messages of the same endpoint: try again".into(),
        ))
    }

    async fn log(&self, endpoint: [u8; 16]) -> Result<(Log, u32), Refusal> {
        let Some(found) = self.store.get(Kind::Arrivals, endpoint).await? else {
            return Ok((Log::default(), 0));
        };
        Ok((read(&found).unwrap_or_default(), found.version))
    }

    /// Messages that came in before, of all endpoints of a workspace.
    pub(crate) async fn remove_arrived(
        &self,
        workspace: WorkspaceId,
        before: Timestamp,
    ) -> Result<(), Refusal> {
        let is_old = |message: &Arrived| message.at < before;
        self.arrived_that(workspace, is_old, true).await?;
        Ok(())
    }

    /// Counts messages that somebody means, of all endpoints of a workspace, and removes them where that is wanted. One that
    /// cannot be read or written does not keep the others, and is what is said at last.
    pub(crate) async fn arrived_that(
        &self,
        workspace: WorkspaceId,
        wanted: impl Fn(&Arrived) -> bool,
        removes: bool,
    ) -> Result<u64, Refusal> {
        let (mut found, mut failed) = (0, None);
        let mut pages = Pages::new(&*self.store, Some(workspace), Kind::Arrivals).by(PAGE);
        while let Some(page) = pages.next().await? {
            for document in &page {
                match self.arrived_in(document, &wanted, removes).await {
                    Ok(here) => found += here,
                    Err(why) => failed = Some(why),
                }
            }
        }
        failed.map_or(Ok(found), Err)
    }

    async fn arrived_in(
        &self,
        document: &Document,
        wanted: &impl Fn(&Arrived) -> bool,
        removes: bool,
    ) -> Result<u64, Refusal> {
        let Some(log) = read(document) else {
            // Nobody can say what is in it.
            if removes {
                let now = self.stamp.now();
                self.store.delete(document.kind, document.id, now).await?;
            }
            return Ok(0);
        };
        let here = log.messages.iter().filter(|message| wanted(message));
        let here = here.count() as u64;
        if removes && here > 0 {
            let remove = |log: &mut Log| log.remove(wanted);
            self.change_log(document.workspace, document.id, remove)
                .await?;
        }
        Ok(here)
    }
}

/// `None`: it cannot be read; the next write makes a new one of it.
fn read(document: &Document) -> Option<Log> {
    let log = wire::decode("the messages of an endpoint", &document.body);
    let endpoint = EndpointId::from_bytes(document.id);
    log.inspect_err(
        |error| tracing::warn!(%endpoint, %error, "what came in at an endpoint is lost"),
    )
    .ok()
}

impl Inner {
    /// When it was last asked for that a number be forgotten.
    async fn last_forgotten(&self, workspace: WorkspaceId) -> store::Result<Option<Timestamp>> {
        let newest = self.store.list(Some(workspace), Kind::Receipt, None, 1);
        Ok(newest.await?.first().map(|receipt| receipt.created_at))
    }
}

impl Engine {
    /// What is kept of the last messages of an endpoint.
    pub async fn arrived(&self, endpoint: EndpointId) -> Result<Log, Refusal> {
        Ok(self.inner.log(endpoint.bytes()).await?.0)
    }

    /// Keeps messages, as long as payloads are kept. Nothing where the endpoint is gone, and none that came before the last number
    /// was forgotten.
    pub async fn keep_arrived(
        &self,
        workspace: WorkspaceId,
        endpoint: EndpointId,
        new: &[Arrived],
    ) -> Result<(), Refusal> {
        let id = endpoint.bytes();
        if self.store().get(Kind::Endpoint, id).await?.is_none() {
            return Ok(());
        }
        let mut forgotten = self.inner.last_forgotten(workspace).await?;
        loop {
            // What came before may name the number, and whoever looks for that may have looked here already.
            let came_before = |message: &Arrived| forgotten.is_some_and(|at| message.at <= at);
            let add = |log: &mut Log| {
                log.add(new.to_vec());
                log.remove(|message| came_before(message) && new.contains(message));
                true
            };
            self.inner.change_log(workspace, id, add).await?;
            let since = self.inner.last_forgotten(workspace).await?;
            if since == forgotten {
                return Ok(());
            }
            forgotten = since;
        }
    }

    /// Notes that a message was accepted, if it is the first.
    pub async fn keep_first(
        &self,
        workspace: WorkspaceId,
        endpoint: EndpointId,
        at: Timestamp,
    ) -> Result<(), Refusal> {
        let id = endpoint.bytes();
        if self.store().get(Kind::Endpoint, id).await?.is_some() {
            let note = self.inner.memo(Kind::Heard, id, workspace, &First { at });
            // A conflict: it is noted already.
            self.store().put(note, 0).await?;
        }
        Ok(())
    }

    pub async fn first_message_at(
        &self,
        endpoint: EndpointId,
    ) -> Result<Option<Timestamp>, Refusal> {
        let note = self.store().get(Kind::Heard, endpoint.bytes()).await?;
        let first = note.map(|note| wire::decode::<First>("a first message", &note.body));
        Ok(first.transpose()?.map(|first| first.at))
    }

    /// The endpoint is gone.
    pub async fn forget_arrived(&self, endpoint: EndpointId) -> Result<(), Refusal> {
        let now = self.now();
        for kind in [Kind::Arrivals, Kind::Heard] {
            self.store().delete(kind, endpoint.bytes(), now).await?;
        }
        Ok(())
    }
}
