//! `post_call_transcription`, all about a call that is over, and `post_call_audio`, its sound.

use super::analysis;
use super::sound::address;
use crate::message::{Message, claims};
use crate::people::Person;
use crate::{ending, field, number, talk, time};
use calls::call::{Agent, Recording, Turn};
use calls::{Kind, Observation, Snapshot};
use jiff::SignedDuration;
use serde_json::{Map, Value, json};

pub fn told(message: &Message<'_>, data: &Value, id: String) -> Observation {
    let mut call = snapshot(data, id);
    let is_voicemail = detected_voicemail(data) || call.answered_by.as_deref() == Some("voicemail");
    if is_voicemail {
        call.answered_by = Some("voicemail".into());
    }
    let claims = claims([
        (Kind::Ended, true),
        (Kind::VoicemailDetected, is_voicemail),
        (Kind::Analyzed, call.analysis.is_some()),
    ]);
    let has_analysis = call.analysis.is_some();
    let ended_at = call.ended_at;
    let mut observation = message.observe("", claims, call);
    observation.at = ended_at.or(observation.at);
    observation.complete = true;
    observation.no_analysis_to_come = !has_analysis;
    observation
}

fn snapshot(data: &Value, provider_call_id: String) -> Snapshot {
    let text = |pointers: &[&str]| field::text(data, pointers);
    let number = |pointer: &str| text(&[pointer]).map(|text| number::shown(&text));
    let (theirs, ours) = (
        number("/metadata/phone_call/external_number"),
        number("/metadata/phone_call/agent_number"),
    );
    let direction = text(&["/metadata/phone_call/direction"]);
    let contact = Person {
        id: text(&["/user_id"]),
        phone: theirs.clone(),
        ..Person::default()
    };
    let (from, to) = match direction.as_deref() {
        Some("inbound") => (theirs, ours),
        Some("outbound") => (ours, theirs),
        _ => (None, None),
    };
    let started_at = time::at(data, &["/metadata/start_time_unix_secs"]);
    let duration_s = field::number(data, &["/metadata/call_duration_secs"]);
    let mut call = Snapshot {
        provider_call_id,
        session_id: text(&["/metadata/phone_call/call_sid"]),
        direction,
        from,
        to,
        agent: agent(data),
        contact: contact.contact(),
        started_at,
        answered_at: time::at(data, &["/metadata/accepted_time_unix_secs"]),
        ended_at: started_at.and_then(|start| {
            let length = SignedDuration::try_from_secs_f64(duration_s?).ok()?;
            start.checked_add(length).ok()
        }),
        duration_s,
        transcript: field::list(data, &["/transcript"])
            .iter()
            .filter_map(turn)
            .collect::<Vec<_>>()
            .into(),
        analysis: analysis::read(data),
        variables: variables(data),
        ..Snapshot::default()
    };
    if let Some(reason) = text(&["/metadata/termination_reason"]) {
        ending::apply(&reason, &mut call);
    }
    let failed = text(&["/status"]).as_deref() == Some("failed");
    call.status = call.status.or(Some(match failed {
        true => "failed".into(),
        false => "completed".into(),
    }));
    call
}

pub fn agent(data: &Value) -> Option<Agent> {
    let text = |pointer: &str| field::text(data, &[pointer]);
    let agent = Agent {
        id: text("/agent_id"),
        name: text("/agent_name"),
        language: text(
            "/conversation_initiation_client_data/conversation_config_override/agent/language",
        ),
        version: text("/version_id"),
        profile: None,
    };
    (agent != Agent::default()).then_some(agent)
}

fn turn(said: &Value) -> Option<Turn> {
    let role = match said["role"].as_str()? {
        "agent" => "agent",
        "user" => "customer",
        _ => return None,
    };
    Some(Turn {
        start_s: field::number(said, &["/time_in_call_secs"]),
        ..talk::turn(role, &field::text(said, &["/message"])?)
    })
}

fn detected_voicemail(data: &Value) -> bool {
    let mut turns = field::list(data, &["/transcript"]).iter();
    turns.any(|turn| {
        let mut tools = field::list(turn, &["/tool_calls"]).iter();
        tools.any(|tool| tool["tool_name"] == "voicemail_detection")
    })
}

/// What was given to the agent; `system__…` is the platform's own.
fn variables(data: &Value) -> Map<String, Value> {
    let given = field::object(
        data,
        &["/conversation_initiation_client_data/dynamic_variables"],
    );
    let given = given.into_iter().flatten();
    given
        .filter(|(name, _)| !name.starts_with("system__"))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

pub fn sound(message: &Message<'_>, data: &Value, provider_call_id: String) -> Observation {
    let call = Snapshot {
        agent: agent(data),
        recording: Some(Recording {
            url: Some(address(&provider_call_id)),
            format: Some("mp3".into()),
            ..Recording::default()
        }),
        provider_call_id,
        ..Snapshot::default()
    };
    message.observe("", vec![Kind::RecordingReady], call)
}

/// Megabytes of sound have no place among the facts of a call: what is kept is how much there was.
pub fn leave_out_sound(raw: &mut Value, taken: Option<usize>) {
    if let Some(sound) = raw.pointer_mut("/data/full_audio") {
        let letters = taken.or(sound.as_str().map(str::len)).unwrap_or_default();
        *sound = json!({ "left_out_base64_letters": letters });
    }
}
