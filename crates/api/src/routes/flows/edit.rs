//! Saving and removing flows. A flow answered here matches every event accepted afterwards, unless it is a draft.

use super::etag::{ETag, IfMatch, etag};
use super::shape::{Flow, refused};
use crate::auth::{Caller, Write};
use crate::body::Body;
use crate::errors::{Code, Error, Result};
use crate::params::Params;
use crate::shapes::id::At;
use axum::Json;
use engine::flows::{self, Change};
use http::StatusCode;
use kernel::Problem;
use kernel::id::{Flow as FlowKind, FlowId};
use serde_json::Value;
use utoipa::IntoParams;

/// Characters of what somebody says about a version.
const MAX_NOTE: usize = 500;

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "describes query parameters; `Params` reads them")]
pub struct SaveQuery {
    /// Whether to keep the document without running it, until it is published. A draft may have problems.
    #[param(default = false)]
    draft: Option<bool>,
    /// What this version is about, for whoever reads the list of versions.
    #[param(max_length = 500)]
    note: Option<String>,
}

/// What a caller says beside the document.
pub(in crate::routes) fn change(
    caller: &Caller<Write>,
    draft: bool,
    note: Option<String>,
) -> Result<Change> {
    let note = note.filter(|note| !note.trim().is_empty());
    if note
        .as_ref()
        .is_some_and(|note| note.chars().nth(MAX_NOTE).is_some())
    {
        let message = format!("a note has at most {MAX_NOTE} characters");
        let problem = Problem::new("note", message);
        return Err(Error::invalid(Code::InvalidRequest, vec![problem]));
    }
    Ok(Change {
        kept_by: None,
        expect: None,
        draft,
        note,
        by: Some(caller.known.author()),
    })
}

fn asked(caller: &Caller<Write>, mut params: Params) -> Result<Change> {
    let (draft, note) = (params.parsed("draft"), params.text("note"));
    params.finish()?;
    change(caller, draft.unwrap_or(false), note)
}

pub(super) async fn save(
    caller: &Caller<Write>,
    id: Option<FlowId>,
    document: Value,
    change: Change,
) -> Result<(ETag, Json<Flow>)> {
    let saved = caller
        .state
        .engine
        .save_flow(caller.workspace, id, document, change);
    Ok(shown(saved.await.map_err(refused)?))
}

pub(in crate::routes) fn shown(flow: flows::Flow) -> (ETag, Json<Flow>) {
    (etag(flow.newest), Json(flow.into()))
}

/// Create a flow
///
/// Takes the flow's document; it is enabled at once unless it says `"enabled": false`, and starts on every event accepted
/// after the answer. With `draft=true` it starts on none until it is published.
#[utoipa::path(post, path = "/v1/flows", tag = "flows", security(("key" = ["write"])), request_body = Object,
    params(SaveQuery), responses((status = 201, body = Flow, headers(("etag" = String)))))]
pub async fn create(
    caller: Caller<Write>,
    params: Params,
    Body(document): Body<Value>,
) -> Result<(StatusCode, ETag, Json<Flow>)> {
    let change = asked(&caller, params)?;
    let (etag, flow) = save(&caller, None, document, change).await?;
    Ok((StatusCode::CREATED, etag, flow))
}

/// Replace a flow
///
/// Saves a new version and puts it in force; with `draft=true` the version in force stays. Runs in flight keep theirs. A
/// document that changes nothing makes no version. Without `enabled` the flow stays on or off.
#[utoipa::path(put, path = "/v1/flows/{id}", tag = "flows", security(("key" = ["write"])), request_body = Object,
    params(SaveQuery, ("if-match" = Option<String>, Header, description = "The newest version there is, as in `ETag`.")),
    responses((status = 200, body = Flow, headers(("etag" = String)))))]
pub async fn replace(
    caller: Caller<Write>,
    At(id): At<FlowKind>,
    IfMatch(expect): IfMatch,
    params: Params,
    Body(document): Body<Value>,
) -> Result<(ETag, Json<Flow>)> {
    let change = asked(&caller, params)?;
    save(&caller, Some(id), document, Change { expect, ..change }).await
}

/// Change parts of a flow
///
/// Replaces the members of the newest version that are given; a member that is given as null is removed (as in RFC 7396, top
/// level only). `enabled` alone is a switch: it publishes nothing.
#[utoipa::path(patch, path = "/v1/flows/{id}", tag = "flows", security(("key" = ["write"])), request_body = Object,
    params(SaveQuery, ("if-match" = Option<String>, Header, description = "The newest version there is, as in `ETag`.")),
    responses((status = 200, body = Flow, headers(("etag" = String)))))]
pub async fn patch(
    caller: Caller<Write>,
    At(id): At<FlowKind>,
    IfMatch(expect): IfMatch,
    params: Params,
    Body(changes): Body<Value>,
) -> Result<(ETag, Json<Flow>)> {
    let change = asked(&caller, params)?;
    let engine = &caller.state.engine;
    let flow = engine.flow(caller.workspace, id).await?;
    // The document that is patched is the one that is replaced, whether or not the caller cares.
    let expect = expect.unwrap_or(flow.newest);
    if let (Some(enabled), false) = (only_switches(&changes), change.draft) {
        if expect != flow.newest {
            return Err(engine::Refusal::Conflict(flow.newest).into());
        }
        return Ok(shown(
            engine.switch_flow(caller.workspace, id, enabled).await?,
        ));
    }
    let newest = engine
        .flow_version(caller.workspace, id, flow.newest)
        .await?;
    let change = Change {
        expect: Some(expect),
        ..change
    };
    save(&caller, Some(id), merge(newest.document, changes)?, change).await
}

fn only_switches(changes: &Value) -> Option<bool> {
    let members = changes.as_object().filter(|members| members.len() == 1)?;
    members.get("enabled")?.as_bool()
}

fn merge(mut document: Value, changes: Value) -> Result<Value> {
    let (Value::Object(members), Value::Object(changes)) = (&mut document, changes) else {
        let problem = Problem::new("", "send an object with the members to change");
        return Err(Error::invalid(Code::InvalidRequest, vec![problem]));
    };
    for (name, value) in changes {
        match value {
            Value::Null => members.shift_remove(&name),
            value => members.insert(name, value),
        };
    }
    Ok(document)
}

/// Delete a flow
///
/// Starts no more runs at once. Runs in flight go on until they end or are cancelled; its versions stay readable in their runs.
#[utoipa::path(delete, path = "/v1/flows/{id}", tag = "flows", security(("key" = ["write"])), responses((status = 204)))]
pub async fn delete(caller: Caller<Write>, At(id): At<FlowKind>) -> Result<StatusCode> {
    caller
        .state
        .engine
        .delete_flow(caller.workspace, id)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_patch_replaces_the_members_given_and_removes_those_given_as_null() {
        let document = json!({"name": "a", "on": ["call.ended"], "note": "x", "where": {"agents": ["s"], "if": "a"}});
        let merged = merge(
            document,
            json!({"name": "b", "note": null, "where": {"if": "b"}}),
        )
        .unwrap();
        assert_eq!(
            merged,
            json!({"name": "b", "on": ["call.ended"], "where": {"if": "b"}})
        );
        assert_eq!(
            merge(json!({}), json!([])).unwrap_err().code,
            Code::InvalidRequest
        );
    }
}
