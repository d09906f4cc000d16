//! Lists, newest first, behind a cursor: walks over everything, which a model may do.

use super::Model;
use kernel::Timestamp;
use kernel::id::{CallId, EventId, Id, Kind, MessageId, RunId, WorkspaceId};
use kernel::run::Status;
use std::collections::BTreeMap;
use store::archive::{CallFilter, Page, Parts, Retry, RunFilter};
use store::journal::{CallListing, CallRow, EntryRow, EventRow, MessageRow, RunRow};

fn is<T: PartialEq>(wanted: &Option<T>, found: Option<&T>) -> bool {
    wanted.as_ref().is_none_or(|wanted| found == Some(wanted))
}

fn within<K: Kind>(
    id: Id<K>,
    page: &Page<Id<K>>,
    from: Option<Timestamp>,
    to: Option<Timestamp>,
) -> bool {
    let made = id.unix_ms() as i64;
    page.before.is_none_or(|before| id < before)
        && from.is_none_or(|from| made >= from.as_millisecond())
        && to.is_none_or(|to| made <= to.as_millisecond())
}

impl Model {
    pub fn list_runs(&self, filter: &RunFilter, page: &Page<RunId>) -> Vec<RunRow> {
        let of_call = |run: &RunRow| {
            if filter.agent.is_none() && filter.campaign.is_none() {
                return true;
            }
            self.call_by_id(run.call).is_some_and(|call| {
                is(&filter.agent, call.listing.agent.as_ref())
                    && is(&filter.campaign, call.listing.campaign.as_ref())
            })
        };
        let of_parts = |run: &RunRow| match filter.parts {
            Parts::With => true,
            Parts::Of(whole) => run.parent == Some(whole),
            Parts::Without => run.parent.is_none_or(|parent| {
                let parent = self.runs.get(&parent);
                parent.is_some_and(|parent| parent.flow != run.flow)
            }),
        };
        let wanted = |run: &&RunRow| {
            within(run.id, page, filter.from, filter.to)
                && of_parts(run)
                && is(&filter.workspace, Some(&run.workspace))
                && is(&filter.flow, Some(&run.flow))
                && is(&filter.call, Some(&run.call))
                && is(&filter.event, Some(&run.event))
                && (filter.statuses.is_empty() || filter.statuses.contains(&run.status))
                && of_call(run)
        };
        self.runs
            .values()
            .rev()
            .filter(wanted)
            .take(page.limit as usize)
            .cloned()
            .collect()
    }

    pub fn retries(&self, workspace: WorkspaceId, most: u32) -> Vec<Retry> {
        let waits = |run: &&RunRow| run.workspace == workspace && run.status == Status::Waiting;
        let waiting = self.runs.values().rev().filter(waits).take(most as usize);
        let retry = |run: &RunRow| {
            Some(Retry {
                run: run.id,
                destination: run.destination.clone()?,
                due_at: run.due_at?,
            })
        };
        waiting.filter_map(retry).collect()
    }

    pub fn list_calls(&self, filter: &CallFilter, page: &Page<CallId>) -> Vec<CallRow> {
        let wanted = |call: &&CallRow| {
            let listing = &call.listing;
            within(call.id, page, filter.from, filter.to)
                && is(&filter.workspace, Some(&call.workspace))
                && is(&filter.status, listing.status.as_ref())
                && is(&filter.agent, listing.agent.as_ref())
                && is(&filter.campaign, listing.campaign.as_ref())
                && is(&filter.disposition, listing.disposition.as_ref())
                && (is(&filter.number, listing.from.as_ref())
                    || is(&filter.number, listing.to.as_ref()))
                && is(&filter.provider, Some(&listing.provider))
                && is(&filter.sentiment, listing.sentiment.as_ref())
                && has_lasted(filter, listing.duration_s)
                && has(&filter.answer, &listing.answers, |answer, all| {
                    all.contains(answer)
                })
                && has(
                    &filter.words,
                    &Some(words_of(listing)),
                    |patterns, words| patterns.iter().any(|pattern| is_like(words, pattern)),
                )
        };
        let newest_first = self
            .call_keys
            .values()
            .rev()
            .filter_map(|key| self.calls.get(key));
        newest_first
            .filter(wanted)
            .take(page.limit as usize)
            .cloned()
            .collect()
    }

