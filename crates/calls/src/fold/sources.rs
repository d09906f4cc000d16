//! A call's analysis out of two: what its platform says and what was found here. They are kept apart, so that the order in which
//! they come in changes nothing: ours stands where it has grounds, theirs wherever ours has nothing.

use super::merge::is_empty;
use crate::agent::Extracts;
use crate::call::{Analysis, Failure, Progress, State, Theirs, Version, Work};
use crate::{Call, Kind, Snapshot};
use kernel::Timestamp;

const MOST_VERSIONS: usize = 10;

/// Takes ours out, so that the next message is merged into what the platform has said.
pub(super) fn part(call: &mut Call) {
    let known = &mut call.snapshot;
    if let Some(analysis) = &mut known.analysis {
        analysis.state = None;
        analysis.failure = None;
    }
    known.analysis.take_if(|analysis| analysis.is_empty());
    if call.versions.is_empty() {
        part_as_stored_before(call);
    } else {
        let theirs = call.theirs.take().unwrap_or_default();
        known.analysis = theirs.analysis;
        known.disposition = theirs.disposition;
    }
}

/// Calls were kept without versions once: what says who has made it is ours.
fn part_as_stored_before(call: &mut Call) {
    let analyzed = call.raised.iter().find(|r| r.kind == Kind::Analyzed);
    let at = analyzed.map(|analyzed| analyzed.at);
    let has_ended = call.has(Kind::Ended);
    let known = &mut call.snapshot;
    if let Some(analysis) = known.analysis.take_if(|analysis| analysis.by.is_some()) {
        call.versions.push(Version {
            at,
            disposition: known.disposition.take(),
            analysis,
            work: Work::default(),
        });
        call.progress = Progress::Over;
    } else if call.progress == Progress::None
        && has_ended
        && known.profile_mut().is_some_and(|profile| profile.extracts)
    {
        call.progress = Progress::Begun;
    }
}

/// An analysis that was made here, or why there is none.
pub(super) fn keep(call: &mut Call, told: &Snapshot, work: &Work, at: Timestamp) {
    if !work.aside || call.extraction.is_none() {
        call.progress = Progress::Over;
        call.failure = work.failed.as_ref().map(|message| Failure {
            message: message.clone(),
            run_id: work.run_id.clone().unwrap_or_default(),
        });
    }
    if work.failed.is_some() {
        return;
    }
    if call.versions.len() >= MOST_VERSIONS {
        call.versions.drain(..=call.versions.len() - MOST_VERSIONS);
    }
    call.versions.push(Version {
        at: Some(at),
        disposition: told.disposition.clone(),
        analysis: told.analysis.clone().unwrap_or_default(),
        work: work.clone(),
    });
}

/// Puts ours back, in front of what the platform has said.
pub(super) fn join(call: &mut Call) {
    let Some(ours) = call.versions.last() else {
        return;
    };
    let theirs = Theirs {
        disposition: call.snapshot.disposition.take(),
        analysis: call.snapshot.analysis.take(),
    };
    let is_asked_for =
        call.extraction == Some(Extracts::Always) || ours.analysis.by.as_deref() == Some("flow");
    let (disposition, analysis) = joined(ours, &theirs, is_asked_for);
    call.snapshot.disposition = disposition;
    call.snapshot.analysis = Some(analysis);
    call.theirs = (theirs != Theirs::default()).then_some(theirs);
}

fn joined(ours: &Version, theirs: &Theirs, is_asked_for: bool) -> (Option<String>, Analysis) {
    let mut all = ours.analysis.clone();
    let (found, none) = (&ours.analysis, Analysis::default());
    let said = theirs.analysis.as_ref().unwrap_or(&none);
    let grounds = |name: &str, field: &str| {
        let grounds = found.evidence.get(name);
        grounds.is_some_and(|grounds| grounds.get(field).is_some())
    };
    let stands = |name: &str| is_asked_for || grounds(name, "quote") || grounds(name, "by");
    all.summary = either(&found.summary, &said.summary, stands("summary"));
    all.success = either(&found.success, &said.success, stands("status"));
    all.sentiment = either(&found.sentiment, &said.sentiment, stands("sentiment"));
    for (values, said) in [
        (&mut all.structured, &said.structured),
        (&mut all.answers, &said.answers),
    ] {
        for (name, value) in said.iter().filter(|(_, value)| !is_empty(value)) {
            let has_ours = values.get(name).is_some_and(|ours| !is_empty(ours));
            // What was made of the platform's own value is that value, also where it is none of the type.
            if grounds(name, "by") || (has_ours && stands(name)) {
                continue;
            }
            values.insert(name.clone(), value.clone());
            all.evidence.shift_remove(name);
        }
    }
    let structured = &all.structured;
    all.missing
        .retain(|name| structured.get(name).is_none_or(is_empty));
    let disposition = either(
        &ours.disposition,
        &theirs.disposition,
        stands("disposition"),
    );
    (disposition, all)
}

fn either<T: Clone>(ours: &Option<T>, theirs: &Option<T>, stands: bool) -> Option<T> {
    let (first, second) = if stands {
        (ours, theirs)
    } else {
        (theirs, ours)
    };
    first.clone().or_else(|| second.clone())
}

/// How the analysis stands that is made here, for people.
pub(super) fn tell(call: &mut Call) {
    let state = match call.progress {
        Progress::Begun => State::Pending,
        Progress::Waits if !call.settled => State::Pending,
        Progress::Over if call.failure.is_some() => State::Failed,
        Progress::Over => State::Done,
        Progress::None | Progress::Waits => return,
    };
    let analysis = call.snapshot.analysis.get_or_insert_default();
    analysis.state = Some(state);
    analysis.failure.clone_from(&call.failure);
}
