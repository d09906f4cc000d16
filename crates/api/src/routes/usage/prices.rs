//! What things cost, in credits.

use crate::auth::{Admin, Caller, Read};
use crate::body::Body;
use crate::errors::Result;
use crate::routes::flows::etag::{ETag, IfMatch, etag};
use axum::Json;
use kernel::usage::Prices;
use serde::Serialize;
use utoipa::ToSchema;

/// The documented form of `kernel::usage::Prices`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Prices)]
pub struct PricesOut {
    #[schema(required = false, default = 0, minimum = 0, maximum = 1000000)]
    action: f64,
    #[schema(required = false, default = 10, minimum = 0, maximum = 1000000)]
    sms_segment: f64,
    #[schema(required = false, default = 10, minimum = 0, maximum = 1000000)]
    mail: f64,
    /// Read and written.
    #[schema(required = false, default = 0, minimum = 0, maximum = 1000000)]
    thousand_tokens: f64,
    #[schema(required = false, default = 0, minimum = 0, maximum = 1000000)]
    call_minute: f64,
    /// The zone in which days and months are counted.
    #[schema(required = false, default = "UTC", example = "Europe/Berlin")]
    zone: String,
}

impl From<Prices> for PricesOut {
    fn from(prices: Prices) -> Self {
        Self {
            action: prices.action,
            sms_segment: prices.sms_segment,
            mail: prices.mail,
            thousand_tokens: prices.thousand_tokens,
            call_minute: prices.call_minute,
            zone: prices.zone,
        }
    }
}

/// Show prices
#[utoipa::path(get, path = "/v1/settings/prices", tag = "settings", security(("key" = ["read"])),
    responses((status = 200, body = PricesOut, headers(("etag" = String)))))]
pub async fn show_prices(caller: Caller<Read>) -> Result<(ETag, Json<PricesOut>)> {
    let (prices, version) = caller.state.engine.prices(caller.workspace).await?;
    Ok((etag(version), Json(prices.into())))
}

/// Say what things cost
///
/// In credits. Usage of the past is told by them as well. What is not given has its usual price.
#[utoipa::path(put, path = "/v1/settings/prices", tag = "settings", security(("key" = ["admin"])), request_body = PricesOut,
    params(("if-match" = Option<String>, Header, description = "The version that this replaces, as in `ETag`.")),
    responses((status = 200, body = PricesOut, headers(("etag" = String)))))]
pub async fn save_prices(
    caller: Caller<Admin>,
    IfMatch(expect): IfMatch,
    Body(prices): Body<Prices>,
) -> Result<(ETag, Json<PricesOut>)> {
    let engine = &caller.state.engine;
    let version = engine
        .save_prices(caller.workspace, expect, &prices)
        .await?;
    Ok((etag(version), Json(prices.into())))
}
