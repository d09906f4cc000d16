//! A flow's own test cases: an event, what the world would answer, and what is expected to come of it. They stand in the
//! flow's document under `cases`, where nothing but this reads them.

mod expect;
mod read;
mod subset;

use super::test::LONGEST_DRY;
use super::{Answers, Offline, Question, Report, Tested};
use crate::{Engine, Refusal};
use calls::event::Origin;
use calls::{Event, Kind, samples};
use expect::Expected;
use kernel::id::{CallId, EventId, WorkspaceId};
use kernel::{Problem, Timestamp};
use serde::Serialize;
use serde_json::{Map, Value};
use tokio::time::Instant;

/// One case, ready to be run.
#[derive(Debug, Clone)]
pub struct Case {
    pub name: String,
    event: Event,
    step: Option<String>,
    saved: Map<String, Value>,
    answers: Answers,
    expected: Expected,
}

/// One thing that is not as it was expected.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// Where in the document the expectation stands, as a JSON Pointer.
    pub path: String,
    /// Nothing is written as null.
    pub expected: Value,
    pub got: Value,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// What came of a case.
#[derive(Debug, Serialize)]
pub struct Judged {
    pub name: String,
    pub ok: bool,
    pub differences: Vec<Difference>,
    pub report: Report,
}

impl Case {
    /// The cases of a document; what is wrong with any of them is said with its path, all at once.
    pub fn read(document: &Value) -> Result<Vec<Case>, Vec<Problem>> {
        read::cases(document)
    }

    /// Runs the case without a server.
    pub async fn run(&self, stage: &Offline, document: &Value) -> Result<Judged, Vec<Problem>> {
        let question = self.question(document);
        let tested = stage.test(&question, self.event.clone()).await?;
        Ok(self.judge(tested))
    }

    /// What the case asks: always dry.
    fn question(&self, document: &Value) -> Question {
        Question {
            document: document.clone(),
            flow: None,
            step: self.step.clone(),
            saved: self.saved.clone(),
            answers: self.answers.clone(),
            live: false,
        }
    }

    fn judge(&self, tested: Tested) -> Judged {
        let report = Report::from(tested);
        let differences = self.expected.differences(&report);
        Judged {
            name: self.name.clone(),
            ok: differences.is_empty(),
            differences,
            report,
        }
    }
}

impl Engine {
    /// Runs the cases of a document among the flows, secrets and connections of a workspace, as many as the time of one
    /// test lets: the others are missing from what comes back.
    pub async fn run_cases(
        &self,
        workspace: WorkspaceId,
        document: &Value,
    ) -> Result<Vec<Judged>, Refusal> {
        let deadline = Instant::now() + LONGEST_DRY;
        let mut judged = Vec::new();
        for case in Case::read(document).map_err(Refusal::Invalid)? {
            if Instant::now() >= deadline {
                break;
            }
            let event = case.event.clone();
            let question = case.question(document);
            let tested = self.test(workspace, &question, event).await?;
            judged.push(case.judge(tested));
        }
        Ok(judged)
    }
}

/// An event as a case tells it, on a call that nothing else is known of.
fn event(told: Value, kinds: &[Kind]) -> Result<Event, Vec<Problem>> {
    let origin = Origin {
        workspace_id: WorkspaceId::from_bytes([0; 16]),
        workspace_name: "Test".into(),
        call_id: CallId::from_bytes([0; 16]),
        raw: Value::Null.into(),
    };
    let id = EventId::from_bytes([0; 16]);
    // Of a run or a flow: raised here alone, so it is told in no form of a sender.
    let watching = told["kind"].as_str().and_then(Kind::parse);
    if let Some(kind) = watching.filter(|kind| kind.watches()) {
        return Ok(samples::about(kind, told, id, &origin));
    }
    let told = calls::generic::read(told)?;
    let wanted = kinds
        .iter()
        .copied()
        .find(|kind| told.claims.contains(kind));
    let kind = wanted.or(told.claims.first().copied());
    let kind = kind.ok_or_else(|| vec![Problem::new("/kind", "an event needs a kind")])?;
    let now = Timestamp::UNIX_EPOCH;
    Ok(samples::raised(&told, kind, id, &origin, now))
}
