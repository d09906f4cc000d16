//! Signing a browser in and out, and telling who is asking.

use crate::audit::{self, Actor, Entry};
use crate::auth::{self, Any, Caller, Role, Scope, Via, session_hash};
use crate::errors::{Code, Error, Result};
use crate::network::{origin, sender};
use crate::params::Params;
use crate::reference;
use crate::state::State;
use axum::Json;
use axum::extract;
use axum::response::{IntoResponse, Redirect, Response};
use http::request::Parts;
use http::{StatusCode, header};
use jiff::Timestamp;
use kernel::id::{MemberId, WorkspaceId};
use serde::Serialize;
use store::catalog::Kind;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(show))
        .routes(routes!(end))
        .routes(routes!(sign_in))
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Session {
    workspace: Workspace,
    via: Via,
    /// Of the key, or of whoever signed in.
    name: String,
    /// Whose session it is; null for keys.
    #[schema(value_type = Option<String>, required = true)]
    member_id: Option<MemberId>,
    #[schema(required = true)]
    role: Option<Role>,
    /// Everything that is allowed, what the scopes of a key include too.
    scopes: Vec<Scope>,
    #[schema(required = true)]
    expires_at: Option<Timestamp>,
    /// This is a demonstration.
    demo: bool,
    /// The address under which the world reaches this server.
    public_url: String,
    /// Of the server.
    version: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Workspace {
    #[schema(value_type = String)]
    id: WorkspaceId,
    name: String,
}

/// Tell who is asking, and what they may do
#[utoipa::path(get, path = "/v1/session", tag = "session", security(("key" = [])),
    responses((status = 200, body = Session)))]
pub async fn show(caller: Caller<Any>, parts: Parts) -> Result<Json<Session>> {
    let (state, id) = (&caller.state, caller.workspace);
    let workspace = state
        .engine
        .store()
        .get(Kind::Workspace, id.bytes())
        .await?;
    let known = caller.known;
    let may = Scope::ALL.into_iter().filter(|scope| known.may(*scope));
    let member = known.member.as_ref();
    Ok(Json(Session {
        workspace: Workspace {
            id,
            name: workspace
                .map(|workspace| workspace.name)
                .unwrap_or_default(),
        },
        via: known.via,
        member_id: member.map(|member| member.id),
        role: member.map(|member| member.body.role),
        scopes: may.collect(),
        name: known.name,
        expires_at: known.expires_at,
        demo: state.settings.demo,
        public_url: origin(&parts, &state.settings),
        version: state.settings.version.clone(),
    }))
}

/// Sign out
#[utoipa::path(post, path = "/v1/session/end", tag = "session", security(("key" = [])), responses((status = 204)))]
pub async fn end(caller: Caller<Any>, parts: Parts) -> Result<Response> {
    let state = &caller.state;
    if let Some(hash) = session_hash(&parts, state).filter(|_| caller.known.via == Via::Session) {
        auth::close_session(state.engine.store().as_ref(), &hash, state.engine.now()).await?;
    }
    let cookie = auth::set_cookie(&origin(&parts, &state.settings), None);
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
}

/// Sign a browser in
///
/// Uses a one-time link up, sets the session cookie, and leads to the screens.
#[utoipa::path(get, path = "/sign-in", tag = "session",
    params(("token" = String, Query, description = "Of the link.")),
    responses((status = 303, description = "Signed in."), (status = 401, description = "A page that says what to do.", content_type = "text/html")))]
pub async fn sign_in(
    extract::State(state): extract::State<State>,
    mut params: Params,
    parts: Parts,
) -> Result<Response> {
    let link = params.text("token").unwrap_or_default();
    let session = auth::open_session(state.engine.store().as_ref(), &link, state.engine.now());
    let Some((token, member)) = session.await? else {
        let status = Error::new(Code::Unauthorized, "").status();
        return Ok((status, reference::page(reference::used_link())).into_response());
    };
    let by = Actor {
        via: Via::Session,
        id: member.id.to_string(),
        name: member.name.clone(),
    };
    let address = sender(&parts, &state.settings).map(|ip| ip.to_string());
    let entry = Entry::plain(by, address, "signed_in", "session");
    audit::keep(&state, member.workspace(), &entry).await;
    let cookie = auth::set_cookie(&origin(&parts, &state.settings), Some(&token));
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to("/")).into_response())
}
