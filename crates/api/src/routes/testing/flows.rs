//! A flow tried out: dry for whoever may read, live for whoever may change things.

use super::occasion::{below_event, occasion};
use super::shape::Report;
use crate::audit::ChangedNothing;
use crate::auth::{Caller, Read, Scope};
use crate::body::Body;
use crate::errors::{Code, Error, Result};
use crate::routes::flows::refused;
use crate::shapes::id::At;
use crate::shapes::snapshot::NewEvent;
use ::calls::{Event, Kind};
use axum::{Extension, Json};
use engine::{Answers, Occasion, Question, Refusal, Wanted};
use kernel::Problem;
use kernel::id::{Flow as FlowKind, FlowId};
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// What to try. On the built-in sample of the flow's first trigger when neither an event nor a call is given.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FlowTest {
    /// The document, where the flow is not saved.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    flow: Option<Value>,
    /// Of a saved flow; the newest unless given.
    #[serde(default)]
    version: Option<u32>,
    #[serde(default)]
    #[schema(value_type = Option<NewEvent>)]
    event: Option<Value>,
    /// A past call: our id, or `provider:their id`; its newest event of a kind that starts the flow.
    #[serde(default)]
    call_id: Option<String>,
    #[serde(default)]
    mode: Mode,
    /// Only this step, whatever the filters say.
    #[serde(default)]
    step: Option<String>,
    /// What earlier steps would have saved, by name; `steps` holds what they would have left.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    saved: Option<Map<String, Value>>,
    /// What the world would answer, by step: `{status, headers, body}`, `{error: "timeout"}`, or a list of them for its rounds.
    /// A step with an answer is not sent in a live test either.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    answers: Option<Map<String, Value>>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Opens no connection: shows what would be sent.
    #[default]
    Dry,
    /// Makes real calls, at most 50 of them within 60 s, each once; needs the scope `write`.
    Live,
}

/// A live test is recorded; a dry one has changed nothing.
type Tested = (Option<Extension<ChangedNothing>>, Json<engine::Report>);

/// Test a flow that is not saved
///
/// A live test needs the scope `write`. Nothing is stored, waits pass at once, and nothing is tried twice.
#[utoipa::path(post, path = "/v1/flows/test", tag = "testing", security(("key" = ["read"])), request_body = FlowTest,
    responses((status = 200, body = Report)))]
pub async fn unsaved(caller: Caller<Read>, Body(mut asked): Body<FlowTest>) -> Result<Tested> {
    let mut problems = Vec::new();
    if asked.version.is_some() {
        problems.push(Problem::new("/version", "is for saved flows"));
    }
    let document = asked.flow.take();
    if document.is_none() {
        problems.push(Problem::new("/flow", "send the flow's document"));
    }
    match document {
        Some(document) if problems.is_empty() => test(caller, asked, document, None).await,
        _ => Err(Error::invalid(Code::InvalidRequest, problems)),
    }
}

/// Test a flow
///
/// A live test needs the scope `write`. Nothing is stored, waits pass at once, and nothing is tried twice.
#[utoipa::path(post, path = "/v1/flows/{id}/test", tag = "testing", security(("key" = ["read"])), request_body = FlowTest,
    responses((status = 200, body = Report)))]
pub async fn saved(
    caller: Caller<Read>,
    At(id): At<FlowKind>,
    Body(asked): Body<FlowTest>,
) -> Result<Tested> {
    let engine = &caller.state.engine;
    let flow = match asked.version {
        None => engine.flow(caller.workspace, id).await?,
        Some(version) => engine.flow_version(caller.workspace, id, version).await?,
    };
    if asked.flow.is_some() {
        let problem = Problem::new("/flow", "test a document at /v1/flows/test");
        return Err(Error::invalid(Code::InvalidRequest, vec![problem]));
    }
    let known = Some((flow.id, flow.version));
    test(caller, asked, flow.document, known).await
}

async fn test(
    caller: Caller<Read>,
    asked: FlowTest,
    document: Value,
    flow: Option<(FlowId, u32)>,
) -> Result<Tested> {
    let live = asked.mode == Mode::Live;
    let may_write = |scope: &Scope| scope.includes(Scope::Write);
    if live && !caller.known.scopes.iter().any(may_write) {
        let detail = "a live test needs a key with the scope `write`";
        return Err(Error::new(Code::Forbidden, detail));
    }
    let _room = caller.state.test_room()?;
    let engine = &caller.state.engine;
    // Whatever else is wrong, first of all the document is to compile.
    let fit = engine
        .check_flow(caller.workspace, &document)
        .await
        .map_err(|refusal| below_flow(refusal, flow))?;
    let kinds = document["on"].as_array().into_iter().flatten();
    let kinds: Vec<Kind> = kinds
        .filter_map(|kind| Kind::parse(kind.as_str()?))
        .collect();
    let wanted = Wanted {
        kinds: &kinds,
        settled: Some(fit.settles),
        flow: flow.map(|(id, _)| id),
    };
    let event = event(&caller, &asked, wanted).await?;
    let answers = asked.answers.unwrap_or_default();
    let answers = Answers::read(&answers, "/answers")
        .map_err(|problems| Error::invalid(Code::InvalidRequest, problems))?;
    let question = Question {
        document,
        flow,
        step: asked.step,
        saved: asked.saved.unwrap_or_default(),
        answers,
        live,
    };
    let tested = engine.test(caller.workspace, &question, event).await;
    let dry = (!live).then_some(Extension(ChangedNothing));
    Ok((dry, Json(tested?.into())))
}

async fn event(caller: &Caller<Read>, asked: &FlowTest, wanted: Wanted<'_>) -> Result<Event> {
    let call = asked.call_id.as_deref();
    let occasion = occasion(caller, None, call, asked.event.clone()).await?;
    let first = wanted.kinds.first().copied().unwrap_or(Kind::Ended);
    let occasion = occasion.unwrap_or(Occasion::Sample(first));
    let found = match super::occasion::event(caller, occasion.clone(), wanted).await {
        // A call without such an event shows why it does not start the flow.
        Err(Refusal::NotFound(_)) => {
            super::occasion::event(caller, occasion, Wanted::default()).await
        }
        found => found,
    };
    found.map_err(below_event)
}

pub(super) fn below_flow(refusal: Refusal, saved: Option<(FlowId, u32)>) -> Error {
    match refusal {
        Refusal::Invalid(problems) if saved.is_none() => {
            let problems = problems.into_iter();
            let below = |p: Problem| Problem::new(format!("/flow{}", p.path), p.message);
            Error::invalid(Code::InvalidFlow, problems.map(below).collect())
        }
        refusal => refused(refusal),
    }
}
