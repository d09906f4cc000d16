//! A flow tried out on an event: dry, with answers that somebody imagines, or live, with real calls to the world. Nothing is
//! stored, waits pass at once, and nothing is tried twice.

use super::answers::Answers;
use super::stage::{Stage, StandIns, compiled, course};
use crate::job::Course;
use crate::plans::Compiled;
use crate::settling::settles;
use calls::{Event, schema};
use kernel::flow::why_not;
use kernel::id::{FlowId, RunId};
use kernel::rehearse::{Ask, Ended, Limits, Rehearsal};
use kernel::run::{Exchange, Outcome, Perform, Timing};
use kernel::usage::Used;
use kernel::{Problem, Timestamp};
use serde_json::{Map, Value};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

const DRY: Limits = Limits {
    lines: 2_000,
    calls: 1_000,
    bytes: 4 << 20,
};
const LIVE: Limits = Limits { calls: 50, ..DRY };
/// A test as a whole takes no longer.
pub(super) const LONGEST_DRY: Duration = Duration::from_secs(10);
const LONGEST_LIVE: Duration = Duration::from_secs(60);

/// What is to be tried out.
#[derive(Debug, Clone)]
pub struct Question {
    pub document: Value,
    /// The flow's id and version, where it is saved.
    pub flow: Option<(FlowId, u32)>,
    /// Only this step.
    pub step: Option<String>,
    /// What earlier steps would have saved.
    pub saved: Map<String, Value>,
    /// What the world would answer, by step.
    pub answers: Answers,
    pub live: bool,
}

#[derive(Debug)]
pub struct Tested {
    /// Why the event does not start the flow, if it does not: then nothing else happened.
    pub why_not: Vec<Problem>,
    pub ended: Option<Ended>,
}

pub(super) async fn test(
    stage: &dyn Stage,
    question: &Question,
    event: Event,
    id: RunId,
    now: &(dyn Fn() -> Timestamp + Send + Sync),
) -> Result<Tested, Vec<Problem>> {
    let (flow, version) = question.flow.unwrap_or((FlowId::from_bytes([0; 16]), 1));
    let mut compiled = compiled(&question.document, flow, version, stage.world())?;
    let settles = settles(&compiled.plan, |name| stage.named(name));
    compiled.plan.trigger.settles = settles;
    // What a flow on `call.ended` reads decides when it starts: here it is the time.
    let event = Arc::new(Event {
        settled: settles,
        ..event
    });
    let compiled = match &question.step {
        Some(step) => alone(compiled, step)?,
        None => {
            let facts = schema::facts(&event);
            let trigger = &compiled.plan.trigger;
            let why_not = why_not(&question.document, trigger, &facts, filters::ALL);
            if !why_not.is_empty() {
                let ended = None;
                return Ok(Tested { why_not, ended });
            }
            compiled
        }
    };
    let ended = run(stage, question, Arc::new(compiled), &event, id, now).await;
    Ok(Tested {
        why_not: Vec::new(),
        ended,
    })
}

/// A flow of the workspace on an event that starts it.
pub(super) async fn dry_run(
    stage: &dyn Stage,
    flow: Arc<Compiled>,
    event: &Arc<Event>,
    id: RunId,
) -> Option<Ended> {
    let question = Question {
        document: Value::Null,
        flow: None,
        step: None,
        saved: Map::new(),
        answers: Answers::default(),
        live: false,
    };
    let at = event.at;
    run(stage, &question, flow, event, id, &|| at).await
}

fn alone(flow: Compiled, step: &str) -> Result<Compiled, Vec<Problem>> {
    match flow.plan.alone(step) {
        Some(plan) => Ok(Compiled { plan, ..flow }),
        None => {
            let message = format!("the flow has no step `{step}`");
            Err(vec![Problem::new("/step", message)])
        }
    }
}

async fn run(
    stage: &dyn Stage,
    question: &Question,
    flow: Arc<Compiled>,
    event: &Arc<Event>,
    id: RunId,
    now: &(dyn Fn() -> Timestamp + Send + Sync),
) -> Option<Ended> {
    let workspace = stage.workspace();
    let role = Arc::new(course(workspace, flow, event));
    let named = |name: &str| Some(Arc::new(course(workspace, stage.named(name)?, event)));
    let limits = if question.live { LIVE } else { DRY };
    let saved = question.saved.clone();
    let mut rehearsal = Rehearsal::new(role, id, saved, &named, limits);
    let longest = match question.live {
        true => LONGEST_LIVE,
        false => LONGEST_DRY,
    };
    let deadline = Instant::now() + longest;
    let mut answers = question.answers.clone();
    // A dry run stands at the time of its event: it shows the same whenever it is done.
    let at = event.at;
    let time = || if question.live { now() } else { at };
    while let Some(ask) = rehearsal.next(time()) {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            rehearsal.cut(format!("took more than {} s", longest.as_secs()));
            break;
        }
        let imagined = answers.next(&ask.perform.step);
        let outcome = match imagined {
            // What reaches nothing shows what it makes of its inputs, also in a dry run.
            None if question.live || stage.world().is_pure(&ask.perform.action) => {
                live(stage, &ask, left).await
            }
            imagined => dry(stage, &ask, imagined.unwrap_or_default()).await,
        };
        rehearsal.answer(outcome, time());
        // Others have their turn, however much there is to render.
        tokio::task::yield_now().await;
    }
    rehearsal.finish()
}

/// A real call, within what is left of the time, unless its destination is held back: whatever was sent is told.
async fn live(stage: &dyn Stage, ask: &Ask<Course>, left: Duration) -> Outcome {
    if let Err(failure) = stage.lets(&ask.perform).await {
        return Outcome {
            result: Err(failure),
            exchange: None,
            used: Used::default(),
            started_at: ask.now,
            ended_at: ask.now,
            queued: Duration::ZERO,
        };
    }
    let surroundings = stage.surroundings(&ask.role);
    let perform = Perform {
        timeout: ask.perform.timeout.min(left),
        ..ask.perform.clone()
    };
    stage.world().perform(&perform, &*surroundings).await
}

/// What would be sent, and what would come of it.
async fn dry(stage: &dyn Stage, ask: &Ask<Course>, imagined: super::answers::Answer) -> Outcome {
    let surroundings = StandIns(stage.surroundings(&ask.role));
    let preview = stage.world().preview(&ask.perform, &surroundings).await;
    let (result, exchange) = match preview {
        Ok(request) => {
            let exchange = Exchange {
                request,
                response: imagined.response(),
                timing: Timing::default(),
            };
            (
                imagined.result(ask.now).map_err(|failure| *failure),
                Some(exchange),
            )
        }
        Err(failure) => (Err(failure), None),
    };
    Outcome {
        result,
        exchange,
        used: Used::default(),
        started_at: ask.now,
        ended_at: ask.now,
        queued: Duration::ZERO,
    }
}
