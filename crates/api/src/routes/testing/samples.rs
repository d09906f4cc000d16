//! Sample events, and those of past calls, with everything that a template sees of them.

use super::occasion::{below_event, event, kind};
use crate::auth::{Caller, Read};
use crate::body::Body;
use crate::errors::{Code, Error, Result};
use crate::params::Params;
use crate::redact::LookedThrough;
use crate::routes::calls;
use crate::routes::events::words;
use crate::shapes::snapshot::NewEvent;
use ::calls::{Event, Kind, samples, variables};
use axum::extract::Path;
use axum::{Extension, Json};
use engine::{Occasion, Refusal, Wanted};
use kernel::Scope;
use serde::Serialize;
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

#[derive(Debug, Serialize, ToSchema)]
pub struct SampleKind {
    #[schema(value_type = String, example = "call.ended")]
    kind: Kind,
    title: &'static str,
    description: &'static str,
}

/// An event and everything that a template sees of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Sample {
    /// As it would be sent to `POST /v1/events`.
    #[schema(value_type = NewEvent)]
    event: Value,
    /// The default payload of a webhook: `{id, type, timestamp, data}`; `${…}` looks in its `data`.
    #[schema(value_type = Object)]
    payload: Value,
    variables: Vec<Variable>,
}

/// A name that can be used where this event starts a flow.
#[derive(Debug, Serialize, ToSchema)]
pub struct Variable {
    #[schema(example = "contact.first_name")]
    path: String,
    /// The path in its braces, to be put into a text.
    #[schema(example = "{{ contact.first_name }}")]
    insert: String,
    /// `call`, `agent`, `campaign`, `contact`, `outcome`, `inputs`, `asked`, `system`, or `payload` for `${…}`.
    #[schema(example = "contact")]
    group: &'static str,
    /// `string`, `number`, `boolean`, `array`, `object`, or `null` where it is not known.
    #[serde(rename = "type")]
    #[schema(example = "string")]
    kind: &'static str,
    /// On this event; long texts and lists are cut.
    #[schema(value_type = Value, required = true)]
    value: Value,
    /// Whether this event has it.
    known: bool,
    #[schema(required = true)]
    description: Option<&'static str>,
}

/// Of an event that never was: it is made without confidential values, and its ids are nobody's.
type MadeUp = (Extension<LookedThrough>, Json<Sample>);

fn made_up(sample: Sample) -> MadeUp {
    (Extension(LookedThrough), Json(sample))
}

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "describes query parameters; `Params` reads them")]
pub struct PayloadQuery {
    /// Of the call's newest event of this kind; else of its newest event.
    #[param(example = "call.ended")]
    kind: Option<String>,
}

/// List the kinds that have a sample
#[utoipa::path(get, path = "/v1/samples", tag = "testing", security(("key" = ["read"])),
    responses((status = 200, body = Vec<SampleKind>)))]
pub async fn list(_: Caller<Read>) -> Json<Vec<SampleKind>> {
    let shown = Kind::all().map(|kind| {
        let (title, description) = words(kind);
        SampleKind {
            kind,
            title,
            description,
        }
    });
    Json(shown.collect())
}

/// Show a sample event
///
/// With its payload and every variable that a flow on this kind can use.
#[utoipa::path(get, path = "/v1/samples/{kind}", tag = "testing", security(("key" = ["read"])),
    responses((status = 200, body = Sample)))]
pub async fn show(caller: Caller<Read>, Path(name): Path<String>) -> Result<MadeUp> {
    let kind = Kind::parse(&name);
    let kind = kind.ok_or_else(|| Error::not_found(&format!("sample of the kind `{name}`")))?;
    let event = event(&caller, Occasion::Sample(kind), Wanted::default()).await?;
    Ok(made_up(Sample::of(&event, samples::json(kind))))
}

/// Show an event of your own
///
/// With its payload and every variable that a flow on its kind can use. Nothing is stored.
#[utoipa::path(post, path = "/v1/samples", tag = "testing", security(("key" = ["read"])), request_body = NewEvent,
    responses((status = 200, body = Sample)))]
pub async fn own_event(caller: Caller<Read>, Body(told): Body<Value>) -> Result<MadeUp> {
    let event = event(&caller, Occasion::Told(told.clone()), Wanted::default())
        .await
        .map_err(|refusal| match refusal {
            Refusal::Invalid(problems) => Error::invalid(Code::InvalidEvent, problems),
            other => other.into(),
        })?;
    Ok(made_up(Sample::of(&event, told)))
}

/// Show a call's payload
///
/// What a flow saw of it: the event, the payload and every variable.
#[utoipa::path(get, path = "/v1/calls/{id}/payload", tag = "testing", security(("key" = ["read"])), params(PayloadQuery),
    responses((status = 200, body = Sample)))]
pub async fn payload(
    caller: Caller<Read>,
    Path(id): Path<String>,
    mut params: Params,
) -> Result<Json<Sample>> {
    let wanted = params.text("kind");
    params.finish()?;
    let call = calls::find(&caller, &id).await?;
    let wanted = wanted.map(|name| kind(&name, "kind")).transpose();
    let wanted = wanted.map_err(|problem| Error::invalid(Code::InvalidRequest, vec![problem]))?;
    let wanted = Wanted::of(wanted.as_slice());
    let event = event(&caller, Occasion::Call(call.id), wanted)
        .await
        .map_err(below_event)?;
    let told = samples::told(&event);
    Ok(Json(Sample::of(&event, told)))
}

impl Sample {
    fn of(event: &Event, told: Value) -> Self {
        let payload = event.get("payload").map(|payload| payload.into_owned());
        Self {
            event: told,
            payload: payload.unwrap_or_default(),
            variables: variables::of(event)
                .into_iter()
                .map(Variable::from)
                .collect(),
        }
    }
}

impl From<variables::Variable> for Variable {
    fn from(variable: variables::Variable) -> Self {
        let kind = match variable.value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        };
        Self {
            kind,
            path: variable.path,
            insert: variable.insert,
            group: variable.group,
            value: variable.value,
            known: variable.known,
            description: variable.help,
        }
    }
}
