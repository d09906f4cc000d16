//! What was just said, told turn by turn while the call goes on: each goes to its place by the clock, whatever order they come in.
//! A transcript that is told whole still stands for all of them, where it says more.

use super::merge;
use crate::Observation;
use crate::call::{Snapshot, Turn};
use kernel::Timestamp;
use std::sync::Arc;

/// What is said beyond is still in the events' `raw`.
const MOST_TURNS: usize = 5_000;

pub(super) fn merge(known: &mut Snapshot, told: &Observation, over: bool) {
    let mut call = told.call.clone();
    let turns = std::mem::take(&mut call.transcript);
    merge::merge(known, &call, over);
    let said_at = seconds_into(known.started_at, told.at);
    for turn in turns.iter().cloned() {
        add(Arc::make_mut(&mut known.transcript), turn, said_at);
    }
}

fn add(known: &mut Vec<Turn>, turn: Turn, said_at: Option<f64>) {
    if known.len() >= MOST_TURNS {
        return;
    }
    let end_s = turn.end_s.or(said_at);
    let is_earlier = |known: &Turn| match (known.end_s, end_s) {
        (Some(known), Some(told)) => known <= told,
        _ => true,
    };
    let place = known.iter().rposition(is_earlier).map_or(0, |at| at + 1);
    known.insert(place, Turn { end_s, ..turn });
}

fn seconds_into(start: Option<Timestamp>, at: Option<Timestamp>) -> Option<f64> {
    let seconds = at?.duration_since(start?).as_secs_f64();
    (seconds >= 0.0).then_some(seconds)
}
