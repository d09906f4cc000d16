//! Secrets that flows use as `{{ secrets.name }}`, and which do. Values go in and are never shown again; of a key that signs
//! webhooks, the public half is.

use crate::auth::{Admin, Caller, Read};
use crate::body::Body;
use crate::errors::{Code, Error, Result};
use crate::page::{List, Paging, cut};
use crate::params::Params;
use crate::routes::connections::User;
use crate::state::State;
use actions::signing::secret_key;
use axum::Json;
use axum::extract::Path;
use engine::vault::new_key;
use http::StatusCode;
use jiff::Timestamp;
use kernel::Problem;
use kernel::id::{FlowId, Secret, SecretId};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::time::Duration;
use store::catalog::{Document, Kind};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use zeroize::Zeroizing;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(save, list))
        .routes(routes!(show, delete))
}

const LONGEST_VALUE: usize = 64 << 10;
const LONGEST_OVERLAP_S: u32 = 30 * 24 * 3600;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSecret {
    /// Letters, digits and `_`.
    #[schema(example = "crm_key", max_length = 64)]
    name: String,
    /// Needed, unless it is made here.
    #[serde(default)]
    #[schema(max_length = 65536, write_only)]
    value: Option<String>,
    /// Makes the value here; nobody ever sees it.
    #[serde(default)]
    generate: Option<Generate>,
    /// How long the value before stays valid beside this one (webhook signatures then carry both).
    #[serde(default)]
    overlap_s: u32,
}

#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = GenerateSecret)]
pub enum Generate {
    /// A key that signs webhooks (`whsk_…`), verified with its public half.
    Ed25519,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Secret)]
pub struct SecretName {
    name: String,
    /// Flows, also those that settings keep, whose steps name it.
    used_by: Vec<User>,
    /// What verifies webhooks that it signs (`whpk_…`), the newest first, two while one is being replaced; empty where it is no
    /// Ed25519 key.
    public_keys: Vec<String>,
    created_at: Timestamp,
    updated_at: Timestamp,
}

/// The flows that use each secret, by its name.
type Users = HashMap<String, Vec<(FlowId, String)>>;

/// Save a secret
///
/// A value for a name that exists replaces its value.
#[utoipa::path(post, path = "/v1/secrets", tag = "secrets", security(("key" = ["admin"])), request_body = NewSecret,
    responses((status = 201, body = SecretName)))]
pub async fn save(
    caller: Caller<Admin>,
    Body(secret): Body<NewSecret>,
) -> Result<(StatusCode, Json<SecretName>)> {
    check(&secret)?;
    let engine = &caller.state.engine;
    let overlap = Duration::from_secs(secret.overlap_s.into());
    let value = Zeroizing::new(secret.value.unwrap_or_default());
    let value = match secret.generate {
        Some(Generate::Ed25519) => secret_key(&new_key()),
        None => value,
    };
    engine
        .save_secret(caller.workspace, &secret.name, &value, overlap)
        .await?;
    Ok((
        StatusCode::CREATED,
        Json(find(&caller, &secret.name).await?),
    ))
}

fn check(secret: &NewSecret) -> Result<()> {
    let mut problems = Vec::new();
    let name = &secret.name;
    let plain = name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if name.is_empty()
        || name.len() > 64
        || !plain
        || name.starts_with(|c: char| c.is_ascii_digit())
    {
        let message = format!(
            "`{name}` is not a name of up to 64 letters, digits and `_` that starts with a letter"
        );
        problems.push(Problem::new("/name", message));
    }
    match (&secret.value, secret.generate) {
        (Some(_), Some(_)) => {
            let message = "is made here: give either `value` or `generate`";
            problems.push(Problem::new("/value", message));
        }
        (None, Some(_)) => {}
        (value, None) => {
            let size = value.as_ref().map_or(0, String::len);
            if !(1..=LONGEST_VALUE).contains(&size) {
                let message = format!("must have 1 to {LONGEST_VALUE} bytes, has {size}");
                problems.push(Problem::new("/value", message));
            }
        }
    }
    if secret.overlap_s > LONGEST_OVERLAP_S {
        problems.push(Problem::new("/overlap_s", "is more than 30 days"));
    }
    match problems.is_empty() {
        true => Ok(()),
        false => Err(Error::invalid(Code::InvalidRequest, problems)),
    }
}

