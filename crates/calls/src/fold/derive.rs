//! What follows from what was told: connected or not, how long, which status. Derived values give way to told ones.

use super::merge::{earliest, rank};
use crate::call::{Call, Derived, Snapshot, Turn};
use crate::{Kind, Observation, end_reason};
use jiff::SignedDuration;
use kernel::Timestamp;

/// Takes the derived values back, so that the next message is merged into what was told.
pub(super) fn forget(call: &mut Call) {
    let derived = std::mem::take(&mut call.derived);
    if derived.connected {
        call.snapshot.connected = None;
    }
    if derived.duration_s {
        call.snapshot.duration_s = None;
    }
}

/// A message that claims a moment says when it was, where it gives no time of its own for it.
pub(super) fn times(known: &mut Snapshot, told: &Observation, claims: &[Kind]) {
    let claimed_at = |kind| told.at.filter(|_| claims.contains(&kind));
    if told.call.started_at.is_none() {
        earliest(&mut known.started_at, claimed_at(Kind::Started));
    }
    if told.call.answered_at.is_none() {
        earliest(&mut known.answered_at, claimed_at(Kind::Answered));
    }
    if known.ended_at.is_none() && claims.contains(&Kind::Ended) {
        known.ended_at = by_duration(known).or(told.at);
    }
}

fn by_duration(known: &Snapshot) -> Option<Timestamp> {
    let duration = SignedDuration::try_from_secs_f64(known.duration_s?).ok()?;
    known.started_at?.checked_add(duration).ok()
}

pub(super) fn derive(call: &mut Call) {
    let mut derived = Derived::default();
    if call.snapshot.connected.is_none() {
        call.snapshot.connected = connected(call);
        derived.connected = true;
    }
    if call.snapshot.duration_s.is_none() {
        call.snapshot.duration_s = duration(&call.snapshot);
        derived.duration_s = true;
    }
    call.derived = derived;
    if let Some(word) = status(call) {
        call.snapshot.status = Some(word.to_owned());
    }
}

/// Whether somebody picked up: as was told, or as far as that follows from what was told.
pub(super) fn connected(call: &Call) -> Option<bool> {
    let known = &call.snapshot;
    if known.connected.is_some() {
        return known.connected;
    }
    let spoke = |turn: &Turn| turn.role == "customer" && !turn.text.trim().is_empty();
    if call.has(Kind::Answered)
        || known.answered_at.is_some()
        || known.talk_s.is_some_and(|talk| talk > 0.0)
        || known.transcript.iter().any(spoke)
    {
        return Some(true);
    }
    match known.status.as_deref() {
        Some("busy" | "unanswered" | "failed") => Some(false),
        Some("completed" | "ended_by_customer" | "ended_by_assistant") => Some(true),
        _ => match known.end_reason.as_deref().map(end_reason::class)? {
            "no_answer" | "busy" | "rejected" | "invalid_destination" => Some(false),
            _ => None,
        },
    }
}

fn duration(known: &Snapshot) -> Option<f64> {
    let seconds = known
        .ended_at?
        .duration_since(known.started_at?)
        .as_secs_f64();
    (seconds >= 0.0).then_some(seconds)
}

/// The word that the moments so far imply, if it says more than the known one. A platform's own word stands.
fn status(call: &Call) -> Option<&'static str> {
    let known = call.snapshot.status.as_deref();
    let implied = if call.has(Kind::Ended) {
        ended_as(call)
    } else if call.has(Kind::Answered) {
        "in-progress"
    } else if call.has(Kind::Started) {
        "ringing"
    } else if call.has(Kind::Dialing) || call.has(Kind::Incoming) {
        "initiated"
    } else {
        return None;
    };
    let says_more = match known {
        None => true,
        Some("initiated" | "ringing" | "in-progress") => known.map(rank) < Some(rank(implied)),
        Some(_) => false,
    };
    says_more.then_some(implied)
}

fn ended_as(call: &Call) -> &'static str {
    let class = call.snapshot.end_reason.as_deref().map(end_reason::class);
    match (class, call.snapshot.connected) {
        (Some("busy"), Some(false)) => "busy",
        (Some("error_provider" | "error_agent" | "invalid_destination" | "blocked"), _) => "failed",
        (_, Some(false)) => "unanswered",
        (_, Some(true)) => "completed",
        (_, None) => "ended",
    }
}
