//! A rehearsal call in our own form: what a program of one's own would send about it.

use crate::Scenario;
use crate::rehearsal::{Speaker, Story};
use jiff::SignedDuration;
use kernel::Timestamp;
use serde_json::{Map, Value, json};

/// All events of a call that ends at `now`, in order.
pub fn messages(scenario: Scenario, call_id: &str, now: Timestamp) -> Vec<Value> {
    let story = scenario.story();
    let began = before(now, story.length_s);
    let picked_up = !story.turns.is_empty();
    let mut messages = vec![event("call.started", before(began, 6.0), known(call_id))];
    if picked_up {
        let mut call = known(call_id);
        call["answered_at"] = began.to_string().into();
        messages.push(event("call.answered", began, call));
    }
    let mut call = known(call_id);
    call["ended_at"] = now.to_string().into();
    call["status"] = ended_as(scenario).into();
    call["disposition"] = story.disposition.into();
    if picked_up {
        call["duration_s"] = story.length_s.into();
        call["transcript"] = story.turns.iter().map(said).collect();
        call["analysis"] = analysis(story);
    }
    if scenario == Scenario::Voicemail {
        call["answered_by"] = "voicemail".into();
    }
    messages.push(event("call.ended", now, call));
    messages
}

fn event(kind: &str, at: Timestamp, call: Value) -> Value {
    json!({ "kind": kind, "at": at.to_string(), "call": call })
}

fn known(call_id: &str) -> Value {
    json!({
        "provider_call_id": call_id,
        "direction": "outbound",
        "from": "+14155550100",
        "to": "+14155550123",
        "agent": { "id": "a1", "name": "Sarah" },
        "campaign": { "id": "k1", "name": "Sales Outbound Q1", "type": "outbound" },
        "contact": { "first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.com" },
    })
}

fn ended_as(scenario: Scenario) -> &'static str {
    match scenario {
        Scenario::NoAnswer => "no-answer",
        Scenario::Voicemail => "voicemail",
        Scenario::Interested | Scenario::NotInterested => "completed",
    }
}

fn said((speaker, start_s, text): &(Speaker, f64, &'static str)) -> Value {
    let role = match speaker {
        Speaker::Agent => "agent",
        Speaker::Customer => "customer",
    };
    json!({ "role": role, "text": text, "start_s": start_s })
}

fn analysis(story: &Story) -> Value {
    let mut structured = Map::new();
    structured.insert("notes".into(), story.notes.into());
    let found = [
        ("interested", story.interested.map(Value::from)),
        ("budget", story.budget.map(Value::from)),
        ("priority", story.priority.map(Value::from)),
    ];
    for (name, value) in found {
        if let Some(value) = value {
            structured.insert(name.into(), value);
        }
    }
    json!({ "summary": story.summary, "success": story.success, "structured": structured })
}

fn before(at: Timestamp, seconds: f64) -> Timestamp {
    at - SignedDuration::from_millis((seconds * 1e3) as i64)
}
