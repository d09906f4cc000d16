//! Reading usage.

use super::csv::table;
use super::shape::{By, LineOut, Usage};
use crate::auth::{Caller, Read};
use crate::csv;
use crate::errors::Result;
use crate::params::Params;
use crate::redact::LookedThrough;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use engine::usage::{Asked, Group};
use http::HeaderMap;
use http::header::ACCEPT;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{RoundMode, Timestamp, TimestampRound, ToSpan, Unit};
use kernel::id::Flow;
use utoipa::IntoParams;

/// Unless said: today and the days before it.
const USUAL_DAYS: i64 = 29;

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "describes query parameters; `Params` reads them")]
struct Filter {
    /// A day such as `2026-11-01` in the workspace's zone, or a time; the beginning of the day 29 days ago unless given. Whole hours are counted.
    from: Option<String>,
    /// The last day, or the time at which it ends; now unless given. At most 400 days, 32 by hour.
    to: Option<String>,
    #[param(inline)]
    by: Option<By>,
    /// Only calls of this agent, by the name under which they are listed.
    agent: Option<String>,
    /// Only what this flow has used.
    flow: Option<String>,
    /// `csv`: as with `Accept: text/csv`.
    format: Option<String>,
}

/// Show usage
///
/// What was done, exactly, and what it cost by the workspace's prices: by day unless said. JSON, or CSV with `Accept: text/csv`.
#[utoipa::path(get, path = "/v1/usage", tag = "usage", security(("key" = ["read"])), params(Filter),
    responses((status = 200, body = Usage)))]
pub async fn show(
    caller: Caller<Read>,
    headers: HeaderMap,
    mut params: Params,
) -> Result<Response> {
    let engine = &caller.state.engine;
    let (prices, _) = engine.prices(caller.workspace).await?;
    let (zone, now) = (prices.zone(), engine.now());
    let from = edge(&mut params, "from", &zone, 0);
    let to = edge(&mut params, "to", &zone, 1);
    let mut by = params.words::<By>("by");
    if by.len() > 1 {
        params.refuse("by", "is given more than once");
    }
    let by = by.pop().unwrap_or(By::Day);
    let (agent, flow) = (params.text("agent"), params.id::<Flow>("flow"));
    let format = params.text("format");
    if format
        .as_deref()
        .is_some_and(|format| !matches!(format, "csv" | "json"))
    {
        params.refuse("format", "is `json` or `csv`");
    }
    params.finish()?;
    let first = now.to_zoned(zone).checked_sub(USUAL_DAYS.days());
    let first = first.and_then(|day| day.start_of_day());
    let asked = Asked {
        from: from.unwrap_or_else(|| first.map_or(now, |day| whole_hour(day.timestamp()))),
        to: to.unwrap_or(now),
        by: match by {
            By::Total => Group::Total,
            By::Hour => Group::Hour,
            By::Day => Group::Day,
            By::Agent => Group::Agent,
            By::Flow => Group::Flow,
        },
        agent,
        flow,
    };
    let lines = engine.usage(caller.workspace, &asked).await?;
    let accept = headers.get(ACCEPT).and_then(|accept| accept.to_str().ok());
    let is_csv = match format.as_deref() {
        Some(format) => format == "csv",
        None => accept.is_some_and(|accept| accept.trim_start().starts_with("text/csv")),
    };
    if is_csv {
        let file = csv::file("usage.csv", table(&lines));
        return Ok((Extension(LookedThrough), file).into_response());
    }
    let usage = Usage {
        from: asked.from,
        to: asked.to,
        zone: prices.zone,
        by,
        data: lines.into_iter().map(LineOut::from).collect(),
    };
    Ok(Json(usage).into_response())
}

/// A time, or the first whole hour of a day so many days later.
fn edge(params: &mut Params, name: &str, zone: &TimeZone, later: i64) -> Option<Timestamp> {
    let text = params.text(name)?;
    if let Ok(time) = text.parse() {
        return Some(time);
    }
    let day = text
        .parse::<Date>()
        .and_then(|day| day.checked_add(later.days()));
    let day = day.and_then(|day| zone.to_zoned(day.to_datetime(jiff::civil::Time::midnight())));
    if day.is_err() {
        let message = format!(
            "`{text}` is neither a day such as 2026-11-01 nor a time such as 2026-11-20T17:30:05Z"
        );
        params.refuse(name, message);
    }
    day.ok().map(|day| whole_hour(day.timestamp()))
}

/// Where clocks are half an hour off, the hour in which a day begins counts to the day before.
fn whole_hour(time: Timestamp) -> Timestamp {
    let up = TimestampRound::new()
        .smallest(Unit::Hour)
        .mode(RoundMode::Ceil);
    time.round(up).unwrap_or(time)
}
