//! Retell's call object, which every event carries as far as it is known, and the three events of a call's life.

use super::{analysis, at};
use crate::message::{Message, call_id};
use crate::{Unreadable, ending, field, number, talk, time};
use calls::{Kind, Observation, Snapshot, call, end_reason};
use serde_json::Value;

pub fn read(raw: &Value, event: &str) -> Result<Snapshot, Unreadable> {
    let id = call_id(raw, event, &["/call/call_id"])?;
    Ok(snapshot(&raw["call"], id))
}

pub fn snapshot(told: &Value, provider_call_id: String) -> Snapshot {
    let text = |pointers: &[&str]| field::text(told, pointers);
    let number = |pointer: &str| text(&[pointer]).map(|text| number::shown(&text));
    let mut variables = map(told, "/retell_llm_dynamic_variables");
    variables.extend(map(told, "/collected_dynamic_variables"));
    let mut call = Snapshot {
        provider_call_id,
        session_id: text(&["/telephony_identifier/twilio_call_sid"]),
        direction: match text(&["/call_type"]).as_deref() {
            Some("web_call") => Some("web".into()),
            _ => text(&["/direction"]),
        },
        from: number("/from_number"),
        to: number("/to_number"),
        agent: agent(told),
        started_at: at(told, "/start_timestamp"),
        ended_at: at(told, "/end_timestamp"),
        transcript: transcript(told).into(),
        recording: recording(told),
        analysis: analysis::read(told),
        variables,
        metadata: map(told, "/metadata"),
        ..Snapshot::default()
    };
    let span = call.started_at.zip(call.ended_at);
    call.duration_s = field::number(told, &["/duration_ms"])
        .map(|milliseconds| milliseconds / 1e3)
        .filter(|seconds| *seconds >= 0.0)
        .or_else(|| span.and_then(|(start, end)| time::seconds_between(start, end)));
    let status = text(&["/call_status"]).unwrap_or_default();
    match text(&["/disconnection_reason"]) {
        Some(reason) => ending::apply(&reason, &mut call),
        None if status == "ongoing" => call.status = Some("in-progress".into()),
        None => {}
    }
    if status == "not_connected" {
        ending::unanswered(&mut call);
    }
    call
}

fn map(told: &Value, pointer: &str) -> serde_json::Map<String, Value> {
    field::object(told, &[pointer]).cloned().unwrap_or_default()
}

pub fn agent(told: &Value) -> Option<call::Agent> {
    let text = |pointer: &str| field::text(told, &[pointer]);
    let agent = call::Agent {
        id: text("/agent_id"),
        name: text("/agent_name"),
        language: None,
        version: text("/agent_version"),
        profile: None,
    };
    (agent != call::Agent::default()).then_some(agent)
}

/// Not sent for calls that never connect, so a start is an answer too.
pub fn told(message: &Message<'_>, call: Snapshot) -> Observation {
    let reason = call.end_reason.as_deref().unwrap_or_default();
    let is_voicemail = end_reason::class(reason) == "voicemail"
        || message.raw["call"]["call_analysis"]["in_voicemail"] == true;
    let mut claims = match message.event {
        "call_started" => vec![Kind::Started, Kind::Answered],
        "call_ended" => vec![Kind::Ended],
        _ => vec![Kind::Analyzed],
    };
    if is_voicemail && message.event != "call_started" {
        claims.push(Kind::VoicemailDetected);
    }
    if call.recording.is_some() && message.event == "call_ended" {
        claims.push(Kind::RecordingReady);
    }
    let at = match message.event {
        "call_started" => call.started_at,
        "call_ended" => call.ended_at,
        _ => None,
    };
    let mut observation = message.observe(&version(message), claims, call);
    observation.at = at;
    observation.complete = message.event == "call_ended";
    observation
}

/// An analysis may be run again; a call starts and ends once.
fn version(message: &Message<'_>) -> String {
    match message.event {
        "call_analyzed" => {
            let analysis = message.raw["call"]["call_analysis"].to_string();
            crate::message::fingerprint(analysis.as_bytes())
        }
        _ => String::new(),
    }
}

fn transcript(told: &Value) -> Vec<call::Turn> {
    let listed = field::list(told, &["/transcript_object"]);
    let turns: Vec<_> = listed.iter().filter_map(turn).collect();
    match turns.is_empty() {
        false => turns,
        true => talk::lines(
            &field::text(told, &["/transcript"]).unwrap_or_default(),
            &[
                ("Agent", "agent"),
                ("User", "customer"),
                ("Transfer Target", "third_party"),
            ],
        ),
    }
}

fn turn(said: &Value) -> Option<call::Turn> {
    let role = match said["role"].as_str()? {
        "agent" => "agent",
        "user" => "customer",
        "transfer_target" => "third_party",
        _ => return None,
    };
    let words = field::list(said, &["/words"]);
    Some(call::Turn {
        start_s: field::number(words.first().unwrap_or(&Value::Null), &["/start"]),
        end_s: field::number(words.last().unwrap_or(&Value::Null), &["/end"]),
        ..talk::turn(role, &field::text(said, &["/content"])?)
    })
}

fn recording(told: &Value) -> Option<call::Recording> {
    let mono = ["/recording_url", "/scrubbed_recording_url"];
    let multi = [
        "/recording_multi_channel_url",
        "/scrubbed_recording_multi_channel_url",
    ];
    let (url, channels) = match field::text(told, &mono) {
        Some(url) => (url, 1),
        None => (field::text(told, &multi)?, 2),
    };
    Some(call::Recording {
        url: Some(url),
        channels: Some(channels),
        ..call::Recording::default()
    })
}
