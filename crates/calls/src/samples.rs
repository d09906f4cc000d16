//! One sample event of each kind in our own form: what "View payload" shows, and what tests and rehearsals start from.

use crate::event::Origin;
use crate::{Event, Kind, Moment, Policy, fold, generic};
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
    };
    serde_json::from_str(text).expect("samples are JSON, as a test proves")
}

/// The event that the sample of `kind` raises on a call that nothing else is known of.
pub fn event(kind: Kind, id: EventId, origin: &Origin) -> Event {
    let sample = json(kind);
    if kind.watches() {
        return about(kind, sample, id, origin);
    }
    let told = generic::read(sample).expect("samples read without problems, as a test proves");
    let at = told.at.expect("samples say when, as a test proves");
    let origin = Origin {
        raw: told.raw.clone(),
        ..origin.clone()
    };
    let folded = fold(None, &told, "", at, &Policy::default());
    // A second analysis is the first one that is heard of here.
    let moment = Moment {
        kind,
        ..folded.moments[0].clone()
    };
    let mut events = folded.call.events(&[moment], &origin, || id);
    events.remove(0)
}

/// What a flow that watches others starts on: an event of the call that the failed run was about.
fn about(kind: Kind, sample: Value, id: EventId, origin: &Origin) -> Event {
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
