//! The post-call webhook. It has no direction; only calls of a campaign, which are outgoing, have a lead.

use super::NAME;
use crate::message::{Message, claims};
use crate::people::Person;
use crate::{ending, field, number, talk, time};
use calls::call::{Analysis, Campaign, Recording, Turn};
use calls::{Kind, Observation, Snapshot, end_reason};
use kernel::Timestamp;
use serde_json::{Map, Value};
use std::sync::Arc;

/// Words that say who hung up and are statuses of a call themselves.
const OWN_STATUSES: [&str; 2] = ["ended_by_customer", "ended_by_assistant"];

pub fn told(raw: Value, id: String) -> Observation {
    let raw = Arc::new(raw);
    let status = field::text(&raw, &["/status"]).unwrap_or_default();
    let mut call = snapshot(&raw, id);
    ending::apply(&status, &mut call);
    if OWN_STATUSES.contains(&status.as_str()) {
        call.status = Some(status.clone());
    }
    if matches!(
        end_reason::class(&status),
        "no_answer" | "busy" | "canceled"
    ) {
        ending::unanswered(&mut call);
    }
    let is_voicemail = call.answered_by.is_some();
    let claims = claims([
        (Kind::Ended, true),
        (Kind::VoicemailDetected, is_voicemail),
        (Kind::RecordingReady, call.recording.is_some()),
        (Kind::Analyzed, call.analysis.is_some()),
    ]);
    let message = Message {
        provider: NAME,
        event: "post_call",
        at: call.ended_at,
        raw: &raw,
    };
    Observation {
        complete: true,
        no_analysis_to_come: call.analysis.is_none(),
        ..message.observe("", claims, call)
    }
}

fn snapshot(raw: &Value, provider_call_id: String) -> Snapshot {
    let text = |pointers: &[&str]| field::text(raw, pointers);
    let customer = text(&["/customer_phone", "/lead/phone_number"]);
    let person = Person {
        id: text(&["/lead/id"]),
        phone: customer.clone(),
        ..Person::default()
    };
    let mut contact = field::object(raw, &["/lead/variables"])
        .cloned()
        .unwrap_or_default();
    contact.extend(person.contact());
    let started_at = time::at(raw, &["/created_at"]);
    Snapshot {
        provider_call_id,
        direction: raw["lead"].is_object().then(|| "outbound".into()),
        from: text(&["/assistant_phone"]).as_deref().map(number::shown),
        to: customer.as_deref().map(number::shown),
        campaign: text(&["/lead/campaign/id", "/campaign/id"]).map(|id| Campaign {
            id: Some(id),
            name: text(&["/lead/campaign/name", "/campaign/name"]),
            kind: Some("outbound".into()),
            ..Campaign::default()
        }),
        contact,
        started_at,
        ended_at: time::at(raw, &["/finished_at"]),
        duration_s: field::number(raw, &["/duration"]).filter(|seconds| *seconds >= 0.0),
        transcript: transcript(raw).into(),
        recording: text(&["/recording_url"]).map(|url| Recording {
            url: Some(url),
            ..Recording::default()
        }),
        analysis: analysis(raw),
        variables: field::object(raw, &["/input_variables"])
            .cloned()
            .unwrap_or_default(),
        ..Snapshot::default()
    }
}

/// `status` and `summary` are there always, and are not outcomes of the user's own.
fn analysis(raw: &Value) -> Option<Analysis> {
    let extracted = &raw["extracted_variables"];
    let own = |name: &str| name != "status" && name != "summary";
    let structured: Map<String, Value> = extracted
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(name, _)| own(name))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let analysis = Analysis {
        summary: field::text(extracted, &["/summary"]),
        success: extracted["status"].as_bool(),
        structured,
        ..Analysis::default()
    };
    (!analysis.is_empty()).then_some(analysis)
}

fn transcript(raw: &Value) -> Vec<Turn> {
    let listed = field::list(raw, &["/transcript"]);
    let first = listed.first().and_then(said_at);
    match listed.is_empty() {
        false => listed.iter().filter_map(|said| turn(said, first)).collect(),
        true => talk::lines(
            &field::text(raw, &["/transcript"]).unwrap_or_default(),
            &[("AI", "agent"), ("Customer", "customer")],
        ),
    }
}

fn said_at(said: &Value) -> Option<Timestamp> {
    time::at(said, &["/timestamp"])
}

/// Times are counted from the first turn: the clock of the turns is not that of `created_at`.
fn turn(said: &Value, first: Option<Timestamp>) -> Option<Turn> {
    let role = match said["sender"].as_str()? {
        "bot" | "ai" | "assistant" | "agent" => "agent",
        "human" | "user" | "customer" => "customer",
        _ => return None,
    };
    let span = first.zip(said_at(said));
    Some(Turn {
        start_s: span.and_then(|(first, at)| time::seconds_between(first, at)),
        ..talk::turn(role, &field::text(said, &["/text"])?)
    })
}