    pub fn list_events(
        &self,
        workspace: WorkspaceId,
        call: Option<CallId>,
        page: &Page<EventId>,
    ) -> Vec<EventRow> {
        let wanted = |event: &&EventRow| {
            event.workspace == workspace
                && is(&call, Some(&event.call))
                && within(event.id, page, None, None)
        };
        self.events
            .values()
            .rev()
            .filter(wanted)
            .take(page.limit as usize)
            .cloned()
            .collect()
    }

    pub fn list_messages(
        &self,
        workspace: WorkspaceId,
        call: CallId,
        page: &Page<MessageId>,
    ) -> Vec<MessageRow> {
        let wanted = |message: &&MessageRow| {
            message.workspace == workspace
                && message.call == call
                && within(message.id, page, None, None)
        };
        self.messages
            .values()
            .rev()
            .filter(wanted)
            .take(page.limit as usize)
            .cloned()
            .collect()
    }

    pub fn entries_of(&self, run: RunId) -> Vec<EntryRow> {
        let entries = self.entries.range((run, 0)..=(run, u32::MAX));
        entries
            .map(|((run, number), body)| EntryRow {
                run: *run,
                number: *number,
                body: body.clone(),
            })
            .collect()
    }

    pub fn counts(&self, workspace: Option<WorkspaceId>) -> Vec<(Status, u64)> {
        let mut counts: BTreeMap<u8, (Status, u64)> = BTreeMap::new();
        for run in self
            .runs
            .values()
            .filter(|run| is(&workspace, Some(&run.workspace)))
        {
            counts.entry(run.status as u8).or_insert((run.status, 0)).1 += 1;
        }
        counts.into_values().collect()
    }
}

fn has_lasted(filter: &CallFilter, seconds: Option<f64>) -> bool {
    let bounds = [filter.min_duration_s, filter.max_duration_s];
    let [min, max] = bounds;
    bounds == [None, None]
        || seconds.is_some_and(|lasted| {
            min.is_none_or(|min| lasted >= min) && max.is_none_or(|max| lasted <= max)
        })
}

fn has<W>(wanted: &Option<W>, told: &Option<String>, holds: impl Fn(&W, &String) -> bool) -> bool {
    let holds = |wanted| told.as_ref().is_some_and(|told| holds(wanted, told));
    wanted.as_ref().is_none_or(holds)
}

/// What a search looks at; of a call of before, what its columns say.
fn words_of(listing: &CallListing) -> String {
    let side = |number: &Option<String>| number.clone().unwrap_or_default();
    let of_before = || {
        let (from, to) = (side(&listing.from), side(&listing.to));
        format!("{from} {to}\n{}\n", listing.provider_call_id).to_lowercase()
    };
    listing.words.clone().unwrap_or_else(of_before)
}

/// As `LIKE … ESCAPE '\\'` compares.
fn is_like(text: &str, pattern: &str) -> bool {
    let mut signs = pattern.chars();
    match signs.next() {
        None => text.is_empty(),
        Some('%') => {
            let rest = signs.as_str();
            let mut ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            ends.any(|at| is_like(&text[at..], rest))
        }
        Some('_') => {
            let mut text = text.chars();
            text.next().is_some() && is_like(text.as_str(), signs.as_str())
        }
        Some(sign) => {
            let sign = if sign == '\\' {
                signs.next()
            } else {
                Some(sign)
            };
            let mut text = text.chars();
            text.next() == sign && is_like(text.as_str(), signs.as_str())
        }
    }
}
