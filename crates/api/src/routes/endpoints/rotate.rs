//! A new address or a new secret for an endpoint, the old secret staying valid for a while beside the new one.

use super::edit::{check, save, seal};
use super::read::find;
use super::shape::{Endpoint, EndpointBody};
use crate::auth::{Admin, Caller, generate_token, read_body};
use crate::body::Body;
use crate::errors::{Code, Error, Result};
use crate::routes::flows::etag::ETag;
use crate::routes::inbound::open;
use crate::shapes::id::At;
use axum::Json;
use http::request::Parts;
use kernel::Problem;
use kernel::id::Endpoint as EndpointKind;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::time::Duration;
use utoipa::ToSchema;

const LONGEST_OVERLAP_S: u32 = 30 * 24 * 3600;

/// At least one of `address` and `secret`.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RotateEndpoint {
    /// Gives the endpoint a new address; the old one answers 404 at once.
    #[serde(default)]
    address: bool,
    /// Replaces `secret` of `auth`; its other settings stay.
    #[schema(write_only)]
    secret: Option<String>,
    /// How long the old secret stays valid beside the new one; at most 30 days.
    #[serde(default)]
    #[schema(maximum = 2592000)]
    overlap_s: u32,
}

/// Rotate an endpoint's address or secret
#[utoipa::path(post, path = "/v1/endpoints/{id}/rotate", tag = "endpoints", security(("key" = ["admin"])), request_body = RotateEndpoint,
    responses((status = 200, body = Endpoint, headers(("etag" = String)))))]
pub async fn rotate(
    caller: Caller<Admin>,
    At(id): At<EndpointKind>,
    parts: Parts,
    Body(wanted): Body<RotateEndpoint>,
) -> Result<(ETag, Json<Endpoint>)> {
    let mut document = find(&caller.state, caller.workspace, id).await?;
    let mut body: EndpointBody = read_body(&document)?;
    let has_secret = providers::find(&body.provider)
        .is_some_and(|known| known.fields().iter().any(|field| field.name == "secret"));
    refuse_wrong(&wanted, has_secret)?;
    if let Some(secret) = wanted.secret {
        let old = open(&caller.state, &document)?;
        let until = caller.state.engine.now() + Duration::from_secs(wanted.overlap_s.into());
        let until = (wanted.overlap_s > 0).then(|| until.to_string());
        let auth = replaced(&old.auth, secret, until);
        check(&body.provider, None, Some(&auth))?;
        body.has_secret = true;
        body.sealed = seal(&caller, &document, &auth);
    }
    let old_address = document.alias.clone();
    if wanted.address {
        document.alias = Some(generate_token(""));
    }
    let saved = save(&caller, &parts, &mut document, &body).await?;
    if let Some(token) = old_address {
        caller.state.inboxes.remove(token.as_str());
    }
    Ok(saved)
}

fn refuse_wrong(wanted: &RotateEndpoint, has_secret: bool) -> Result<()> {
    let mut problems = Vec::new();
    if !wanted.address && wanted.secret.is_none() {
        problems.push(Problem::new("", "say `address: true` or give a `secret`"));
    }
    if wanted.secret.is_some() && !has_secret {
        let message = "this platform has no secret: change `auth` of the endpoint";
        problems.push(Problem::new("/secret", message));
    }
    if wanted
        .secret
        .as_ref()
        .is_some_and(|secret| secret.trim().is_empty())
    {
        problems.push(Problem::new("/secret", "must not be empty"));
    }
    if wanted.overlap_s > LONGEST_OVERLAP_S {
        problems.push(Problem::new("/overlap_s", "is more than 30 days"));
    }
    match problems.is_empty() {
        true => Ok(()),
        false => Err(Error::invalid(Code::InvalidRequest, problems)),
    }
}

/// `auth` with another secret; the old one counts until then.
fn replaced(old: &Value, secret: String, until: Option<String>) -> Map<String, Value> {
    let mut auth = old.as_object().cloned().unwrap_or_default();
    let before = auth.insert("secret".into(), secret.into());
    auth.shift_remove("previous_secret");
    auth.shift_remove("previous_until");
    if let (Some(before), Some(until)) = (before, until) {
        auth.insert("previous_secret".into(), before);
        auth.insert("previous_until".into(), until.into());
    }
    auth
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_old_secret_counts_until_its_time_and_one_before_it_no_longer() {
        let old =
            json!({"secret": "b", "previous_secret": "a", "previous_until": "x", "header": "h"});
        let until = Some("2026-11-20T17:30:05Z".to_owned());
        let auth = replaced(&old, "c".into(), until);
        let wanted = json!({"secret": "c", "header": "h", "previous_secret": "b", "previous_until": "2026-11-20T17:30:05Z"});
        assert_eq!(Value::Object(auth), wanted);
        let auth = replaced(&old, "c".into(), None);
        assert_eq!(Value::Object(auth), json!({"secret": "c", "header": "h"}));
    }
}
