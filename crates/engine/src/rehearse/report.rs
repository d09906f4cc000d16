//! What a test shows: the same over HTTP and on the command line.

use super::test::Tested;
use kernel::Problem;
use kernel::rehearse::{Ended, Line};
use kernel::run::{EntryKind, EntryResult, Failure, Request, Response, Status, Timing};
use serde::Serialize;
use serde_json::{Map, Value};

#[derive(Debug, Serialize)]
pub struct Report {
    /// Whether the event starts the flow.
    pub matched: bool,
    /// Which filters refuse it, each with what it wanted and what it saw.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub why_not: Vec<Problem>,
    pub status: Verdict,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    pub steps: Vec<Step>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply: Option<Value>,
    /// What the flow has saved at its end.
    pub saved: Map<String, Value>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Succeeded,
    Failed,
    /// Cut short: too many steps, too many calls, or too slow.
    Stopped,
    /// The event does not start the flow.
    NotStarted,
}

#[derive(Debug, Serialize)]
pub struct Step {
    pub step: String,
    /// The step below the loops around it and their rounds: `leads/2/tell`.
    pub path: String,
    pub rounds: Vec<(String, u32)>,
    /// Name of the flow: sub-flows show their steps, too.
    pub flow: String,
    pub kind: EntryKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    pub result: Shown,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<Request>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response: Option<Response>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub saved: Option<Value>,
    /// What the step decided: the branch taken, the counts of a loop, the reason of a stop.
    #[serde(skip_serializing_if = "Value::is_null")]
    pub detail: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Failure>,
    pub warnings: Vec<String>,
    pub duration_ms: u64,
    /// How long a run would wait here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub would_wait_s: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    Ok,
    Failed,
    Skipped,
    /// Rendered, and not sent.
    WouldSend,
    /// A wait that passed at once.
    WouldWait,
    /// Sent, but nobody knows whether it happened.
    Unknown,
}

impl From<Tested> for Report {
    fn from(tested: Tested) -> Self {
        match tested.ended {
            Some(ended) => ended.into(),
            None => Self {
                matched: false,
                why_not: tested.why_not,
                status: Verdict::NotStarted,
                reason: Some("the event does not start the flow".into()),
                steps: Vec::new(),
                reply: None,
                saved: Map::new(),
            },
        }
    }
}

impl From<Ended> for Report {
    fn from(ended: Ended) -> Self {
        let stop = ended
            .lines
            .iter()
            .rev()
            .find(|line| line.entry.kind == EntryKind::Stop);
        let stop = stop.and_then(|line| line.entry.detail.get("reason")?.as_str());
        let failure = ended.run.failure.as_ref();
        let failure = failure.map(|failure| format!("{}: {}", failure.step, failure.message));
        let (status, reason) = match (ended.cut, ended.run.status) {
            (Some(cut), _) => (Verdict::Stopped, Some(cut)),
            (None, Status::Succeeded) => (Verdict::Succeeded, stop.map(str::to_owned)),
            (None, _) => (Verdict::Failed, stop.map(str::to_owned).or(failure)),
        };
        Self {
            matched: true,
            why_not: Vec::new(),
            status,
            reason,
            steps: ended.lines.into_iter().map(Step::from).collect(),
            reply: ended.reply,
            saved: ended.run.saved,
        }
    }
}

impl From<Line> for Step {
    fn from(line: Line) -> Self {
        let (path, waited) = (line.path(), line.waited());
        let entry = line.entry;
        let exchange = entry.exchange;
        // What is not sent is shown all the same; an action that reaches nothing may have nothing to show.
        let is_sent = exchange
            .as_ref()
            .is_none_or(|e| e.timing != Timing::default());
        let result = match (entry.result, entry.kind) {
            (EntryResult::Ok, EntryKind::Wait) => Shown::WouldWait,
            (EntryResult::Ok, EntryKind::Do) if !is_sent => Shown::WouldSend,
            (EntryResult::Ok, _) => Shown::Ok,
            (EntryResult::Failed, _) => Shown::Failed,
            (EntryResult::Skipped, _) => Shown::Skipped,
            (EntryResult::Unknown, _) => Shown::Unknown,
        };
        let took = entry.ended_at.duration_since(entry.started_at);
        let saves =
            matches!(entry.kind, EntryKind::Do | EntryKind::Set) && entry.detail.is_object();
        let (saved, detail) = match saves {
            true => (Some(entry.detail), Value::Null),
            false => (None, entry.detail),
        };
        let (request, response) = match exchange {
            Some(exchange) => (Some(exchange.request), exchange.response),
            None => (None, None),
        };
        Self {
            step: entry.step,
            path,
            rounds: entry.rounds,
            flow: line.flow,
            kind: entry.kind,
            action: entry.action,
            result,
            request,
            response,
            saved,
            detail,
            error: entry.error,
            warnings: entry.warnings,
            duration_ms: match waited {
                Some(_) => 0,
                None => u64::try_from(took.as_millis()).unwrap_or_default(),
            },
            would_wait_s: waited.map(|waited| waited.as_secs()),
        }
    }
}
