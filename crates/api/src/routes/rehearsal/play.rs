//! A rehearsal: a call that never happened, in a platform's own format, through the same pipeline as a real one.

use super::own::OwnStory;
use crate::auth::{Caller, Operate, Scope};
use crate::body::Body;
use crate::errors::{Code, Error, Result};
use crate::shapes::foreseen::Foreseen;
use axum::Json;
use calls::Observation;
use engine::Engine;
use http::StatusCode;
use kernel::Problem;
use kernel::id::{Call, CallId, EventId, RunId, WorkspaceId};
use providers::rehearsal::Story;
use providers::{Played, Provider, Request, Scenario};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Rehearsal {
    /// The platform to play.
    #[schema(example = "vapi")]
    provider: String,
    /// `interested`, `not_interested`, `voicemail` or `no_answer`.
    #[schema(example = "interested")]
    scenario: String,
    /// What is told in place of what the scenario has.
    #[serde(default)]
    #[schema(required = false)]
    story: Option<OwnStory>,
    #[serde(default)]
    effects: Effects,
}

/// Whether flows do what they say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Effects {
    /// The call is accepted like a real one, and what flows do is done: needs `write`.
    #[default]
    Live,
    /// Nothing is stored or sent: the answer tells what would be.
    Held,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Played)]
pub struct PlayedCall {
    provider_call_id: String,
    /// One per message of the platform that says something; none where effects are held back.
    events: Vec<PlayedEvent>,
    /// What would happen, where effects are held back.
    foreseen: Option<Vec<Foreseen>>,
}

#[derive(Debug, Serialize, ToSchema)]
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
    /// Seen before: nothing was done again.
    duplicate: bool,
}

/// Play a rehearsal call
///
/// The platform's messages of a made-up call are read, accepted and matched like real ones. What flows do is done, which
/// needs the permission `write`, or held back and shown.
#[utoipa::path(post, path = "/v1/calls/simulate", tag = "calls", security(("key" = ["operate"])), request_body = Rehearsal,
    responses((status = 202, body = PlayedCall)))]
pub async fn simulate(
    caller: Caller<Operate>,
    Body(wanted): Body<Rehearsal>,
) -> Result<(StatusCode, Json<PlayedCall>)> {
    let (effects, name) = (wanted.effects, wanted.provider.clone());
    let (provider, story) = check(wanted)?;
    if effects == Effects::Live && !caller.known.may(Scope::Write) {
        let detail = "a rehearsal with `effects: live` does what flows say, and needs the permission `write`; `operate` is enough for `effects: held`";
        return Err(Error::new(Code::Forbidden, detail));
    }
    let engine = &caller.state.engine;
    let call = engine.new_id::<Call>().to_string();
    let messages = provider.simulate(&Played::ending_at(engine.now(), &story, &call));
    if messages.is_empty() {
        let message = format!(
            "there is no rehearsal for `{name}`; GET /v1/calls/simulate names the platforms that can be played"
        );
        let problem = Problem::new("/provider", message);
        return Err(Error::invalid(Code::InvalidRequest, vec![problem]));
    }
    let mut told = Vec::new();
    for body in messages {
        let request = Request {
            method: "POST",
            url: "",
            headers: &[],
            body: body.as_bytes(),
        };
        let read = provider.read(&request);
        told.push(read.map_err(|why| Error::new(Code::Internal, why.message))?);
    }
    let (mut events, mut foreseen) = (Vec::new(), None);
    match effects {
        Effects::Live => {
            for told in told {
                events.extend(played(engine, caller.workspace, told).await?);
            }
        }
        Effects::Held => {
            let _room = caller.state.test_room()?;
            let told = told.concat();
            let hidden = caller.hidden.as_deref();
            let found = engine.foresee(caller.workspace, &told, hidden).await?;
            foreseen = Some(found.into_iter().map(Foreseen::from).collect());
        }
    }
    let played = PlayedCall {
        provider_call_id: call,
        events,
        foreseen,
    };
    Ok((StatusCode::ACCEPTED, Json(played)))
}

/// Accepts what one message says.
pub async fn played(
    engine: &Engine,
    workspace: WorkspaceId,
    told: Vec<Observation>,
) -> Result<Vec<PlayedEvent>> {
    if told.is_empty() {
        return Ok(Vec::new());
    }
    let names = told.iter().map(|told| told.provider_event.clone());
    let names: Vec<String> = names.collect();
    let receipts = engine.accept(workspace, None, told).await?;
    let event = |(provider_event, receipt): (String, engine::Receipt)| PlayedEvent {
        provider_event,
        id: receipt.event,
        call_id: receipt.call,
        runs: receipt.runs,
        duplicate: receipt.duplicate,
    };
    Ok(names.into_iter().zip(receipts).map(event).collect())
}

fn check(wanted: Rehearsal) -> Result<(&'static dyn Provider, Story)> {
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
    let mut story = scenario.unwrap_or(Scenario::Interested).story();
    if let Some(own) = wanted.story {
        let silent = provider.filter(|provider| !provider.tells_words());
        problems.extend(silent.map_or_else(Vec::new, |silent| own.unheard(silent.title())));
        problems.extend(own.tell(&mut story));
    }
    match provider {
        Some(provider) if problems.is_empty() => Ok((provider, story)),
        _ => Err(Error::invalid(Code::InvalidRequest, problems)),
    }
}
