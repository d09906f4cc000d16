//! The hot path: what accept, workers and timers read and write. All writes go through one method, `commit`, which takes a
//! unit whole or not at all; whoever holds no valid lease or an old version of a row is told so and has changed nothing.

use crate::{Parts, Result, Tally};
use bytes::Bytes;
use kernel::Timestamp;
use kernel::id::{CallId, EndpointId, EventId, FlowId, MessageId, RunId, WorkspaceId};
use kernel::run::Status;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast;

#[async_trait::async_trait]
pub trait Journal: Send + Sync + 'static {
    /// Registers `node` or renews its lease for `ttl`, by the store's own clock; frees what nodes held whose lease has run out.
    /// Afterwards the node owns those of `wanted` that were its own or nobody's, and has given back its others. A node's name
    /// is never used again by another process. A store that one process alone can open gives it every partition at once.
    async fn attend(&self, node: &str, ttl: Duration, wanted: &Parts) -> Result<Roster>;

    /// Takes the node off the roster in good order: its partitions are free, and nobody counts them as lost.
    async fn leave(&self, node: &str) -> Result<()>;

    /// Commits a unit durably, whole or not at all. Many concurrent units share one transaction and one fsync.
    async fn commit(&self, unit: Unit) -> Result<Committed>;

    async fn call(&self, key: [u8; 16]) -> Result<Option<CallRow>>;
    async fn call_by_id(&self, id: CallId) -> Result<Option<CallRow>>;
    async fn event(&self, id: EventId) -> Result<Option<EventRow>>;
    async fn message(&self, id: MessageId) -> Result<Option<MessageRow>>;
    async fn run(&self, id: RunId) -> Result<Option<RunRow>>;

    /// Runs with status `Running` in these partitions, in id order, after `after`: what an owner takes up.
    async fn ready(&self, parts: &Parts, after: Option<RunId>, limit: u32) -> Result<Vec<RunId>>;

    /// Timers of these partitions due at or before `until`, earliest first, and when the next one after those is due.
    async fn due(&self, parts: &Parts, until: Timestamp, limit: u32) -> Result<Due>;

    /// A limit that nodes share, by whatever key they agree on.
    async fn limit(&self, key: [u8; 16]) -> Result<Limit>;

    /// Writes over `expect`, which was read, until when the limit is used up, durably; `false`: somebody else was faster.
    async fn use_limit(
        &self,
        key: [u8; 16],
        expect: Option<Timestamp>,
        used_until: Timestamp,
    ) -> Result<bool>;

    /// Tells other nodes that there is something for them. Lossy: a hint wakes up sooner, what is right is found by asking.
    fn tell(&self, hints: Vec<Hint>);

    /// Writes what is queued and lets the database go. Later writes are refused.
    async fn close(&self);

    /// What other nodes tell; silent on a store of one node.
    fn hear(&self) -> broadcast::Receiver<Hint>;
}

/// A node's hold on a partition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    pub node: String,
    /// How often the partition's owner was lost.
    pub epoch: u64,
}

/// Who is there, and what the one who asked owns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roster {
    /// Nodes whose lease has not run out, by name.
    pub nodes: Vec<String>,
    pub mine: Parts,
    /// The epoch of every partition, by its number; 1 for the first owner.
    pub epochs: Vec<u64>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hint {
    /// This run is ready; its row is committed.
    Ready(RunId),
    /// A timer was set in this partition that is due then.
    Due(u16, Timestamp),
    /// Somebody watches on the node that tells: it wants to be told what happens.
    Watched,
    /// What the node that tells holds back, for people who ask any other: the engine's own words.
    Gates(Arc<str>),
    /// Something happened that people who watch want to see: the engine's own words, of at most a few hundred bytes.
    News(Arc<str>),
}