/// List secrets
///
/// Names, what uses them, and the public halves of keys that sign webhooks.
#[utoipa::path(get, path = "/v1/secrets", tag = "secrets", security(("key" = ["read"])), params(Paging),
    responses((status = 200, body = List<SecretName>)))]
pub async fn list(caller: Caller<Read>, mut params: Params) -> Result<Json<List<SecretName>>> {
    let page = params.page::<Secret>();
    params.finish()?;
    let store = caller.state.engine.store();
    let before = page.before.map(SecretId::bytes);
    let workspace = Some(caller.workspace);
    let mut secrets = store
        .list(workspace, Kind::Secret, before, page.limit + 1)
        .await?;
    let next = cut(&mut secrets, page.limit, |secret| {
        SecretId::from_bytes(secret.id)
    });
    let mut users = caller.state.engine.secret_users(caller.workspace).await?;
    let told = secrets.into_iter();
    let told = told.map(|secret| SecretName::new(&caller, secret, &mut users));
    let data = told.collect::<Result<_>>()?;
    Ok(Json(List { data, next }))
}

/// Delete a secret
///
/// Steps that use it fail from now on.
#[utoipa::path(delete, path = "/v1/secrets/{name}", tag = "secrets", security(("key" = ["admin"])),
    responses((status = 204)))]
pub async fn delete(caller: Caller<Admin>, Path(name): Path<String>) -> Result<StatusCode> {
    let engine = &caller.state.engine;
    match engine.delete_secret(caller.workspace, &name).await? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(Error::not_found(&format!("secret `{name}`"))),
    }
}

/// Show a secret
///
/// Its name, what uses it, since when it has its value, and what verifies webhooks that it signs.
#[utoipa::path(get, path = "/v1/secrets/{name}", tag = "secrets", security(("key" = ["read"])),
    responses((status = 200, body = SecretName)))]
pub async fn show(caller: Caller<Read>, Path(name): Path<String>) -> Result<Json<SecretName>> {
    Ok(Json(find(&caller, &name).await?))
}

async fn find<P>(caller: &Caller<P>, name: &str) -> Result<SecretName> {
    let engine = &caller.state.engine;
    let Some(found) = engine.kept_secret(caller.workspace, name).await? else {
        return Err(Error::not_found(&format!("secret `{name}`")));
    };
    let mut users = engine.secret_users(caller.workspace).await?;
    SecretName::new(caller, found, &mut users)
}

impl SecretName {
    fn new<P>(caller: &Caller<P>, document: Document, users: &mut Users) -> Result<Self> {
        let used_by = users.remove(&document.name).unwrap_or_default();
        Ok(Self {
            public_keys: caller.state.engine.public_keys(&document)?,
            name: document.name,
            used_by: used_by.into_iter().map(User::from).collect(),
            created_at: document.created_at,
            updated_at: document.updated_at,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_with_several_faults_names_them_all_and_not_its_value() {
        let secret = NewSecret {
            name: "crm key".into(),
            value: None,
            generate: None,
            overlap_s: u32::MAX,
        };
        let error = check(&secret).unwrap_err();
        let paths: Vec<_> = error
            .errors
            .iter()
            .map(|problem| problem.path.as_str())
            .collect();
        assert_eq!(paths, ["/name", "/value", "/overlap_s"]);
        let long = NewSecret {
            name: "crm_key".into(),
            value: Some("canary".repeat(20_000)),
            generate: None,
            overlap_s: 0,
        };
        assert!(!format!("{:?}", check(&long).unwrap_err()).contains("canary"));
    }
}
