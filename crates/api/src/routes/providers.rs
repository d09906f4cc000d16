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
}

/// List providers
#[utoipa::path(get, path = "/v1/providers", tag = "providers", security(("key" = [])),
    responses((status = 200, body = Vec<Provider>)))]
pub async fn list(_: Caller<Any>) -> Json<Vec<Provider>> {
    let provider = |provider: &&dyn providers::Provider| Provider {
        name: provider.name(),
        title: provider.title(),
    };
    Json(providers::all().iter().map(provider).collect())
}
