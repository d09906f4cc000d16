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
    let observations = provider(name).read(&crate::world::post(&[], body)).unwrap();
    let claims: Vec<Kind> = observations
        .iter()
        .flat_map(|one| one.claims.clone())
        .collect();
    let direction = expect["direction"].as_str();
    if let Some(canonical) = expect["canonical"].as_array() {
        let words = canonical.iter().map(|word| word.as_str().unwrap());
        let expected: Vec<Kind> = words.filter_map(|word| kind(word, direction)).collect();
        assert_eq!(sorted(claims), sorted(expected), "{file}");
    }
    let Some(first) = observations.first() else {
        return;
    };
    let seen = seen(first);
    for (field, expected) in expect.as_object().unwrap() {
        if field != "canonical" {
            assert_eq!(&seen[field], expected, "{file}: {field}");
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
}

/// The facts' names for what happened, as design and documentation map them to ours.
fn kind(word: &str, direction: Option<&str>) -> Option<Kind> {
    Some(match word {
        "pre_call" if direction == Some("outbound") => Kind::Dialing,
        "pre_call" => Kind::Incoming,
        "call_started" => Kind::Started,
        "call_answered" => Kind::Answered,
        "call_ended" => Kind::Ended,
        "transfer_started" => Kind::TransferStarted,
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
    json!({
        "call_id": call.provider_call_id,
        "direction": call.direction,
        "from": call.from,
        "to": call.to,
        "campaign": call.campaign.clone().and_then(|campaign| campaign.id),
        "status": call.status,
        "end_reason": call.end_reason,
        "duration_s": call.duration_s,
        "summary": analysis.summary,
        "success": analysis.success.map(|success| success.to_string()),
        "recording_url": call.recording.clone().and_then(|recording| recording.url),
        "transcript_turns": call.transcript.len(),
        "transfer_to": call.transfer.clone().and_then(|transfer| transfer.to),
        "tool": tool.name,
        "tool_call_id": tool.id,
        "arguments": tool.arguments,
    })
}
