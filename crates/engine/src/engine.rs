//! The engine as its callers hold it: one handle that accepts, replays, cancels and stops.

use crate::active::Active;
use crate::aside::Aside;
use crate::attempts::Named;
use crate::connections::Connections;
use crate::contacts::Contacts;
use crate::gates::Gates;
use crate::job::Job;
use crate::live::{Live, Notice};
use crate::nodes::Nodes;
use crate::past::Wanted;
use crate::plans::{Plans, lock};
use crate::queue::{Limits, Queue};
use crate::recordings::Copies;
use crate::secrets::Secrets;
use crate::stamp::Stamp;
use crate::timers::Timers;
use crate::turns::Turns;
use crate::vault::Vault;
use crate::watch::Watch;
use crate::{
    Attempt, Chance, Clock, Foreseen, Occasion, Payload, Question, Receipt, Refusal, Tested,
};
use actions::Actions;
use calls::{Confidential, Observation, Policy};
use kernel::Timestamp;
use kernel::id::{EndpointId, EventId, Id, Kind, RunId, WorkspaceId};
use kernel::lang::preview::Preview;
use kernel::run::Perform;
use serde_json::Value;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use store::Store;
use tokio::sync::{Notify, Semaphore, broadcast};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

#[derive(Clone)]
pub struct Config {
    /// What this node's name in leases begins with.
    pub node: String,
    /// How many calls to the world may be under way at once.
    pub concurrency: usize,
    /// How many of them to one destination.
    pub per_destination: usize,
    /// How many ready runs are held in memory, about; more stay in the store until there is room. No workspace's destination may
    /// have more than a share of what is free.
    pub queued: usize,
    /// How many accepts may wait for the disk at once before senders are told to slow down.
    pub intake: usize,
    /// How long payloads of finished runs are kept.
    pub retention: Duration,
    /// How long to wait for what a provider may still send.
    pub policy: fn(&str) -> Policy,
    pub clock: Clock,
    /// Where randomness comes from.
    pub chance: Chance,
    /// When the breaker of a destination opens, and for how long.
    pub breaker: kernel::gate::Settings,
    /// How long other nodes wait for this one before they take its work over.
    pub lease: Duration,
    /// Where people reach this server, for links in what goes out.
    pub public_url: Option<String>,
    /// Workspaces open no internal networks themselves; what they have opened has no effect.
    pub forbid_internal_networks: bool,
}

impl Config {
    pub fn new(node: impl Into<String>) -> Self {
        Self {
            node: node.into(),
            concurrency: 1024,
            per_destination: 64,
            queued: 4096,
            intake: 4096,
            retention: Duration::from_secs(30 * 24 * 3600),
            policy: |_| Policy::default(),
            clock: Arc::new(Timestamp::now),
            chance: Arc::new(crate::stamp::random),
            breaker: kernel::gate::Settings::default(),
            lease: Duration::from_secs(6),
            public_url: None,
            forbid_internal_networks: false,
        }
    }
}

/// Cheap to clone.
#[derive(Clone)]
pub struct Engine {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub store: Arc<dyn Store>,
    pub world: Arc<dyn Actions>,
    pub vault: Vault,
    pub config: Config,
    pub stamp: Stamp,
    pub nodes: Nodes,
    pub plans: Plans,
    pub secrets: Secrets,
    pub connections: Connections,
    pub contacts: Contacts,
    pub copying: Copies,
    /// There is a number to forget.
    pub forgetting: Notify,
    pub intake: Semaphore,
    pub turns: Turns,
    pub queue: Mutex<Queue<Job>>,
    pub gates: Gates,
    pub named: Named,
    pub aside: Aside,
    pub active: Active,
    pub timers: Timers,
    pub live: Live,
    pub watch: Watch,
    /// There may be ready runs that only the store knows.
    pub spilled: AtomicBool,
    /// The queue has become shorter, or something was spilled.
    pub room: Notify,
    pub stopping: CancellationToken,
    pub tasks: TaskTracker,
}

impl Inner {
    /// The catalogue of a workspace has changed: what is remembered of it is read again.
    pub(crate) fn forget(&self, workspace: WorkspaceId) {
        self.plans.forget(workspace);
        self.gates.forget(workspace);
    }