/// What one decision wants written, all or nothing.
#[derive(Debug, Clone, Default)]
pub struct Unit {
    /// The hold on the partition in which all of `advanced` stand, needed for those alone; one that was lost refuses the unit.
    /// Timers of calls need none: the call's version guards them.
    pub lease: Option<Lease>,
    /// The generation of a workspace's catalogue that the decision was made with (`Catalog::generation`).
    pub matched_with: Vec<(WorkspaceId, u64)>,
    pub calls: Vec<CallPut>,
    pub messages: Vec<MessageRow>,
    pub events: Vec<EventRow>,
    /// New runs.
    pub runs: Vec<RunRow>,
    /// Runs that took a step.
    pub advanced: Vec<RunAdvance>,
    pub entries: Vec<EntryRow>,
    pub set_timers: Vec<Timer>,
    pub clear_timers: Vec<Timer>,
    /// What it counts; the same counter may stand here more than once.
    pub tallies: Vec<Tally>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Committed {
    /// On disk.
    Durable,
    /// A call changed meanwhile: fold again from this row (`None`: it is not there any more).
    Conflict(Option<Box<CallRow>>),
    /// The workspace's catalogue has this generation now: reload the plans and match again.
    Stale(WorkspaceId, u64),
    /// The lease is lost, or a run in `advanced` was advanced by somebody else.
    Lost,
}

/// A call to be written when its row still has the version that was folded from (`None`: there was no row with this key).
#[derive(Debug, Clone)]
pub struct CallPut {
    pub expect: Option<u64>,
    pub row: CallRow,
}

#[derive(Debug, Clone, PartialEq)]
pub struct CallRow {
    pub id: CallId,
    /// Hash of workspace, provider and the provider's call id; unique.
    pub key: [u8; 16],
    pub workspace: WorkspaceId,
    /// Counted up by one with every write; 1 for a new row.
    pub version: u64,
    /// The call (`calls::Call`) as JSON: opaque here.
    pub state: Bytes,
    pub listing: CallListing,
}

/// The columns of a call that lists filter and show.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct CallListing {
    pub provider: String,
    pub provider_call_id: String,
    pub direction: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
    pub agent: Option<String>,
    pub campaign: Option<String>,
    pub status: Option<String>,
    pub disposition: Option<String>,
    pub duration_s: Option<f64>,
    pub started_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    pub sentiment: Option<String>,
    /// Filters look for one of these in it.
    pub answers: Option<String>,
    /// A search looks at it; in lower case. A call of before has none: numbers and the platform's id stand in for it, in these lines.
    pub words: Option<String>,
}

/// A message that was accepted, with the snapshot of its call after it: what events of the message share.
#[derive(Debug, Clone, PartialEq)]
pub struct MessageRow {
    pub id: MessageId,
    pub workspace: WorkspaceId,
    pub call: CallId,
    pub endpoint: Option<EndpointId>,
    pub provider: String,
    pub provider_event: String,
    pub received_at: Timestamp,
    /// JSON, opaque here; compressed by the store; empty once pruned.
    pub body: Bytes,
}

/// A moment of a call, as flows and lists see it.
#[derive(Debug, Clone, PartialEq)]
pub struct EventRow {
    pub id: EventId,
    pub workspace: WorkspaceId,
    pub call: CallId,
    pub message: MessageId,
    pub kind: String,
    pub at: Timestamp,
    /// Small JSON (settled, synthetic, tool, script step): opaque here.
    pub detail: Bytes,
}

#[derive(Debug, Clone, PartialEq)]
pub struct RunRow {
    pub id: RunId,
    pub workspace: WorkspaceId,
    pub flow: FlowId,
    pub flow_version: u32,
    pub call: CallId,
    pub event: EventId,
    /// The run that this one replays.
    pub replay_of: Option<RunId>,
    pub status: Status,
    /// Where its next step goes (`host:port` or an app's name), for fair claiming; also while it waits to try again there.
    pub destination: Option<String>,
    /// Counted up by one with every advance.
    pub version: u64,
    /// The partition's epoch when it was last written: the difference to the epoch now says how often its owner was lost since.
    /// 0 in a new run: the store puts the partition's epoch.
    pub epoch: u64,
    /// `kernel::run::Run` as JSON: opaque here.
    pub state: Bytes,
    /// Why it failed, in one line, for lists.
    pub error: Option<String>,
    pub updated_at: Timestamp,
    /// When a waiting run goes on.
    pub due_at: Option<Timestamp>,
    /// The run that began this one and waits for it.
    pub parent: Option<RunId>,
}

/// The new face of a run that was at `expect`.
#[derive(Debug, Clone, PartialEq)]
pub struct RunAdvance {
    pub id: RunId,
    pub expect: u64,
    pub status: Status,
    pub destination: Option<String>,
    pub state: Bytes,
    pub error: Option<String>,
    pub updated_at: Timestamp,
    pub due_at: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct EntryRow {
    pub run: RunId,
    pub number: u32,
    /// `kernel::run::Entry` as JSON: opaque here; compressed by the store.
    pub body: Bytes,
}

/// A durable timer. Its identity is all of its fields; `kind` is the engine's word.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Timer {
    pub part: u16,
    pub due_at: Timestamp,
    pub kind: TimerKind,
    /// Bytes of the id of the run or call that it is for.
    pub subject: [u8; 16],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum TimerKind {
    WakeRun = 1,
    CancelRun = 2,
    CallGrace = 3,
    CallSettle = 4,
    CallWatchdog = 5,
    /// This run has ended, and its parent is to be told.
    JoinRun = 6,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// Until when what was taken has used it up; `None`: nothing ever was.
    pub used_until: Option<Timestamp>,
    /// What time it is by the store's own clock, which is the same for all nodes.
    pub now: Timestamp,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Due {
    pub timers: Vec<Timer>,
    pub next: Option<Timestamp>,
}
