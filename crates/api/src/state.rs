//! What every handler reaches: the engine, the settings, and small caches that other nodes' changes reach within seconds.

use crate::arrivals::Arrivals;
use crate::auth::{Known, counted_id};
use crate::cache::Cache;
use crate::errors::{Code, Error, Result};
use crate::intake::Intake;
use crate::lines::Lines;
use crate::network::Network;
use crate::routes::inbound::Inbox;
use calls::Confidential;
use engine::Engine;
use kernel::Timestamp;
use kernel::id::{Id, Kind, WorkspaceId};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, SemaphorePermit};

/// How long a key or an endpoint may still be taken for valid after another node has removed it.
const TTL: std::time::Duration = std::time::Duration::from_secs(5);
const CACHED: usize = 4096;

#[derive(Debug, Clone)]
pub struct Settings {
    /// The address under which the world reaches this server, without a path; from the request where it is not given.
    pub public_url: Option<String>,
    /// Peers whose `X-Forwarded-…` headers are believed.
    pub trusted_proxies: Vec<Network>,
    pub limits: Limits,
    /// An API key with all scopes in the default workspace.
    pub root_key: Option<String>,
    /// The workspace that the root key belongs to.
    pub default_workspace: WorkspaceId,
    /// The screens offer rehearsals and say that this is a demo.
    pub demo: bool,
    pub version: String,
}

#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of a JSON request.
    pub body: usize,
    /// Bytes of a request with events or of a provider's message.
    pub event_body: usize,
    /// Events in one request.
    pub batch: usize,
    /// Bytes of all requests with events under way at once.
    pub intake_bytes: usize,
    /// Live streams at once.
    pub streams: usize,
    /// Tests of flows at once.
    pub tests: usize,
    /// Requests with events per second and workspace; no limit unless given.
    pub intake_per_s: Option<u32>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: 1 << 20,
            event_body: 16 << 20,
            batch: 1000,
            intake_bytes: 64 << 20,
            streams: 256,
            tests: 16,
            intake_per_s: None,
        }
    }
}

/// Renders the metrics in Prometheus' text format.
pub type Metrics = Arc<dyn Fn() -> String + Send + Sync>;

/// Cheap to clone.
#[derive(Clone)]
pub struct State(Arc<Inner>);

pub struct Inner {
    pub engine: Engine,
    pub settings: Settings,
    pub metrics: Metrics,
    pub(crate) keys: Cache<String, Option<Known>>,
    pub(crate) inboxes: Cache<String, Option<Arc<Inbox>>>,
    confidential: Cache<WorkspaceId, Option<Arc<Confidential>>>,
    pub(crate) lines: Lines,
    /// An endpoint was changed here, and with it perhaps whose calls are looked for.
    pub(crate) reconcilers: Notify,
    pub(crate) arrivals: Arrivals,
    streams: Arc<Semaphore>,
    /// Tests of flows under way at once.
    tests: Semaphore,
    pub(crate) intake: Intake,
    /// Counts ids that keep their order.
    ids: AtomicU32,
}

impl State {
    /// Room for one more that reads and plays much; refused where too many are under way.
    pub(crate) fn room(&self) -> Result<SemaphorePermit<'_>> {
        self.permit("tests, previews, counts and replays", 1)
    }

    /// The same, for a test.
    pub(crate) fn test_room(&self) -> Result<SemaphorePermit<'_>> {
        self.permit("tests", 5)
    }

    fn permit(&self, what: &str, retry_after: u32) -> Result<SemaphorePermit<'_>> {
        self.tests.try_acquire().map_err(|_| Error {
            retry_after: Some(retry_after),
            ..Error::new(
                Code::TooManyRequests,
                format!("too many {what} are under way"),
            )
        })
    }

    /// Room for one more answer that goes on for long: a stream or a table.
    pub(crate) fn stream_room(&self) -> Result<OwnedSemaphorePermit> {
        let permit = self.streams.clone().try_acquire_owned();
        permit.map_err(|_| Error {
            retry_after: Some(30),
            ..Error::new(Code::TooManyRequests, "too many streams are open")
        })
    }

    pub fn new(engine: Engine, settings: Settings, metrics: Metrics) -> Self {
        Self(Arc::new(Inner {
            engine,
            streams: Arc::new(Semaphore::new(settings.limits.streams)),
            tests: Semaphore::new(settings.limits.tests),
            intake: Intake::new(settings.limits.intake_per_s, settings.limits.intake_bytes),
            settings,
            metrics,
            keys: Cache::new(TTL, CACHED),
            inboxes: Cache::new(TTL, CACHED),
            confidential: Cache::new(TTL, CACHED),
            lines: Lines::default(),
            reconcilers: Notify::new(),
            ids: AtomicU32::new(0),
            arrivals: Arrivals::default(),
        }))
    }

    /// What is confidential in a workspace, if anything is.
    pub(crate) async fn confidential(
        &self,
        workspace: WorkspaceId,
    ) -> Result<Option<Arc<Confidential>>> {
        let now = Instant::now();
        if let Some(known) = self.confidential.get(&workspace, now) {
            return Ok(known);
        }
        let since = self.confidential.since();
        let known = self.engine.confidential(workspace).await?;
        let known = (!known.is_empty()).then_some(known);
        self.confidential.put(workspace, known.clone(), now, since);
        Ok(known)
    }

    /// It was changed here.
    pub(crate) fn confidential_changed(&self, workspace: WorkspaceId) {
        self.confidential.remove(&workspace);
    }

    /// Of those that one node makes, the later is the larger, also within a millisecond.
    pub(crate) fn next_id<K: Kind>(&self, now: Timestamp) -> Id<K> {
        counted_id(now, self.ids.fetch_add(1, Ordering::Relaxed))
    }
}

impl std::ops::Deref for State {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}
