//! The extractor that every handler of a workspace's things takes: it yields the workspace only to whoever may.

use super::member::Member;
use super::role::Role;
use super::scope::{Scope, Scopes};
use super::{cookie, keys, session, token};
use crate::errors::{Code, Error, Result};
use crate::network;
use crate::redact::{self, Asked};
use crate::state::State;
use axum::extract::FromRequestParts;
use calls::Confidential;
use engine::flows::Author;
use http::header::AUTHORIZATION;
use http::request::Parts;
use kernel::Timestamp;
use kernel::id::{CallId, WorkspaceId};
use serde::{Deserialize, Serialize};
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Instant;
use utoipa::ToSchema;

/// Somebody who may do what `P` says in `workspace`.
pub struct Caller<P> {
    pub state: State,
    pub workspace: WorkspaceId,
    pub known: Known,
    /// What is not to be seen of calls; `None`: all is.
    pub hidden: Option<Arc<Confidential>>,
    asked: Option<Asked>,
    permission: PhantomData<P>,
}

/// What a handler needs; `None`: any valid key or session.
pub trait Permission: Send + Sync + 'static {
    const SCOPE: Option<Scope>;
}

macro_rules! permissions {
    ($($name:ident $scope:expr;)*) => {$(
        pub struct $name;
        impl Permission for $name {
            const SCOPE: Option<Scope> = $scope;
        }
    )*};
}

permissions! {
    Any None;
    Read Some(Scope::Read);
    Operate Some(Scope::Operate);
    Write Some(Scope::Write);
    Ingest Some(Scope::Ingest);
    Admin Some(Scope::Admin);
}

/// How somebody identified themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Via {
    Root,
    Key,
    Session,
    /// Nobody: Switchhook by itself.
    System,
}

/// What is known of whoever holds a token.
#[derive(Debug, Clone)]
pub struct Known {
    pub workspace: WorkspaceId,
    pub scopes: Scopes,
    pub expires_at: Option<Timestamp>,
    pub via: Via,
    /// Of the key or the member.
    pub id: String,
    pub name: String,
    /// Whose session it is.
    pub member: Option<Member>,
}

impl Known {
    pub fn may(&self, needed: Scope) -> bool {
        self.scopes.iter().any(|scope| scope.includes(needed))
    }

    /// Only these change owners.
    pub fn is_owner(&self) -> bool {
        let role = self.member.as_ref().map(|member| member.body.role);
        self.via == Via::Root || role == Some(Role::Owner)
    }

    pub fn needs(&self, needed: Scope) -> Result<()> {
        if self.may(needed) {
            return Ok(());
        }
        let needed = needed.name();
        let detail = match &self.member {
            Some(member) => format!(
                "this needs the permission `{needed}`, which the role `{}` does not have",
                member.body.role.name()
            ),
            None => format!("this needs a key with the scope `{needed}`"),
        };
        Err(Error::new(Code::Forbidden, detail))
    }

    /// As whoever changed a document is remembered.
    pub fn author(&self) -> Author {
        let via = match self.via {
            Via::Root => "root",
            Via::Key => "key",
            Via::Session => "session",
            Via::System => "system",
        };
        Author {
            via: via.into(),
            name: self.name.clone(),
        }
    }
}

impl<P> Caller<P> {
    /// Whether anything of a field is not to be seen.
    pub fn misses(&self, field: &str) -> bool {
        let hidden = self.hidden.as_ref();
        hidden.is_some_and(|hidden| hidden.touches(field))
    }

    /// What is asked for is about this call, wherever the request names it.
    pub fn is_about(&self, call: CallId) {
        if let Some(asked) = &self.asked {
            asked.note(call);
        }
    }
}

impl<P: Permission> FromRequestParts<State> for Caller<P> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self> {
        let known = identify(parts, state).await?;
        if let Some(needed) = P::SCOPE {
            known.needs(needed)?;
        }
        let asked = parts.extensions.get::<Asked>().cloned();
        let hidden = redact::hidden(asked.as_ref(), &known, state).await?;
        Ok(Self {
            state: state.clone(),
            workspace: known.workspace,
            known,
            hidden,
            asked,
            permission: PhantomData,
        })
    }
}

fn unknown(detail: &str) -> Error {
    Error::new(Code::Unauthorized, detail)
}

async fn identify(parts: &Parts, state: &State) -> Result<Known> {
    let mut lines = parts.headers.get_all(AUTHORIZATION).iter();
    let known = match (lines.next(), lines.next()) {
        (Some(line), None) => {
            let bearer = line.to_str().ok().and_then(|line| line.split_once(' '));
            let token = bearer.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
            let (_, token) =
                token.ok_or_else(|| unknown("send `Authorization: Bearer` and a key"))?;
            by_key(token.trim(), state).await?
        }
        (Some(_), Some(_)) => return Err(unknown("there are two Authorization headers")),
        (None, _) => by_cookie(parts, state).await?,
    };
    let known = known.ok_or_else(|| unknown("this key or session is not known here"))?;
    if known.expires_at.is_some_and(|at| at <= state.engine.now()) {
        return Err(unknown("this key or session has expired"));
    }
    Ok(known)
}

async fn by_key(key: &str, state: &State) -> Result<Option<Known>> {
    let settings = &state.settings;
    if settings
        .root_key
        .as_deref()
        .is_some_and(|root| token::same(root, key))
    {
        return Ok(Some(Known {
            workspace: settings.default_workspace,
            scopes: vec![Scope::Admin],
            expires_at: None,
            via: Via::Root,
            id: "root".into(),
            name: "root".into(),
            member: None,
        }));
    }
    if !token::is_key(key) {
        return Ok(None);
    }
    let (hash, now) = (token::hash(key), Instant::now());
    if let Some(known) = state.keys.get(&hash, now) {
        return Ok(known);
    }
    let since = state.keys.since();
    let known = keys::find(state.engine.store(), &hash, state.engine.now()).await?;
    state.keys.put(hash, known.clone(), now, since);
    Ok(known)
}

async fn by_cookie(parts: &Parts, state: &State) -> Result<Option<Known>> {
    let origin = network::origin(parts, &state.settings);
    let Some(token) = cookie::read(&parts.headers, &origin) else {
        return Err(unknown(
            "send `Authorization: Bearer` and a key, or sign in",
        ));
    };
    if !cookie::is_ours(&parts.method, &parts.headers, &origin) {
        let detail = "a browser session changes things only from Switchhook's own pages";
        return Err(Error::new(Code::CrossSite, detail));
    }
    let (store, now) = (state.engine.store().as_ref(), state.engine.now());
    session::find(store, &token::hash(token), now).await
}

/// Whether the sender of a request may still do what `P` says: for answers that do not end.
pub async fn still_may<P: Permission>(parts: &Parts, state: &State) -> bool {
    let known = identify(parts, state).await;
    known.is_ok_and(|known| P::SCOPE.is_none_or(|needed| known.may(needed)))
}

/// The hash of the session token that a request carries.
pub fn session_hash(parts: &Parts, state: &State) -> Option<String> {
    let origin = network::origin(parts, &state.settings);
    cookie::read(&parts.headers, &origin).map(token::hash)
}
