//! The per-call state machine: observations go in, moments and timers come out. Duplicates, any order and missing messages
//! lead to the same call and to each one-shot moment exactly once.

mod analyzing;
mod derive;
mod memory;
mod merge;
mod moments;
mod sources;
mod spoken;

use crate::agent::Roster;
use crate::{Call, Kind, Observation, Snapshot, Tool, key};
use kernel::Timestamp;
use moments::Stage;
use serde_json::Value;
use std::time::Duration;

/// How long to wait for what may still come; per provider.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// From a bare "ended" to `call.ended` without a complete report, and from the end to an analysis of words that still come.
    pub grace: Duration,
    /// From the end to *settled* without an analysis, unless the call's agent or workspace says another time.
    pub settle_within: Duration,
    /// The transcript may come after the complete report of the end.
    pub late_words: bool,
    /// From the first sight of a call to a synthetic end.
    pub watchdog: Duration,
    /// Messages that name only the session are about the call that it began with.
    pub joins_by_session: bool,
    /// Of the calls of a session one is what an agent had, and the others are its legs; a call with the session's own id is the room.
    pub legs_by_session: bool,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            grace: Duration::from_secs(30),
            settle_within: Duration::from_secs(300),
            late_words: false,
            watchdog: Duration::from_secs(4 * 3600 + 600),
            joins_by_session: false,
            legs_by_session: false,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TimerKind {
    Grace,
    Settle,
    Watchdog,
}

