//! One sample event of each kind in our own form: what "View payload" shows, and what tests and rehearsals start from.

use crate::event::Origin;
use crate::{Event, Kind, Moment, Observation, Policy, fold, generic};
use kernel::Timestamp;
use kernel::id::EventId;
use serde_json::{Map, Value};
use std::sync::Arc;

/// A sample of `kind`, as it would be sent to `POST /v1/events`; of what is raised here alone, what it says beside its call.
pub fn json(kind: Kind) -> Value {
    let text = match kind {
        Kind::Dialing => include_str!("../samples/call.dialing.json"),
        Kind::Incoming => include_str!("../samples/call.incoming.json"),
        Kind::Started => include_str!("../samples/call.started.json"),
        Kind::Answered => include_str!("../samples/call.answered.json"),
        Kind::ToolCalled => include_str!("../samples/tool.called.json"),
        Kind::VoicemailDetected => include_str!("../samples/call.voicemail_detected.json"),
        Kind::TransferStarted => include_str!("../samples/call.transfer_started.json"),
        Kind::TransferEnded => include_str!("../samples/call.transfer_ended.json"),
        Kind::Ended => include_str!("../samples/call.ended.json"),
        Kind::RecordingReady => include_str!("../samples/call.recording_ready.json"),
        Kind::Analyzed => include_str!("../samples/call.analyzed.json"),
        Kind::Reanalyzed => include_str!("../samples/call.reanalyzed.json"),
        Kind::RunFailed => include_str!("../samples/run.failed.json"),
        Kind::FlowFailing => include_str!("../samples/flow.failing.json"),
        Kind::FlowPaused => include_str!("../samples/flow.paused.json"),
        Kind::DestinationFailing => include_str!("../samples/destination.failing.json"),
        Kind::BudgetReached => include_str!("../samples/budget.reached.json"),
    };
    serde_json::from_str(text).expect("samples are JSON, as a test proves")
}

/// The event that the sample of `kind` raises on a call that nothing else is known of.
pub fn event(kind: Kind, id: EventId, origin: &Origin) -> Event {
    if kind.watches() {
        return about(kind, json(kind), id, origin);
    }
    let told = generic::read(json(kind)).expect("samples read without problems, as a test proves");
    let at = told.at.expect("samples say when, as a test proves");
    raised(&told, kind, id, origin, at)
}

/// The event of `kind` that an observation raises on a call that nothing else is known of, or would raise if it were the
/// time for it; `now` is its time where it tells none.
pub fn raised(
    told: &Observation,
    kind: Kind,
    id: EventId,
    origin: &Origin,
    now: Timestamp,
) -> Event {
    let origin = Origin {
        raw: told.raw.clone(),
        ..origin.clone()
    };
    let at = told.at.unwrap_or(now);
    let folded = fold(None, told, "", at, &Policy::default());
    let mut moments = folded.moments.into_iter();
    let moment = moments.find(|moment| moment.kind == kind);
    let moment = moment.unwrap_or(Moment {
        kind,
        at,
        settled: kind >= Kind::Ended,
        to_analyze: false,
        synthetic: false,
        backfilled: false,
        tool: told.tool.clone(),
        script_step: told.script_step.clone(),
    });
    let mut events = folded.call.events(&[moment], &origin, || id);
    events.remove(0)
}

/// What a flow that watches others starts on: an event of a call that the failed run was about, and what it says beside that.
pub fn about(kind: Kind, sample: Value, id: EventId, origin: &Origin) -> Event {
    let mut signal = match sample {
        Value::Object(signal) => signal,
        _ => Map::new(),
    };
    signal.retain(|name, _| !["kind", "at"].contains(&name.as_str()));
    Event {
        kind,
        synthetic: true,
        signal: Some(Arc::new(signal)),
        ..event(Kind::Ended, id, origin)
    }
}

/// An event in the form in which it would be sent to `POST /v1/events`.
pub fn told(event: &Event) -> Value {
    let json =
        |value: Result<Value, serde_json::Error>| value.expect("our own types have text keys only");
    let mut told = Map::new();
    told.insert("id".into(), event.id.to_string().into());
    told.insert("kind".into(), event.kind.name().into());
    told.insert("at".into(), event.at.to_string().into());
    told.insert("provider".into(), (*event.provider).into());
    let mut call = json(serde_json::to_value(&*event.call));
    // Gathered from what was told before, never told itself.
    if let Some(call) = call.as_object_mut() {
        call.shift_remove("tools");
    }
    told.insert("call".into(), call);
    if let Some(tool) = &event.tool {
        told.insert("tool".into(), json(serde_json::to_value(tool)));
    }
    if let Some(step) = &event.script_step {
        told.insert("script_step".into(), step.clone());
    }
    Value::Object(told)
}
