//! A rehearsal: a call that never happened, in a platform's own format, through the same pipeline as a real one.

use crate::auth::{Caller, Operate};
use crate::body::Body;
use crate::errors::{Code, Error, Result};
use crate::state::State;
use axum::Json;
use http::StatusCode;
use kernel::Problem;
use kernel::id::{Call, CallId, EventId, RunId};
use providers::{Provider, Request, Scenario};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(simulate))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Rehearsal {
    /// The platform to play.
    #[schema(example = "vapi")]
    provider: String,
    /// `interested`, `not_interested`, `voicemail` or `no_answer`.
    #[schema(example = "interested")]
    scenario: String,
}

#[derive(Serialize, ToSchema)]
pub struct Played {
    provider_call_id: String,
    /// One per message of the platform that says something.
    events: Vec<PlayedEvent>,
}

#[derive(Serialize, ToSchema)]
pub struct PlayedEvent {
    /// The platform's own name of the message.
    provider_event: String,
    /// The first event that it raised; null when it told nothing new.
    #[schema(value_type = Option<String>, required = true)]
    id: Option<EventId>,
    #[schema(value_type = String)]
    call_id: CallId,
    /// The runs that it caused.
    #[schema(value_type = Vec<String>)]
    runs: Vec<RunId>,
}

/// Play a rehearsal call
///
/// The platform's messages of a made-up call are read, accepted and matched like real ones; what flows do is done.
#[utoipa::path(post, path = "/v1/calls/simulate", tag = "calls", security(("key" = ["operate"])), request_body = Rehearsal,
    responses((status = 202, body = Played)))]
pub async fn simulate(
    caller: Caller<Operate>,
    Body(wanted): Body<Rehearsal>,
) -> Result<(StatusCode, Json<Played>)> {
    let (provider, scenario) = check(&wanted)?;
    let engine = &caller.state.engine;
    let call = engine.new_id::<Call>().to_string();
    let messages = provider.simulate(scenario, &call, engine.now());
    let messages = messages.ok_or_else(|| {
        let message = format!("there is no rehearsal for `{}` yet", wanted.provider);
        Error::invalid(
            Code::InvalidRequest,
            vec![Problem::new("/provider", message)],
        )
    })?;
    let mut events = Vec::new();
    for message in messages {
        let body = message.to_string();
        let request = Request {
            method: "POST",
            url: "",
            headers: &[],
            body: body.as_bytes(),
        };
        let told = provider
            .read(&request)
            .map_err(|why| Error::new(Code::Internal, why.message))?;
        if told.is_empty() {
            continue;
        }
        let names: Vec<String> = told
            .iter()
            .map(|told| told.provider_event.clone())
            .collect();
        let receipts = engine.accept(caller.workspace, None, told).await?;
        events.extend(
            names
                .into_iter()
                .zip(receipts)
                .map(|(provider_event, receipt)| PlayedEvent {
                    provider_event,
                    id: receipt.event,
                    call_id: receipt.call,
                    runs: receipt.runs,
                }),
        );
    }
    Ok((
        StatusCode::ACCEPTED,
        Json(Played {
            provider_call_id: call,
            events,
        }),
    ))
}

fn check(wanted: &Rehearsal) -> Result<(&'static dyn Provider, Scenario)> {
    let (provider, scenario) = (
        providers::find(&wanted.provider),
        Scenario::parse(&wanted.scenario),
    );
    let mut problems = Vec::new();
    if provider.is_none() {
        let known: Vec<&str> = providers::all()
            .iter()
            .map(|provider| provider.name())
            .collect();
        let message = format!(
            "`{}` is not a provider; known: {}",
            wanted.provider,
            known.join(", ")
        );
        problems.push(Problem::new("/provider", message));
    }
    if scenario.is_none() {
        let known: Vec<&str> = Scenario::ALL
            .iter()
            .map(|scenario| scenario.name())
            .collect();
        let message = format!(
            "`{}` is not a scenario; known: {}",
            wanted.scenario,
            known.join(", ")
        );
        problems.push(Problem::new("/scenario", message));
    }
    match (provider, scenario) {
        (Some(provider), Some(scenario)) => Ok((provider, scenario)),
        _ => Err(Error::invalid(Code::InvalidRequest, problems)),
    }
}