/// An event about to be told to flows.
#[derive(Debug, Clone, PartialEq)]
pub struct Moment {
    pub kind: Kind,
    pub at: Timestamp,
    /// `call.ended` offered for the second time, now that the call is settled (flows that read outcomes start on this one).
    pub settled: bool,
    /// `call.ended` offered once more, to the flow alone that analyses the call: what it reads has come late.
    pub to_analyze: bool,
    /// Raised by a timer, not by a message.
    pub synthetic: bool,
    /// Raised by what the platform answered when it was asked, not by a message of its own.
    pub backfilled: bool,
    pub tool: Option<Tool>,
    pub script_step: Option<Value>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Folded {
    pub call: Call,
    pub moments: Vec<Moment>,
    /// The message was seen before: nothing but the duplicate count has changed.
    pub duplicate: bool,
}

/// Timers a call should have now, derived from its state: the engine sets and clears the difference.
pub fn timers(call: &Call) -> Vec<(TimerKind, Timestamp)> {
    let all = [
        (TimerKind::Grace, call.grace_until.or(call.quiet_until)),
        (TimerKind::Settle, call.settle_by),
        (TimerKind::Watchdog, call.watchdog_at),
    ];
    all.into_iter()
        .filter_map(|(kind, at)| Some((kind, at?)))
        .collect()
}

/// Takes a message into a call (`None`: the first that is heard of it).
pub fn fold(
    call: Option<Call>,
    observation: &Observation,
    endpoint: &str,
    now: Timestamp,
    policy: &Policy,
) -> Folded {
    fold_among(&Roster::default(), call, observation, endpoint, now, policy)
}

/// The same, where the call may be one of these agents'.
pub fn fold_among(
    agents: &Roster,
    call: Option<Call>,
    observation: &Observation,
    endpoint: &str,
    now: Timestamp,
    policy: &Policy,
) -> Folded {
    let mut call = call.unwrap_or_else(|| first_sight(observation));
    let message = key::dedupe_hash(endpoint, &observation.dedupe);
    if !observation.dedupe.is_empty() && !memory::remember(&mut call, message) {
        call.duplicates = call.duplicates.saturating_add(1);
        return Folded {
            call,
            moments: Vec::new(),
            duplicate: true,
        };
    }
    let claims = claims(observation);
    let over = call.grace_until.is_some() || call.has(Kind::Ended);
    derive::forget(&mut call);
    sources::part(&mut call);
    match &observation.work {
        Some(work) => {
            let at = observation.at.unwrap_or(now);
            sources::keep(&mut call, &observation.call, work, at);
        }
        None if observation.adds_turns => {
            spoken::merge(&mut call.snapshot, observation, over);
            call.last_turn_at = Some(now);
        }
        None => {
            merge::merge(&mut call.snapshot, &observation.call, over);
            // A transcript that is told whole has no more turns to come.
            if !observation.call.transcript.is_empty() {
                call.last_turn_at = None;
            }
        }
    }
    sources::join(&mut call);
    call.leg |= observation.leg;
    agents.complete(&mut call);
    derive::times(&mut call.snapshot, observation, &claims);
    call.no_analysis_to_come |= observation.no_analysis_to_come;
    call.hops = call.hops.max(observation.hops);

    let may_never_end = observation.made_up || is_only_asked_for(&claims);
    if call.watchdog_at.is_none() && !call.has(Kind::Ended) && !may_never_end {
        call.watchdog_at = Some(moments::after(now, policy.watchdog));
    }
    let mut stage = Stage::new(call, now, policy).by_backfill(observation.backfilled);
    for kind in claims {
        stage.claim(kind, observation);
    }
    stage.conclude();
    stage.finish()
}

/// Whether these messages of a call tell something that is not known of it: a moment, or what was said. Nothing is changed by asking.
pub fn is_news(
    agents: &Roster,
    call: Option<Call>,
    told: &[Observation],
    endpoint: &str,
    now: Timestamp,
    policy: &Policy,
) -> bool {
    let mut known = call;
    for observation in told {
        let had_words = known.as_ref().is_some_and(|call| call.snapshot.has_words());
        let folded = fold_among(agents, known, observation, endpoint, now, policy);
        if !folded.moments.is_empty() || (folded.call.snapshot.has_words() && !had_words) {
            return true;
        }
        known = Some(folded.call);
    }
    false
}

/// A timer of the call has fired. A timer that no longer applies changes nothing.
pub fn expire(mut call: Call, timer: TimerKind, now: Timestamp, policy: &Policy) -> Folded {
    let due = timers(&call).into_iter().any(|(kind, at)| {
        // Stores keep timers in milliseconds.
        kind == timer && at.as_millisecond() <= now.as_millisecond()
    });
    if !due {
        return Folded {
            call,
            moments: Vec::new(),
            duplicate: false,
        };
    }
    derive::forget(&mut call);
    sources::part(&mut call);
    sources::join(&mut call);
    let mut stage = Stage::new(call, now, policy).by_timer();
    match timer {
        TimerKind::Grace if stage.call.has(Kind::Ended) => {}
        TimerKind::Grace => stage.end_after_grace(),
        TimerKind::Settle => stage.settle(),
        TimerKind::Watchdog => stage.end_by_watchdog(),
    }
    stage.conclude();
    stage.finish()
}

fn first_sight(observation: &Observation) -> Call {
    Call {
        provider: observation.provider.clone(),
        ..Call::default()
    }
}

/// A call that is only about to be dialled, or waits for an agent, may never come to be: nobody waits for its end yet.
fn is_only_asked_for(claims: &[Kind]) -> bool {
    !claims.is_empty()
        && claims
            .iter()
            .all(|kind| matches!(kind, Kind::Dialing | Kind::Incoming))
}

/// What a message claims, in the order of a call's life.
fn claims(observation: &Observation) -> Vec<Kind> {
    let mut claims = observation.claims.clone();
    if observation.complete {
        claims.push(Kind::Ended);
        if says_analysis(&observation.call) {
            claims.push(Kind::Analyzed);
        }
    }
    claims.sort_unstable();
    claims.dedup();
    claims
}

fn says_analysis(call: &Snapshot) -> bool {
    call.analysis
        .as_ref()
        .is_some_and(|analysis| !analysis.is_empty())
}
