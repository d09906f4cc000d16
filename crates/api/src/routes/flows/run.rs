//! Running a flow on a past call because somebody asks for it.

use crate::auth::{Caller, Operate, Scope};
use crate::body::Body;
use crate::errors::{Code, Error, Result};
use crate::routes::calls;
use crate::routes::runs::RunRef;
use crate::shapes::id::At;
use axum::Json;
use http::StatusCode;
use kernel::id::Flow as FlowKind;
use serde::Deserialize;
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RunFlowOn {
    /// A past call: our id, or `provider:their id`; its newest event of a kind that starts the flow.
    call_id: String,
    /// Also if the flow is off (needs `write`, as switching it on does) or paused, its filters refuse the call, or it has a run on this event.
    #[serde(default)]
    anyway: bool,
}

/// Run a flow on a call
///
/// A run like others, with retries and a journal, whose id is the answer: of the version in force, on the event that a test with `call_id`
/// takes. `POST /v1/flows/{id}/test` shows before what it would send. A flow on `call.ended` that waits for what is known later runs on what is known
/// of the call now. 409 says all that would have kept the call from starting it; `anyway` runs it all the same.
#[utoipa::path(post, path = "/v1/flows/{id}/run", tag = "flows", security(("key" = ["operate"])), request_body = RunFlowOn,
    responses((status = 202, description = "The new run.", body = RunRef)))]
pub async fn run(
    caller: Caller<Operate>,
    At(id): At<FlowKind>,
    Body(asked): Body<RunFlowOn>,
) -> Result<(StatusCode, Json<RunRef>)> {
    let call = calls::find(&caller, &asked.call_id).await?;
    let engine = &caller.state.engine;
    if asked.anyway
        && !caller.known.may(Scope::Write)
        && !engine.flow(caller.workspace, id).await?.enabled
    {
        let detail = "the flow is off: running it all the same needs the permission `write`, as switching it on does";
        return Err(Error::new(Code::Forbidden, detail));
    }
    let run = engine
        .run_flow(caller.workspace, id, call.id, asked.anyway)
        .await?;
    Ok((StatusCode::ACCEPTED, Json(RunRef::of(run))))
}
