//! Putting what a message says onto what is known: an empty value never wipes out a known one, and the order in which
//! messages come in matters as little as it can.

use crate::Snapshot;
use crate::call::{Agent, Analysis, Campaign, Recording, Transfer, Turn};
use kernel::Timestamp;
use serde_json::{Map, Value};
use std::sync::Arc;

/// A call that is told ever new variables must not grow for ever; what is left out is still in the event's `raw`.
const MOST_KEYS: usize = 1_000;

/// `over`: the end of the call is known already, so a word that says the call goes on comes late.
pub(super) fn merge(known: &mut Snapshot, told: &Snapshot, over: bool) {
    if known.provider_call_id.is_empty() {
        known.provider_call_id.clone_from(&told.provider_call_id);
    }
    text(&mut known.parent_id, &told.parent_id);
    text(&mut known.session_id, &told.session_id);
    text(&mut known.direction, &told.direction);
    text(&mut known.from, &told.from);
    text(&mut known.to, &told.to);
    part(&mut known.agent, &told.agent, agent);
    part(&mut known.campaign, &told.campaign, campaign);
    map(&mut known.contact, &told.contact);
    status(&mut known.status, &told.status, over);
    text(&mut known.answered_by, &told.answered_by);
    value(&mut known.connected, &told.connected);
    earliest(&mut known.started_at, told.started_at);
    earliest(&mut known.answered_at, told.answered_at);
    value(&mut known.ended_at, &told.ended_at);
    value(&mut known.duration_s, &told.duration_s);
    value(&mut known.talk_s, &told.talk_s);
    text(&mut known.end_reason, &told.end_reason);
    text(&mut known.ended_by, &told.ended_by);
    text(&mut known.disposition, &told.disposition);
    transcript(&mut known.transcript, &told.transcript);
    part(&mut known.recording, &told.recording, recording);
    part(&mut known.analysis, &told.analysis, analysis);
    part(&mut known.transfer, &told.transfer, transfer);
    map(&mut known.variables, &told.variables);
    map(&mut known.metadata, &told.metadata);
    map(&mut known.tools, &told.tools);
}

fn value<T: Clone>(known: &mut Option<T>, told: &Option<T>) {
    if told.is_some() {
        known.clone_from(told);
    }
}

fn text(known: &mut Option<String>, told: &Option<String>) {
    if told.as_ref().is_some_and(|told| !told.is_empty()) {
        known.clone_from(told);
    }
}

pub(super) fn earliest(known: &mut Option<Timestamp>, told: Option<Timestamp>) {
    *known = [*known, told].into_iter().flatten().min();
}

fn part<T: Clone>(known: &mut Option<T>, told: &Option<T>, merge: fn(&mut T, &T)) {
    match (known, told) {
        (Some(known), Some(told)) => merge(known, told),
        (known @ None, Some(told)) => *known = Some(told.clone()),
        (_, None) => {}
    }
}

fn agent(known: &mut Agent, told: &Agent) {
    text(&mut known.id, &told.id);
    text(&mut known.name, &told.name);
    text(&mut known.language, &told.language);
    text(&mut known.version, &told.version);
}

fn campaign(known: &mut Campaign, told: &Campaign) {
    text(&mut known.id, &told.id);
    text(&mut known.name, &told.name);
    text(&mut known.kind, &told.kind);
}

fn recording(known: &mut Recording, told: &Recording) {
    text(&mut known.url, &told.url);
    value(&mut known.channels, &told.channels);
    text(&mut known.format, &told.format);
    value(&mut known.duration_s, &told.duration_s);
    value(&mut known.expires_at, &told.expires_at);
}

fn analysis(known: &mut Analysis, told: &Analysis) {
    text(&mut known.summary, &told.summary);
    value(&mut known.success, &told.success);
    text(&mut known.sentiment, &told.sentiment);
    map(&mut known.structured, &told.structured);
    map(&mut known.answers, &told.answers);
}

/// A transfer to somebody else is another transfer; of one transfer, the result stands against late news of its start.
fn transfer(known: &mut Transfer, told: &Transfer) {
    if told.to.is_some() && known.to.is_some() && told.to != known.to {
        known.clone_from(told);
        return;
    }
    let is_over = |word: &Option<String>| {
        matches!(word.as_deref(), Some("connected" | "failed" | "cancelled"))
    };
    if !is_over(&known.status) || is_over(&told.status) {
        text(&mut known.status, &told.status);
    }
    text(&mut known.to, &told.to);
    text(&mut known.mode, &told.mode);
    earliest(&mut known.at, told.at);
}

pub(super) fn map(known: &mut Map<String, Value>, told: &Map<String, Value>) {
    for (key, value) in told {
        let has_room = known.len() < MOST_KEYS;
        match known.get_mut(key) {
            Some(known) if !is_empty(value) => known.clone_from(value),
            None if has_room => {
                known.insert(key.clone(), value.clone());
            }
            _ => {}
        }
    }
}

pub(super) fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(str::is_empty)
}

/// The one that says more: platforms send the talk so far, and cut or merge turns as they like.
fn transcript(known: &mut Arc<Vec<Turn>>, told: &Arc<Vec<Turn>>) {
    let said = |turns: &[Turn]| turns.iter().map(|turn| turn.text.len()).sum::<usize>();
    if !told.is_empty() && (said(told), told.len()) >= (said(known), known.len()) {
        known.clone_from(told);
    }
}

fn status(known: &mut Option<String>, told: &Option<String>, over: bool) {
    let Some(word) = told.as_deref().filter(|word| !word.is_empty()) else {
        return;
    };
    let later = known.as_deref().is_none_or(|known| {
        let goes_on = over && !is_final(word);
        !goes_on && rank(word) >= rank(known)
    });
    if later {
        *known = Some(word.to_owned());
    }
}

pub(super) fn is_final(status: &str) -> bool {
    rank(status) >= 3
}

/// How far a call is. A platform's own word counts as "in progress" until the end is known.
pub(super) fn rank(status: &str) -> u8 {
    match status {
        "initiated" => 0,
        "ringing" => 1,
        "ended" => 3,
        "busy" | "completed" | "ended_by_customer" | "ended_by_assistant" | "unanswered"
        | "failed" => 4,
        _ => 2,
    }
}
