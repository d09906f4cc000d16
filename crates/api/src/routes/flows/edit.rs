//! Saving and removing flows. A flow answered here matches every event accepted afterwards.

use super::etag::{ETag, IfMatch, etag};
use super::shape::{Flow, refused};
use crate::auth::{Caller, Write};
use crate::body::Body;
use crate::errors::{Code, Error, Result};
use crate::shapes::id::At;
use axum::Json;
use http::StatusCode;
use kernel::Problem;
use kernel::id::{Flow as FlowKind, FlowId};
use serde_json::Value;

pub(super) async fn save(
    caller: &Caller<Write>,
    id: Option<FlowId>,
    expect: Option<u32>,
    document: Value,
) -> Result<(ETag, Json<Flow>)> {
    let saved = caller
        .state
        .engine
        .save_flow(caller.workspace, id, expect, document);
    let flow = saved.await.map_err(refused)?;
    Ok((etag(flow.version), Json(flow.into())))
}

/// Create a flow
///
/// Takes the flow's document; it is enabled at once unless it says `"enabled": false`, and starts on every event accepted
/// after the answer.
#[utoipa::path(post, path = "/v1/flows", tag = "flows", security(("key" = ["write"])), request_body = Object,
    responses((status = 201, body = Flow, headers(("etag" = String)))))]
pub async fn create(
    caller: Caller<Write>,
    Body(document): Body<Value>,
) -> Result<(StatusCode, ETag, Json<Flow>)> {
    let (etag, flow) = save(&caller, None, None, document).await?;
    Ok((StatusCode::CREATED, etag, flow))
}

/// Replace a flow
///
/// Saves a new version. Runs in flight keep theirs.
#[utoipa::path(put, path = "/v1/flows/{id}", tag = "flows", security(("key" = ["write"])), request_body = Object,
    params(("if-match" = Option<String>, Header, description = "The version that this replaces, as in `ETag`.")),
    responses((status = 200, body = Flow, headers(("etag" = String)))))]
pub async fn replace(
    caller: Caller<Write>,
    At(id): At<FlowKind>,
    IfMatch(expect): IfMatch,
    Body(document): Body<Value>,
) -> Result<(ETag, Json<Flow>)> {
    save(&caller, Some(id), expect, document).await
}

/// Change parts of a flow
///
/// Replaces the members of the document that are given; a member that is given as null is removed (as in RFC 7396, top level
/// only).
#[utoipa::path(patch, path = "/v1/flows/{id}", tag = "flows", security(("key" = ["write"])), request_body = Object,
    params(("if-match" = Option<String>, Header, description = "The version that this replaces, as in `ETag`.")),
    responses((status = 200, body = Flow, headers(("etag" = String)))))]
pub async fn patch(
    caller: Caller<Write>,
    At(id): At<FlowKind>,
    IfMatch(expect): IfMatch,
    Body(changes): Body<Value>,
) -> Result<(ETag, Json<Flow>)> {
    let flow = caller.state.engine.flow(caller.workspace, id).await?;
    // The document that is patched is the one that is replaced, whether or not the caller cares.
    let expect = expect.unwrap_or(flow.version);
    save(
        &caller,
        Some(id),
        Some(expect),
        merge(flow.document, changes)?,
    )
    .await
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
