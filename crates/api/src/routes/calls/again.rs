//! Analysing many calls again: those of a filter, a bounded number per request, the rest behind a cursor; or only what it would
//! take.

use super::filter::{CallQuery, named, read};
use crate::audit::ChangedNothing;
use crate::auth::{Caller, Operate};
use crate::body::Body;
use crate::errors::Result;
use crate::many::Many;
use crate::page::{ask, cut};
use crate::params::Params;
use axum::{Extension, Json};
use engine::Refusal;
use http::StatusCode;
use kernel::id::{CallId, FlowId, RunId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use utoipa::ToSchema;

const MOST: u32 = 200;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnalyzeAll {
    /// As in the list of calls; at least one member.
    #[schema(value_type = CallQuery)]
    filter: Map<String, Value>,
    /// Only say how many there are, and what it would take.
    #[serde(default)]
    dry_run: bool,
    /// `next` of the request before.
    #[schema(value_type = Option<String>)]
    cursor: Option<CallId>,
    /// How many calls to look at, at most.
    #[schema(minimum = 1, maximum = 200, default = 200)]
    limit: Option<u32>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AnalyzedAll {
    /// Calls that are analysed again, or would be.
    calls: u32,
    /// Calls that match and cannot be: they have not ended, have no transcript, or their agent extracts nothing.
    skipped: u32,
    /// The new runs; empty in a dry run.
    #[schema(value_type = Vec<String>)]
    runs: Vec<RunId>,
    estimate: Estimate,
    /// Cursor of the next request; null when all were looked at.
    #[schema(required = true)]
    next: Option<String>,
}

/// What models would read for these calls, about.
#[derive(Debug, Serialize, ToSchema)]
pub struct Estimate {
    /// By the length of transcripts; 0 where rules do it.
    input_tokens: u64,
    /// In the currency of the connection's prices, by what these agents' analyses have cost in the last 90 days; null where none of that is known.
    #[schema(required = true)]
    cost: Option<f64>,
}

/// Analyse many calls again
///
/// Newest first, as the `extraction` of each call's agent says now. With `dry_run` nothing is done (200), and the answer says how many calls there are and
/// what it would take.
#[utoipa::path(post, path = "/v1/calls/analyze", tag = "calls", security(("key" = ["operate"])), request_body = AnalyzeAll,
    responses((status = 200, description = "A dry run.", body = AnalyzedAll), (status = 202, description = "The runs have begun.", body = AnalyzedAll)))]
pub async fn analyze_all(
    caller: Caller<Operate>,
    Body(request): Body<AnalyzeAll>,
) -> Result<(
    StatusCode,
    Option<Extension<ChangedNothing>>,
    Json<AnalyzedAll>,
)> {
    let mut params = Params::of_object(&request.filter, "/filter/");
    let filter = read(&mut params, &caller);
    params.narrowed(&request.filter);
    let search = request.filter.get("search").and_then(Value::as_str);
    if filter.words.is_none() && search.is_some_and(|search| !search.trim().is_empty()) {
        params.wrong(
            "search",
            "has nothing to look for: give a letter or a digit",
        );
    }
    let page = params.portion(request.cursor, request.limit, MOST);
    params.finish()?;
    let filter = named(&caller.state, filter).await?;
    let engine = &caller.state.engine;
    let mut rows = engine.store().calls(&filter, ask(page)).await?;
    let next = cut(&mut rows, page.limit, |row| row.id);
    let (mut runs, mut many) = (Vec::new(), Many::new(0, next));
    let mut tokens: BTreeMap<FlowId, u64> = BTreeMap::new();
    for row in rows {
        let begun = async {
            let appraisal = engine.appraise(caller.workspace, row.id).await?;
            if !request.dry_run {
                runs.push(engine.analyze(caller.workspace, row.id).await?);
            }
            Ok::<_, Refusal>(appraisal)
        };
        let became = begun.await.map(|appraisal| {
            *tokens.entry(appraisal.flow).or_default() += appraisal.input_tokens;
        });
        if !many.count(row.id, became)? {
            break;
        }
    }
    let mut cost = None;
    for (flow, tokens) in &tokens {
        let of_flow = engine.cost_lately(caller.workspace, *flow, *tokens).await;
        // The runs that have begun are told whether or not their cost can be.
        let of_flow = of_flow.or_else(|error| match request.dry_run {
            true => Err(error),
            false => Ok(None),
        });
        cost = of_flow?
            .map(|of_flow| cost.unwrap_or(0.0) + of_flow)
            .or(cost);
    }
    let status = match request.dry_run {
        true => StatusCode::OK,
        false => StatusCode::ACCEPTED,
    };
    let estimate = Estimate {
        input_tokens: tokens.values().sum(),
        cost,
    };
    let answer = AnalyzedAll {
        calls: many.begun,
        skipped: many.skipped,
        runs,
        estimate,
        next: many.next,
    };
    let dry = request.dry_run.then_some(Extension(ChangedNothing));
    Ok((status, dry, Json(answer)))
}
