//! Every sample of the shared facts is read as their index expects.

use crate::world::{facts, now, provider};
use calls::{Kind, Observation};
use providers::{all, check};
use serde_json::{Value, json};

#[test]
fn every_sample_is_read_as_its_index_expects() {
    for provider in all() {
        let Some(folder) = facts(provider.name()) else {
            continue;
        };
        let index = crate::world::json_file(&folder.join("index.json"));
        let mut read = 0;
        for sample in index["samples"].as_array().unwrap() {
            if sample["role"] == "request" {
                let file = sample["file"].as_str().unwrap();
                let body = std::fs::read(folder.join(file)).unwrap();
                expect(provider.name(), file, &body, &sample["expect"]);
                read += 1;
            }
        }
        eprintln!("{}: {read} samples", provider.name());
        assert!(read > 0);
    }
}

fn expect(name: &str, file: &str, body: &[u8], expect: &Value) {
    let place = format!("{name} {file}");
    let observations = provider(name)
        .read(&crate::world::post(&[], body))
        .unwrap_or_else(|unreadable| panic!("{place}: {unreadable:?}"));
    let claims: Vec<Kind> = observations
        .iter()
        .flat_map(|one| one.claims.clone())
        .collect();
    let direction = expect["direction"].as_str();
    if let Some(canonical) = expect["canonical"].as_array() {
        let words = canonical.iter().map(|word| word.as_str().unwrap());
        let expected: Vec<Kind> = words
            .filter_map(|word| kind(name, word, direction))
            .collect();
        assert_eq!(sorted(claims), sorted(expected), "{place}");
    }
    let Some(first) = observations.first() else {
        return;
    };
    let seen = seen(first);
    for (field, expected) in expect.as_object().unwrap() {
        if !is_elsewhere(first, field, expected) {
            match (seen[field].as_f64(), expected.as_f64()) {
                (Some(seen), Some(expected)) => assert_eq!(seen, expected, "{place}: {field}"),
                _ => assert_eq!(&seen[field], expected, "{place}: {field}"),
            }
        }
    }
    let text = String::from_utf8_lossy(body);
    let checked = check(name, &json!({ "body": text }), now()).unwrap();
    let events = checked["events"].as_array().unwrap();
    assert!(
        events
            .iter()
            .all(|event| event["call"]["provider_call_id"].is_string())
    );
    assert_eq!(checked["reply"]["status"], 200, "{place}");
}

/// What the index names and an observation has no field for: a made-up id, keys that were pressed, the length of a part of the call.
fn is_elsewhere(observation: &Observation, field: &str, expected: &Value) -> bool {
    match field {
        "canonical" | "digit" => true,
        "call_id" => expected.is_null() && observation.made_up,
        "duration_s" => {
            observation.claims == [Kind::TransferEnded]
                || observation.claims == [Kind::RecordingReady]
        }
        _ => false,
    }
}

/// Platforms that say when the target of a transfer has picked up; of the others the beginning is all there is.
const TELL_WHEN_A_TARGET_ANSWERS: [&str; 3] = ["retell", "twilio", "freeswitch"];

/// The facts' names for what happened, as design and documentation map them to ours.
fn kind(name: &str, word: &str, direction: Option<&str>) -> Option<Kind> {
    Some(match word {
        "pre_call" if direction == Some("outbound") => Kind::Dialing,
        "pre_call" => Kind::Incoming,
        "call_started" => Kind::Started,
        "call_answered" => Kind::Answered,
        "call_ended" => Kind::Ended,
        "transfer_started" if TELL_WHEN_A_TARGET_ANSWERS.contains(&name) => return None,
        "transfer_started" | "transfer_answered" => Kind::TransferStarted,
        "transfer_ended" => Kind::TransferEnded,
        "voicemail_detected" => Kind::VoicemailDetected,
        "recording_ready" => Kind::RecordingReady,
        "outcome_ready" => Kind::Analyzed,
        "tool_call" => Kind::ToolCalled,
        "transcript_ready" | "transfer_requested" => return None,
        other => panic!("the index speaks of {other}"),
    })
}

fn sorted(mut kinds: Vec<Kind>) -> Vec<Kind> {
    kinds.sort_unstable();
    kinds
}

/// An observation under the index's names.
fn seen(observation: &Observation) -> Value {
    let call = &observation.call;
    let analysis = call.analysis.clone().unwrap_or_default();
    let tool = observation.tool.clone().unwrap_or_default();
    let transfer = call.transfer.clone().unwrap_or_default();
    let recording = call.recording.clone().unwrap_or_default();
    let success = match (observation.provider.as_str(), analysis.success) {
        ("elevenlabs", Some(true)) => json!("success"),
        ("vapi", success) => success.map(|success| success.to_string()).into(),
        (_, success) => json!(success),
    };
    let inbound = call.direction.as_deref() == Some("inbound");
    let (customer, ours) = match inbound {
        true => (&call.from, &call.to),
        false => (&call.to, &call.from),
    };
    json!({
        "call_id": call.provider_call_id,
        "provider_call_id": call.session_id,
        "session_id": call.session_id,
        "parent_id": call.parent_id,
        "parent_call_id": call.parent_id,
        "direction": call.direction,
        "from": call.from,
        "to": call.to,
        "customer": call.customer_number(),
        "agent_number": ours,
        "phone": customer,
        "trunk_number": ours,
        "agent": call.agent.clone().and_then(|agent| agent.id),
        "campaign": call.campaign.clone().and_then(|campaign| campaign.id),
        "contact": call.contact.get("id"),
        "status": call.status,
        "answered": call.connected,
        "end_reason": call.end_reason,
        "end_cause": call.metadata.get("cause"),
        "duration_s": call.duration_s,
        "talk_s": call.talk_s,
        "summary": analysis.summary,
        "success": success,
        "sentiment": analysis.sentiment,
        "structured": analysis.structured,
        "variables": call.variables,
        "recording_url": recording.url,
        "recording_name": call.metadata.get("recording_name"),
        "recording_duration_s": recording.duration_s,
        "transcript_turns": call.transcript.len(),
        "transfer_to": transfer.to,
        "transfer_ok": transfer.status.as_deref() == Some("connected"),
        "transfer_status": transfer.status.map(|status| status.replace("connected", "completed")),
        "tool": observation.tool.as_ref().map(|tool| tool.name.clone()).filter(|name| !name.is_empty()),
        "tool_call_id": tool.id,
        "arguments": tool.arguments,
    })
}