    /// Where a call goes. One of whose destination only its connection knows is named by that, and by what comes before the dot of
    /// its action: all that a workspace does to a database shares its limits.
    pub(crate) fn destination(&self, perform: &Perform) -> Arc<str> {
        let action = perform.action.as_str();
        match (
            self.world.destination(action, &perform.with),
            &perform.connection,
        ) {
            (Some(destination), _) => destination.into(),
            (None, Some(connection)) => {
                let group = action.split_once('.').map_or(action, |(group, _)| group);
                format!("{group} {connection}").into()
            }
            (None, None) => action.into(),
        }
    }
}

/// Figures for `/metrics` and the screens.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stats {
    /// Runs with a place in the queue.
    pub queued: u64,
    /// Calls to the world under way.
    pub performing: u64,
    /// Runs held in memory.
    pub active: u64,
    /// Runs in memory that wait behind a gate.
    pub held: u64,
    /// Breakers of this node that are open.
    pub breakers_open: u64,
    /// Nodes that share the store, this one included.
    pub nodes: u64,
    /// Partitions that this node owns.
    pub partitions: u64,
}

impl Engine {
    /// Takes ownership, takes up what an earlier process left, and starts the loops.
    pub async fn start(
        store: Arc<dyn Store>,
        world: Arc<dyn Actions>,
        vault: Vault,
        config: Config,
    ) -> Result<Engine, store::Error> {
        let stamp = Stamp::new(config.clock.clone(), config.chance.clone());
        let name = format!("{}-{}", config.node, hex::encode(&stamp.chance()[..4]));
        let nodes = Nodes::new(name, config.lease);
        let limits = Limits {
            under_way: config.concurrency,
            per_destination: config.per_destination,
            waiting: config.queued,
        };
        let inner = Arc::new(Inner {
            store,
            world,
            vault,
            stamp,
            nodes,
            plans: Plans::default(),
            secrets: Secrets::default(),
            connections: Connections::default(),
            contacts: Contacts::default(),
            copying: Copies::default(),
            forgetting: Notify::new(),
            intake: Semaphore::new(config.intake),
            turns: Turns::new(),
            queue: Mutex::new(Queue::new(limits)),
            gates: Gates::new(config.breaker.clone()),
            named: Named::default(),
            aside: Aside::default(),
            active: Active::default(),
            timers: Timers::default(),
            live: Live::new(),
            watch: Watch::default(),
            spilled: AtomicBool::new(false),
            room: Notify::new(),
            stopping: CancellationToken::new(),
            tasks: TaskTracker::new(),
            config,
        });
        let hints = inner.store.hear();
        inner.join().await?;
        inner.tasks.spawn(inner.clone().attend());
        inner.tasks.spawn(inner.clone().listen(hints));
        inner.tasks.spawn(inner.clone().keep_gates());
        inner.tasks.spawn(inner.clone().feed());
        inner.tasks.spawn(inner.clone().run_timers());
        inner.tasks.spawn(inner.clone().tidy_up());
        inner.tasks.spawn(inner.clone().forget_numbers());
        inner.tasks.spawn(inner.clone().watch());
        inner.tasks.spawn(inner.clone().watch_budgets());
        Ok(Engine { inner })
    }

    pub fn store(&self) -> &Arc<dyn Store> {
        &self.inner.store
    }

    pub fn vault(&self) -> &Vault {
        &self.inner.vault
    }

    pub fn now(&self) -> Timestamp {
        self.inner.stamp.now()
    }

    /// A new id for a document (part 0).
    pub fn new_id<K: Kind>(&self) -> Id<K> {
        self.inner.stamp.id(0)
    }

    /// Accepts messages, all or nothing, and answers when they and the runs they cause are on disk. Receipts are in order.
    pub async fn accept(
        &self,
        workspace: WorkspaceId,
        endpoint: Option<EndpointId>,
        observations: Vec<Observation>,
    ) -> Result<Vec<Receipt>, Refusal> {
        self.inner.accept(workspace, endpoint, observations).await
    }

