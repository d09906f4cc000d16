//! Events that are sent and payloads that are written are as the schemas say, and the schemas say nothing else.

use super::*;
use crate::document::openapi;
use calls::event::Origin;
use calls::{Event, Kind, samples};
use jsonschema::Validator;
use kernel::Scope;
use kernel::id::{CallId, EventId, WorkspaceId};
use std::collections::BTreeSet;

/// Of every kind, and one of a call whose analysis here has failed.
fn events() -> Vec<Event> {
    let origin = Origin {
        workspace_id: WorkspaceId::from_bytes([1; 16]),
        workspace_name: "Sample".into(),
        call_id: CallId::from_bytes([0; 16]),
        raw: Value::Null.into(),
    };
    let event = |kind| samples::event(kind, EventId::from_bytes([0; 16]), &origin);
    let mut events: Vec<Event> = Kind::all().map(event).collect();
    let mut failed = event(Kind::Ended);
    let mut call = json!(*failed.call);
    call["analysis"]["state"] = "failed".into();
    call["analysis"]["failure"] = json!({"message": "m", "run_id": "r"});
    failed.call = std::sync::Arc::new(serde_json::from_value(call).unwrap());
    events.push(failed);
    events
}

fn holds(validator: &Validator, value: &Value, what: &str) {
    let wrong: Vec<String> = validator
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert_eq!(wrong, [""; 0], "{what}");
}

#[test]
fn events_as_they_are_sent_are_as_their_schema_says() {
    let schema = schema(&openapi(), "event", "NewEvents");
    let validator = jsonschema::validator_for(&schema).unwrap();
    for event in events() {
        let told = samples::told(&event);
        holds(&validator, &told, event.kind.name());
        holds(&validator, &json!([told, told]), event.kind.name());
        if !event.kind.watches() {
            holds(&validator, &samples::json(event.kind), event.kind.name());
        }
    }
    for wrong in [
        json!({"kind": "call.ended"}),
        json!({"call": {"provider_call_id": "c"}}),
        json!({"kind": "call.ended", "call": {}}),
        json!([{"kind": "call.ended"}]),
    ] {
        assert!(!validator.is_valid(&wrong), "{wrong}");
    }
}

#[test]
fn payloads_are_as_their_schema_says_and_have_every_field_that_it_names() {
    let schema = schema(&openapi(), "payload", "Payload");
    let validator = jsonschema::validator_for(&schema).unwrap();
    let payload = |event: &Event| event.get("payload").unwrap().into_owned();
    let payloads: Vec<(Kind, Value)> = events().iter().map(|e| (e.kind, payload(e))).collect();
    for (kind, payload) in &payloads {
        holds(&validator, payload, kind.name());
    }
    for (shape, at) in [
        ("Payload", ""),
        ("PayloadData", "/data"),
        ("PayloadTurn", "/data/transcript/0"),
        ("PayloadCampaign", "/data/campaign"),
        ("PayloadMoment", "/data/events/0"),
        ("PayloadCallInfo", "/data/callInfo"),
        ("PayloadAnalysis", "/data/analysis"),
    ] {
        let written = payloads.iter().filter_map(|(_, p)| p.pointer(at));
        let written = written.flat_map(|value| value.as_object().unwrap().keys());
        let written: BTreeSet<&String> = written.collect();
        let described = schema["$defs"][shape]["properties"].as_object().unwrap();
        assert_eq!(written, described.keys().collect(), "{shape}");
    }
}
