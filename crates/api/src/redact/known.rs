//! What an answer is about: the calls, events, runs and messages that it, its address or its request names. It reads nothing of them
//! (see `values.rs`).

use super::values::Values;
use crate::errors::Result;
use crate::routes::calls;
use kernel::id::{CallId, EventId, MessageId, RunId};
use percent_encoding::percent_decode_str;
use std::collections::BTreeSet;

/// What somebody looks at, and may not see all of.
pub struct Sight<'a> {
    pub values: Values<'a>,
    /// The call that the request was found to be about.
    pub call: Option<CallId>,
    pub path: &'a str,
    /// A refusal tells little; it is shown even where nothing is known.
    pub succeeded: bool,
}

/// Something that leads to a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    Call(CallId),
    Event(EventId),
    Run(RunId),
    Message(MessageId),
    /// Every message of a call: one of them, nobody knows which.
    Messages(CallId),
}

impl Subject {
    pub fn read(text: &str) -> Option<Self> {
        match text.split_once('_')?.0 {
            "call" => text.parse().ok().map(Subject::Call),
            "evt" => text.parse().ok().map(Subject::Event),
            "run" => text.parse().ok().map(Subject::Run),
            "msg" => text.parse().ok().map(Subject::Message),
            _ => None,
        }
    }
}

impl Sight<'_> {
    /// What the address is about.
    pub async fn of_path(&self) -> Result<BTreeSet<Subject>> {
        let mut parts = self.path.split('/').skip(2);
        if let (Some("calls"), Some(id)) = (parts.next(), parts.next())
            && Subject::read(id).is_none()
        {
            let id = percent_decode_str(id).decode_utf8_lossy();
            let call = calls::row(self.values.state, self.values.workspace, &id).await;
            let call = call.ok().map(|row| Subject::Call(row.id));
            return Ok(call.into_iter().collect());
        }
        Ok(self.path.split('/').filter_map(Subject::read).collect())
    }
}
