//! The voice platforms that endpoints can be made for.

use crate::auth::{Any, Caller};
use crate::state::State;
use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(list))
}

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
    let provider = |provider: &&dyn providers::Provider| Provider {
        name: provider.name(),
        title: provider.title(),
        signs: provider.signs(),
        auth: provider.fields().iter().map(field).collect(),
        call_list: provider
            .call_list()
            .map(|list| list.fields().iter().map(field).collect()),
    };
    Json(providers::all().iter().map(provider).collect())
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
