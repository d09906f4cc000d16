//! What people look at: lists newest first behind a cursor, journals, counts, and the pruning of old payloads.

use crate::journal::{CallRow, EntryRow, EventRow, MessageRow, RunRow};
use crate::tally::{By, TallyFilter};
use crate::{Result, Tally};
use kernel::Timestamp;
use kernel::id::{CallId, EventId, FlowId, MessageId, RunId, WorkspaceId};
use kernel::run::Status;

#[async_trait::async_trait]
pub trait Archive: Send + Sync + 'static {
    /// Newest first.
    async fn runs(&self, filter: &RunFilter, page: Page<RunId>) -> Result<Vec<RunRow>>;
    /// Which of the newest `most` runs of a workspace that wait try again where, newest first.
    async fn retries(&self, workspace: WorkspaceId, most: u32) -> Result<Vec<Retry>>;
    /// The journal of a run, in order.
    async fn entries(&self, run: RunId) -> Result<Vec<EntryRow>>;
    async fn calls(&self, filter: &CallFilter, page: Page<CallId>) -> Result<Vec<CallRow>>;
    /// How many calls of a workspace have a status that is not an end, of those first heard of from `from` on; at most `most`
    /// are counted.
    async fn count_live(
        &self,
        workspace: WorkspaceId,
        status: &str,
        from: Timestamp,
        most: u32,
    ) -> Result<u64>;
    /// How many calls of a campaign have which status and disposition, of those first heard of from `from` on; the newest `most`
    /// are counted.
    async fn outcomes(
        &self,
        workspace: WorkspaceId,
        campaign: &str,
        from: Option<Timestamp>,
        most: u32,
    ) -> Result<Vec<Outcome>>;
    /// The events of a workspace, newest first; of one call where given.
    async fn events(
        &self,
        workspace: WorkspaceId,
        call: Option<CallId>,
        page: Page<EventId>,
    ) -> Result<Vec<EventRow>>;
    /// The messages of a call with their bodies, newest first.
    async fn messages(
        &self,
        workspace: WorkspaceId,
        call: CallId,
        page: Page<MessageId>,
    ) -> Result<Vec<MessageRow>>;
    /// Runs by status, for a workspace or all.
    async fn counts(&self, workspace: Option<WorkspaceId>) -> Result<Vec<(Status, u64)>>;
    /// Of these calls, empties message bodies that came in before `before` and removes entries of final runs last written before;
    /// nothing that a non-final run needs. Returns how many rows were touched.
    async fn prune(&self, calls: &[CallId], before: Timestamp) -> Result<u64>;
    /// Removes a call with its messages, events, runs and their journals; nothing while a run is not final. Where the database
    /// can, what it deletes is overwritten.
    async fn forget(&self, call: CallId) -> Result<Forgetting>;
    /// Sums of counters, in the order of time, flow, agent, destination and meter; what has no sum of its own is `None` in it.
    async fn tallies(&self, filter: &TallyFilter, by: By) -> Result<Vec<Tally>>;
    /// Removes counters of the hours before, at most `limit`; returns how many.
    async fn prune_tallies(&self, before_hour: u32, limit: u32) -> Result<u64>;
}

/// A run that waits to send again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retry {
    pub run: RunId,
    pub destination: String,
    pub due_at: Timestamp,
}

/// So many calls ended like this.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Outcome {
    pub status: Option<String>,
    pub disposition: Option<String>,
    pub calls: u64,
}

/// What became of a call that was to be removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forgetting {
    Unknown,
    /// It has runs that are not final: all of it is still there.
    Needed,
    Done(Forgotten),
}

/// How much there was of a call.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Forgotten {
    pub messages: u64,
    pub events: u64,
    pub runs: u64,
    /// Of the runs' journals.
    pub entries: u64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Page<I> {
    /// Rows older than this one.
    pub before: Option<I>,
    pub limit: u32,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct RunFilter {
    pub workspace: Option<WorkspaceId>,
    pub flow: Option<FlowId>,
    pub statuses: Vec<Status>,
    pub call: Option<CallId>,
    pub event: Option<EventId>,
    /// From and to: inclusive, by the millisecond that the id was made in.
    pub from: Option<Timestamp>,
    pub to: Option<Timestamp>,
    pub agent: Option<String>,
    pub campaign: Option<String>,
    pub parts: Parts,
}

/// Which branches, items and sub-flows are among runs.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub enum Parts {
    #[default]
    With,
    /// Runs of whole flows: no branches and no items.
    Without,
    /// Only what this run began.
    Of(RunId),
}

impl Parts {
    pub fn of(self) -> Option<RunId> {
        match self {
            Parts::Of(run) => Some(run),
            Parts::With | Parts::Without => None,
        }
    }
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct CallFilter {
    pub workspace: Option<WorkspaceId>,
    pub status: Option<String>,
    pub agent: Option<String>,
    pub campaign: Option<String>,
    pub disposition: Option<String>,
    /// Either side of the call, exactly.
    pub number: Option<String>,
    /// From and to: inclusive, by the millisecond that the id was made in.
    pub from: Option<Timestamp>,
    pub to: Option<Timestamp>,
    pub provider: Option<String>,
    /// Seconds, inclusive; calls of unknown duration are of neither.
    pub min_duration_s: Option<f64>,
    pub max_duration_s: Option<f64>,
    pub sentiment: Option<String>,
    /// `CallListing::answers` has this in it.
    pub answer: Option<String>,
    /// `CallListing::words` is like one of these, as `LIKE … ESCAPE '\\'` compares.
    pub words: Option<[String; 2]>,
}
