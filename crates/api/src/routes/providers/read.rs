//! The voice platforms as people look at them.

use super::shape::{Guide, ProviderSample};
use crate::auth::{Any, Caller};
use crate::errors::{Error, Result};
use axum::Json;
use axum::extract::Path;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
pub struct Provider {
    #[schema(example = "vapi")]
    name: &'static str,
    #[schema(example = "Vapi")]
    title: &'static str,
    /// The platform signs what it sends, so that an endpoint needs the required fields, or the signature switched off.
    signs: bool,
    /// What `auth` of an endpoint may hold.
    auth: Vec<AuthField>,
    /// What `reconcile.api` of an endpoint may hold; null: its calls cannot be looked for.
    #[schema(required = true)]
    call_list: Option<Vec<AuthField>>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AuthField {
    #[schema(example = "secret")]
    name: &'static str,
    #[schema(example = "Signing secret")]
    title: &'static str,
    /// Where the value is found, or what it is for.
    help: &'static str,
    /// To be typed as a password is.
    secret: bool,
    /// Without it nothing can be checked.
    required: bool,
}

/// List providers
///
/// With what an endpoint of each can be configured with.
#[utoipa::path(get, path = "/v1/providers", tag = "providers", security(("key" = [])),
    responses((status = 200, body = Vec<Provider>)))]
pub async fn list(_: Caller<Any>) -> Json<Vec<Provider>> {
    let all = providers::all().iter();
    Json(all.map(|provider| shown(*provider)).collect())
}

/// A provider, how it is set up, and what its messages look like.
#[derive(Serialize, ToSchema)]
pub struct ProviderDetail {
    #[serde(flatten)]
    provider: Provider,
    #[schema(value_type = Guide)]
    guide: &'static providers::Guide,
    samples: Vec<ProviderSample>,
}

/// Show a provider
///
/// With the steps that set an endpoint of it up, and samples of its messages.
#[utoipa::path(get, path = "/v1/providers/{name}", tag = "providers", security(("key" = [])),
    responses((status = 200, body = ProviderDetail)))]
pub async fn show(_: Caller<Any>, Path(name): Path<String>) -> Result<Json<ProviderDetail>> {
    let provider = find(&name)?;
    let samples = providers::samples(provider.name()).iter();
    Ok(Json(ProviderDetail {
        provider: shown(provider),
        guide: providers::guide(provider.name()).expect("a test gives every platform a guide"),
        samples: samples
            .map(|sample| ProviderSample::of(provider, sample))
            .collect(),
    }))
}

pub fn find(name: &str) -> Result<&'static dyn providers::Provider> {
    providers::find(name).ok_or_else(|| Error::not_found(&format!("provider `{name}`")))
}

fn shown(provider: &dyn providers::Provider) -> Provider {
    Provider {
        name: provider.name(),
        title: provider.title(),
        signs: provider.signs(),
        auth: provider.fields().iter().map(field).collect(),
        call_list: provider
            .call_list()
            .map(|list| list.fields().iter().map(field).collect()),
    }
}

fn field(field: &providers::Field) -> AuthField {
    AuthField {
        name: field.name,
        title: field.title,
        help: field.help,
        secret: field.secret,
        required: field.required,
    }
}
