//! The filters that expressions may name: what completes them while they are typed.

use crate::auth::{Caller, Read};
use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;

/// A function that an expression calls by name: `{{ duration | round }}`.
#[derive(Serialize, ToSchema)]
#[schema(as = Filter)]
pub struct Shown {
    #[schema(example = "truncate")]
    name: &'static str,
    /// How many arguments it needs.
    required: usize,
    /// How many more it may be given.
    optional: usize,
}

/// List the filters
#[utoipa::path(get, path = "/v1/filters", tag = "testing", security(("key" = ["read"])),
    responses((status = 200, body = Vec<Shown>)))]
pub async fn filters(caller: Caller<Read>) -> Json<Vec<Shown>> {
    let mut all: Vec<Shown> = caller
        .state
        .engine
        .filters()
        .iter()
        .map(|filter| {
            let (least, most) = filter.takes();
            Shown {
                name: filter.name,
                required: least,
                optional: most - least,
            }
        })
        .collect();
    all.sort_by_key(|filter| filter.name);
    Json(all)
}
