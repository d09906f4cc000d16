//! Lists of calls: what platforms are asked, what is read of their answers, and that a call that is found in a list and one whose
//! webhooks come are one, whichever comes first. Answers have the shape that the platforms' packages give them, with values of ours.

mod retell;
mod settings;
mod twilio;
mod vapi;
mod webhooks;

use crate::world::{post, provider};
use calls::{Kind, Observation};
use kernel::Timestamp;
use providers::Scenario;
use providers::listing::{CallList, Page, State, Window};
use providers::vapi::simulate;
use serde_json::{Value, json};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn window() -> Window {
    Window {
        from: at("2026-11-20T11:00:00Z"),
        to: at("2026-11-20T12:00:00Z"),
    }
}

fn list(name: &str) -> &'static dyn CallList {
    provider(name).call_list().unwrap()
}

fn read(name: &str, api: &Value, answer: &Value, most: usize) -> Page {
    let body = answer.to_string();
    list(name).read(api, body.as_bytes(), None, most).unwrap()
}

fn observed(name: &str, bodies: &[Vec<u8>], backfilled: bool) -> Vec<Observation> {
    let read = |body: &Vec<u8>| provider(name).read(&post(&[], body)).unwrap();
    let mut all: Vec<_> = bodies.iter().flat_map(read).collect();
    all.iter_mut().for_each(|one| one.backfilled = backfilled);
    all
}

/// A call as Vapi lists it, of the report that it has sent; links are signed anew each time.
fn vapi_call(id: &str, created_at: &str) -> Value {
    let report = simulate::end_of_call_report(Scenario::Interested, id, at(created_at));
    let message = &report["message"];
    let mut call = message["call"].clone();
    for name in [
        "artifact",
        "analysis",
        "startedAt",
        "endedAt",
        "endedReason",
        "cost",
    ] {
        call[name] = message[name].clone();
    }
    call["transcript"] = message["artifact"]["transcript"].clone();
    call["createdAt"] = created_at.into();
    call["updatedAt"] = message["endedAt"].clone();
    call["customer"] = message["customer"].clone();
    call["artifact"]["presignedMonoUrl"] = format!("https://r.example/{id}?signed=anew").into();
    call
}

fn retell_call(id: &str) -> Value {
    json!({
        "call_id": id, "call_type": "phone_call", "direction": "inbound", "call_status": "ended", "agent_id": "desk",
        "from_number": "+447700900123", "to_number": "+442079460100", "disconnection_reason": "user_hangup",
        "start_timestamp": 1_795_172_400_000_u64, "end_timestamp": 1_795_172_472_000_u64, "duration_ms": 72_000,
        "transcript": "Agent: Hello!\nUser: Thursday, please.\n", "recording_url": "https://r.example/1.wav",
        "call_analysis": { "call_summary": "Moved to Thursday.", "custom_analysis_data": { "new_day": "Thursday" } },
    })
}

const TWILIO_CALL: &str = "CA00000000000000000000000000000001";

fn twilio_api() -> Value {
    json!({ "account_sid": "AC00000000000000000000000000000000", "api_key": "token" })
}

fn twilio_call(sid: &str, status: &str) -> Value {
    json!({
        "sid": sid, "account_sid": "AC00000000000000000000000000000000", "parent_call_sid": null, "from": "+447700900123",
        "to": "+442079460100", "status": status, "direction": "inbound", "duration": "72", "answered_by": null,
        "date_created": "Fri, 20 Nov 2026 11:00:00 +0000", "start_time": "Fri, 20 Nov 2026 11:00:02 +0000",
        "end_time": "Fri, 20 Nov 2026 11:01:14 +0000",
    })
}
