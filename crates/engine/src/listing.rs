//! How a call is listed, and counted: what of it stands in columns.

use calls::call::search;
use calls::{Call, Snapshot};
use store::journal::CallListing;

pub(crate) fn listing(call: &Call) -> CallListing {
    let known = &call.snapshot;
    CallListing {
        provider: call.provider.clone(),
        provider_call_id: known.provider_call_id.clone(),
        direction: known.direction.clone(),
        from: known.from.clone(),
        to: known.to.clone(),
        agent: agent(known),
        campaign: campaign(known),
        status: known.status.clone(),
        disposition: known.disposition.clone(),
        duration_s: known.duration_s,
        started_at: known.started_at,
        ended_at: known.ended_at,
        sentiment: sentiment(known),
        answers: search::answers(known),
        words: Some(search::words(known)),
    }
}

/// The name under which a call's agent is listed.
pub(crate) fn agent(known: &Snapshot) -> Option<String> {
    let agent = known.agent.as_ref()?;
    match &agent.profile {
        Some(profile) => Some(profile.name.clone()),
        None => agent.name.clone().or_else(|| agent.id.clone()),
    }
}

/// The name under which a call's campaign is listed.
fn campaign(known: &Snapshot) -> Option<String> {
    let campaign = known.campaign.as_ref()?;
    match &campaign.profile {
        Some(profile) => Some(profile.name.clone()),
        None => campaign.name.clone().or_else(|| campaign.id.clone()),
    }
}

/// In lower case: platforms write it as they like.
fn sentiment(known: &Snapshot) -> Option<String> {
    let told = known.analysis.as_ref()?.sentiment.as_ref()?;
    Some(told.trim().to_lowercase())
}

/// The first line of a message, cut to what a list shows.
pub(crate) fn one_line(message: &str) -> String {
    message
        .lines()
        .next()
        .unwrap_or_default()
        .chars()
        .take(200)
        .collect()
}