    /// Asks for a run to be cancelled; it ends once the attempt under way is over.
    pub async fn cancel(&self, workspace: WorkspaceId, run: RunId) -> Result<(), Refusal> {
        self.inner.cancel(workspace, run, self.now()).await
    }

    /// What a webhook without a body of its own sends about an event, without what is hidden.
    pub async fn payload(
        &self,
        workspace: WorkspaceId,
        event: EventId,
        payload: Payload,
        hidden: Option<&Confidential>,
    ) -> Result<Value, Refusal> {
        self.inner.payload(workspace, event, payload, hidden).await
    }

    /// The event that something is tried out on.
    pub async fn occasion(
        &self,
        workspace: WorkspaceId,
        occasion: Occasion,
        wanted: Wanted<'_>,
    ) -> Result<calls::Event, Refusal> {
        self.inner.occasion(workspace, occasion, wanted).await
    }

    /// Tries a flow out on an event; nothing of it is stored.
    pub async fn test(
        &self,
        workspace: WorkspaceId,
        question: &Question,
        event: calls::Event,
    ) -> Result<Tested, Refusal> {
        self.inner.test(workspace, question, event).await
    }

    /// What messages would cause if they came in now, on calls that nobody has heard of, told without what is hidden; nothing is stored
    /// or sent.
    pub async fn foresee(
        &self,
        workspace: WorkspaceId,
        observations: &[Observation],
        hidden: Option<&Confidential>,
    ) -> Result<Vec<Foreseen>, Refusal> {
        self.inner.foresee(workspace, observations, hidden).await
    }

    /// Shows something to whoever watches, here or on another node.
    pub fn announce(&self, notice: impl FnOnce() -> Notice) {
        if self.inner.live.is_watched() {
            self.inner.announce([notice()].into_iter());
        }
    }

    /// What a text comes to on an event.
    pub fn preview(&self, event: &calls::Event, attempt: &Attempt) -> Preview {
        self.inner.preview(event, attempt)
    }

    /// The filters that expressions may name.
    pub fn filters(&self) -> kernel::lang::Filters {
        filters::ALL
    }

    /// What happens from now on, in all workspaces.
    pub fn subscribe(&self) -> broadcast::Receiver<Arc<Notice>> {
        let notices = self.inner.live.subscribe();
        self.inner.ask_for_news();
        notices
    }

    /// After that, lists have whatever whoever has just begun to watch is not told.
    pub async fn unheard_are_over(&self) {
        self.inner.live.unheard_are_over().await;
    }

    pub fn stats(&self) -> Stats {
        let queue = lock(&self.inner.queue);
        let queued = (queue.waiting() + self.inner.aside.len()) as u64;
        let (performing, held) = (queue.under_way() as u64, queue.held() as u64);
        drop(queue);
        let (nodes, partitions) = self.inner.nodes.figures();
        Stats {
            queued,
            performing,
            held,
            breakers_open: self.inner.gates.open() as u64,
            active: self.inner.active.len() as u64,
            nodes,
            partitions,
        }
    }

    /// Stops taking, finishes what is under way (at most `grace`), hands back the rest.
    pub async fn stop(&self, grace: Duration) {
        lock(&self.inner.queue).close();
        self.inner.intake.close();
        self.inner.tasks.close();
        let busy = async {
            while lock(&self.inner.queue).under_way() > 0 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let idle = tokio::time::timeout(grace, busy).await.is_ok();
        self.inner.stopping.cancel();
        let written = async {
            self.inner.tasks.wait().await;
            // The last results were written just now: what failed is told before the node goes.
            self.inner.look_at_noted().await;
        };
        let written = tokio::time::timeout(Duration::from_secs(5), written).await;
        // What is still under way may have been sent: only a lease that runs out says so to whoever takes over.
        if !idle || written.is_err() || !self.inner.active.under_way().is_empty() {
            tracing::warn!("calls to the world still under way are handed to whoever takes over");
        } else if let Err(error) = self.inner.store.leave(self.inner.nodes.name()).await {
            tracing::warn!(%error, "the lease was not given back: it runs out by itself");
        }
    }
}
