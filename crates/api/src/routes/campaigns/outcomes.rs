//! How the calls of a campaign went, in figures.

use crate::auth::{Caller, Read};
use crate::errors::Result;
use crate::params::Params;
use crate::shapes::id::At;
use axum::Json;
use jiff::Timestamp;
use kernel::id::Campaign as CampaignKind;
use serde::Serialize;
use std::collections::HashMap;
use store::archive::Outcome;
use utoipa::{IntoParams, ToSchema};

/// So many calls are counted, the newest ones.
const MOST: u32 = 100_000;

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "describes query parameters; `Params` reads them")]
pub struct OutcomeQuery {
    /// Calls first heard of at or after.
    from: Option<Timestamp>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct CampaignOutcomes {
    calls: u64,
    /// All its calls were counted; else the newest 100,000.
    complete: bool,
    /// The most frequent first, as all lists here; null is what is not known.
    dispositions: Vec<OutcomeShare>,
    statuses: Vec<OutcomeShare>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct OutcomeShare {
    #[schema(required = true, example = "Interested")]
    value: Option<String>,
    calls: u64,
}

/// Count a campaign's outcomes
///
/// How many of its calls ended with which disposition and status, up to the newest 100,000.
#[utoipa::path(get, path = "/v1/campaigns/{id}/outcomes", tag = "campaigns", security(("key" = ["read"])), params(OutcomeQuery),
    responses((status = 200, body = CampaignOutcomes)))]
pub async fn outcomes(
    caller: Caller<Read>,
    At(id): At<CampaignKind>,
    mut params: Params,
) -> Result<Json<CampaignOutcomes>> {
    let from = params.time("from");
    params.finish()?;
    let engine = &caller.state.engine;
    let campaign = engine.campaign(caller.workspace, id).await?.value;
    let counted = engine
        .store()
        .outcomes(caller.workspace, &campaign.name, from, MOST)
        .await?;
    let calls = counted.iter().map(|outcome| outcome.calls).sum();
    Ok(Json(CampaignOutcomes {
        calls,
        complete: calls < u64::from(MOST),
        dispositions: shares(&counted, |outcome| &outcome.disposition),
        statuses: shares(&counted, |outcome| &outcome.status),
    }))
}

fn shares(counted: &[Outcome], by: fn(&Outcome) -> &Option<String>) -> Vec<OutcomeShare> {
    let mut sums: HashMap<&Option<String>, u64> = HashMap::new();
    for outcome in counted {
        *sums.entry(by(outcome)).or_default() += outcome.calls;
    }
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_unstable_by(|(a, of_a), (b, of_b)| of_b.cmp(of_a).then_with(|| a.cmp(b)));
    let share = |(value, calls): (&Option<String>, u64)| OutcomeShare {
        value: value.clone(),
        calls,
    };
    sums.into_iter().map(share).collect()
}
