//! Putting a version of a flow in force: a draft, or an earlier version again.

use super::edit::{change, shown};
use super::etag::{ETag, IfMatch};
use super::shape::{Flow, refused};
use crate::auth::{Caller, Write};
use crate::body::Body;
use crate::errors::Result;
use crate::shapes::id::At;
use axum::Json;
use engine::flows::Change;
use kernel::id::Flow as FlowKind;
use serde::Deserialize;
use utoipa::ToSchema;

#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Publish {
    /// A draft, or an earlier version to go back to; the newest draft unless given.
    version: Option<u32>,
    /// Why, for whoever reads the list of versions.
    #[schema(max_length = 500)]
    note: Option<String>,
}

/// Publish a flow
///
/// Puts a draft in force, or goes back to an earlier version: always as a new version, which says in `published_from` or
/// `rolled_back_from` which one it repeats. Runs in flight keep theirs. Going back leaves a draft aside: it stays in the list.
#[utoipa::path(post, path = "/v1/flows/{id}/publish", tag = "flows", security(("key" = ["write"])), request_body = Publish,
    params(("if-match" = Option<String>, Header, description = "The newest version there is, as in `ETag`.")),
    responses((status = 200, body = Flow, headers(("etag" = String)))))]
pub async fn publish(
    caller: Caller<Write>,
    At(id): At<FlowKind>,
    IfMatch(expect): IfMatch,
    Body(Publish { version, note }): Body<Publish>,
) -> Result<(ETag, Json<Flow>)> {
    let change = Change {
        expect,
        ..change(&caller, false, note)?
    };
    let published = caller
        .state
        .engine
        .publish_flow(caller.workspace, id, version, change);
    Ok(shown(published.await.map_err(refused)?))
}
