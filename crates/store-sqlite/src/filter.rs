//! Which query serves a filter: the one whose index leaves the least to look at. Every query checks the whole filter, so the
//! choice is one of speed only.

use kernel::Timestamp;
use kernel::id::{Id, Kind};
use kernel::run::Status;
use store::archive::{CallFilter, Page, Parts, RunFilter};

use crate::rows::status_number;
use crate::sql::sql;

/// Statuses that most calls end with: met soon enough by walking all calls, and not in the index by status.
const COMMON: [&str; 2] = ["completed", "ended"];

/// Ids from `low` up to, not including, `high`: a page and a range of time in one.
pub struct Range {
    pub low: [u8; 16],
    pub high: [u8; 16],
}

impl Range {
    pub fn new<K: Kind>(
        page: &Page<Id<K>>,
        from: Option<Timestamp>,
        to: Option<Timestamp>,
    ) -> Self {
        let low = from.map_or([0; 16], |from| first_id(from.as_millisecond()));
        let to = to.map_or([0xff; 16], |to| {
            first_id(to.as_millisecond().saturating_add(1))
        });
        let before = page.before.map_or([0xff; 16], |id| id.bytes());
        Self {
            low,
            high: to.min(before),
        }
    }
}

/// The smallest id of a millisecond.
pub fn first_id(unix_ms: i64) -> [u8; 16] {
    let ms = unix_ms.clamp(0, (1 << 48) - 1) as u64;
    let mut id = [0; 16];
    id[..6].copy_from_slice(&ms.to_be_bytes()[2..]);
    id
}

/// A set of statuses as bits; all of them if none is named.
pub fn mask(statuses: &[Status]) -> i64 {
    if statuses.is_empty() {
        return -1;
    }
    statuses
        .iter()
        .fold(0, |mask, status| mask | 1 << status_number(*status))
}

/// Statuses of which there are few; `None` if the filter asks for others too.
pub fn rare(statuses: &[Status]) -> Option<Vec<Status>> {
    let all_rare = !statuses.is_empty() && !statuses.contains(&Status::Succeeded);
    all_rare.then(|| {
        let mut rare: Vec<Status> = Vec::with_capacity(4);
        for status in statuses {
            if !rare.contains(status) {
                rare.push(*status);
            }
        }
        rare
    })
}

pub fn runs_query(
    filter: &RunFilter,
    status: Option<Status>,
    few_by: Option<&'static str>,
) -> &'static str {
    match (filter, status) {
        (
            RunFilter {
                parts: Parts::Of(_),
                ..
            },
            _,
        ) => sql!("lists/runs_by_parent"),
        (RunFilter { call: Some(_), .. }, _) => sql!("lists/runs_by_call"),
        (_, Some(Status::Running)) => sql!("lists/runs_running"),
        (
            RunFilter {
                workspace: Some(_), ..
            },
            Some(_),
        ) => sql!("lists/runs_by_status"),
        _ => few_by.unwrap_or(match filter {
            RunFilter { flow: Some(_), .. } => sql!("lists/runs_by_flow"),
            RunFilter {
                workspace: Some(_), ..
            } => sql!("lists/runs_by_workspace"),
            _ => sql!("lists/runs"),
        }),
    }
}

/// One query, or two for a number, which may stand on either side of a call.
pub fn calls_queries(filter: &CallFilter) -> &'static [&'static str] {
    match filter {
        CallFilter {
            workspace: None, ..
        } => &[sql!("lists/calls")],
        CallFilter {
            number: Some(_), ..
        } => &[sql!("lists/calls_by_caller"), sql!("lists/calls_by_callee")],
        CallFilter { words: Some(_), .. } => &[sql!("lists/calls_by_words")],
        CallFilter { agent: Some(_), .. } => &[sql!("lists/calls_by_agent")],
        CallFilter {
            campaign: Some(_), ..
        } => &[sql!("lists/calls_by_campaign")],
        CallFilter {
            status: Some(status),
            ..
        } if !COMMON.contains(&status.as_str()) => &[sql!("lists/calls_by_status")],
        _ => &[sql!("lists/calls_by_workspace")],
    }
}
