//! Accept: dedupe → fold → match → one durable transaction. An event is accepted exactly when its runs exist.

use kernel::id::{CallId, EventId, RunId};

/// What became of one message.
#[derive(Debug, Clone, PartialEq)]
pub struct Receipt {
    /// The message's own event id.
    pub event: EventId,
    pub call: CallId,
    pub runs: Vec<RunId>,
    /// Seen before: nothing was done again.
    pub duplicate: bool,
}
