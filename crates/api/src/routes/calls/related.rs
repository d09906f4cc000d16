//! The calls that belong to one: its parent, what was begun from it, and others of its session. The parent is found by its id; no
//! index knows the others, so they are sought among calls with a number in common, at about the same time.

use super::CallSummary;
use crate::errors::Result;
use crate::state::State;
use calls::{Snapshot, call_key};
use jiff::{SignedDuration, Timestamp};
use kernel::id::CallId;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use store::archive::{CallFilter, Page};
use store::journal::CallRow;
use utoipa::ToSchema;

/// How long before and after a call those of its family begin.
const NEAR: SignedDuration = SignedDuration::from_hours(6);
/// So many calls with a number are looked through.
const LOOKED_THROUGH: u32 = 100;
const MOST: usize = 50;

#[derive(Debug, Serialize, ToSchema)]
pub struct RelatedCall {
    relation: Relation,
    call: CallSummary,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// It was begun from this one: a transfer, a leg.
    Parent,
    /// It was begun from the call.
    Child,
    /// The platform counts it to the same session.
    Session,
}

/// What of a call's state says where it belongs.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Place {
    snapshot: Ids,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Ids {
    parent_id: Option<String>,
    session_id: Option<String>,
}

/// Parents first, then in the order in which they were first heard of.
pub async fn of(state: &State, row: &CallRow, known: &Snapshot) -> Result<Vec<RelatedCall>> {
    let store = state.engine.store();
    let (provider, own) = (&row.listing.provider, &row.listing.provider_call_id);
    let mut found: BTreeMap<(Relation, CallId), CallSummary> = BTreeMap::new();
    let named = [
        (Relation::Parent, &known.parent_id),
        (Relation::Session, &known.session_id),
    ];
    for (relation, id) in named {
        let Some(id) = id.as_ref().filter(|id| *id != own) else {
            continue;
        };
        let key = call_key(row.workspace, provider, id);
        if let Some(call) = store.call(key).await? {
            found.insert((relation, call.id), CallSummary::from(&call));
        }
    }
    for near in near(state, row).await? {
        let ids = serde_json::from_slice::<Place>(&near.state).unwrap_or_default();
        let ids = ids.snapshot;
        let session = known.session_id.as_ref();
        let relation = match (&ids.parent_id, &ids.session_id) {
            (Some(parent), _) if parent == own => Relation::Child,
            (Some(parent), _) if Some(parent) == known.parent_id.as_ref() => Relation::Session,
            (_, Some(theirs)) if Some(theirs) == session || theirs == own => Relation::Session,
            _ => continue,
        };
        found.insert((relation, near.id), CallSummary::from(&near));
    }
    let mut seen = BTreeSet::from([row.id]);
    let related = found
        .into_iter()
        .filter(|((_, id), _)| seen.insert(*id))
        .map(|((relation, _), call)| RelatedCall { relation, call });
    Ok(related.take(MOST).collect())
}

/// Calls of the same platform with a number of this one.
async fn near(state: &State, row: &CallRow) -> Result<Vec<CallRow>> {
    let at = super::made_at(row.id);
    let numbers = [&row.listing.from, &row.listing.to];
    let numbers: BTreeSet<&String> = numbers.into_iter().flatten().collect();
    let mut near = Vec::new();
    for number in numbers {
        let filter = CallFilter {
            workspace: Some(row.workspace),
            number: Some(number.clone()),
            from: Some(at.saturating_sub(NEAR).unwrap_or(Timestamp::MIN)),
            to: Some(at.saturating_add(NEAR).unwrap_or(Timestamp::MAX)),
            ..CallFilter::default()
        };
        let page = Page {
            before: None,
            limit: LOOKED_THROUGH,
        };
        let rows = state.engine.store().calls(&filter, page).await?;
        let of_platform = |near: &CallRow| near.listing.provider == row.listing.provider;
        near.extend(rows.into_iter().filter(of_platform));
    }
    Ok(near)
}
