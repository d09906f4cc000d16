//! A message of a platform, sent to a workspace by a person: accepted like one that came in, without an endpoint or a signature.

use super::check::ProviderMessage;
use super::read::find;
use crate::auth::{Caller, Write};
use crate::body::Body;
use crate::errors::{Code, Error, Result};
use crate::routes::rehearsal::{PlayedEvent, played};
use axum::Json;
use axum::extract::Path;
use http::StatusCode;
use kernel::Problem;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
pub struct SentMessage {
    /// One per thing that the message says; none where it says nothing of a call.
    events: Vec<PlayedEvent>,
}

/// Send a provider's message
///
/// It is read, accepted and matched like one that the platform sent; what flows do is done. No signature is looked at.
#[utoipa::path(post, path = "/v1/providers/{name}/send", tag = "providers", security(("key" = ["write"])), request_body = ProviderMessage,
    responses((status = 202, body = SentMessage)))]
pub async fn send(
    caller: Caller<Write>,
    Path(name): Path<String>,
    Body(message): Body<ProviderMessage>,
) -> Result<(StatusCode, Json<SentMessage>)> {
    let provider = find(&name)?;
    let engine = &caller.state.engine;
    let recorded = message.recorded(provider, engine)?;
    let told = provider.read(&recorded.request()).map_err(|why| {
        let problem = Problem::new(format!("/body{}", why.path), why.message);
        Error::invalid(Code::InvalidRequest, vec![problem])
    })?;
    caller.state.intake.take(caller.workspace)?;
    let events = played(engine, caller.workspace, told).await?;
    Ok((StatusCode::ACCEPTED, Json(SentMessage { events })))
}
