//! The `call` object of our own event form, field by field as the API documents it.

use super::fields::{Fields, LONG, SHORT, URL};
use crate::call::{Agent, Analysis, Campaign, Recording, Snapshot, Transfer, Turn};
use serde_json::{Map, Value};

const MOST_TURNS: usize = 20_000;
const DIRECTIONS: [&str; 4] = ["inbound", "outbound", "web", "unknown"];

pub(super) fn read(call: &Fields<'_>) -> Snapshot {
    Snapshot {
        provider_call_id: provider_call_id(call),
        parent_id: call.id("parent_id"),
        phone_type: None,
        session_id: call.id("session_id"),
        direction: call.word("direction", &DIRECTIONS),
        from: call.id("from"),
        to: call.id("to"),
        agent: call.object("agent", agent),
        campaign: call.object("campaign", campaign),
        contact: contact(call),
        status: call.id("status"),
        answered_by: call.id("answered_by"),
        connected: call.truth("connected"),
        started_at: call.time("started_at"),
        answered_at: call.time("answered_at"),
        ended_at: call.time("ended_at"),
        duration_s: call.seconds("duration_s"),
        talk_s: call.seconds("talk_s"),
        end_reason: call.text("end_reason", SHORT),
        ended_by: call.id("ended_by"),
        disposition: call.text("disposition", SHORT),
        transcript: call.list("transcript", MOST_TURNS, turn).into(),
        recording: call.object("recording", recording),
        analysis: call.object("analysis", analysis),
        transfer: call.object("transfer", transfer),
        variables: call.map("variables"),
        metadata: call.map("metadata"),
        tools: Map::new(),
    }
}

fn provider_call_id(call: &Fields<'_>) -> String {
    let id = call.required("provider_call_id", call.id("provider_call_id"));
    if id.as_deref() == Some("") {
        call.wrong("provider_call_id", "is empty");
    }
    id.unwrap_or_default()
}

fn agent(agent: &Fields<'_>) -> Agent {
    Agent {
        id: agent.id("id"),
        name: agent.text("name", SHORT),
        language: agent.id("language"),
        version: match agent.value("version") {
            Some(Value::Number(number)) => Some(number.to_string()),
            _ => agent.id("version"),
        },
        profile: None,
    }
}

fn campaign(campaign: &Fields<'_>) -> Campaign {
    Campaign {
        id: campaign.id("id"),
        name: campaign.text("name", SHORT),
        kind: campaign.id("type"),
        profile: None,
    }
}

/// Columns of the sender's own are taken as they are; the known ones are texts.
fn contact(call: &Fields<'_>) -> Map<String, Value> {
    call.object("contact", |contact| {
        for name in ["first_name", "last_name", "email", "company", "phone"] {
            contact.text(name, SHORT);
        }
        if !matches!(contact.value("id"), Some(Value::Number(_))) {
            contact.id("id");
        }
    });
    match call.value("contact") {
        Some(Value::Object(_)) => call.map("contact"),
        _ => Map::new(),
    }
}

fn turn(turn: &Fields<'_>) -> Turn {
    Turn {
        role: role(turn),
        text: turn.text("text", LONG).unwrap_or_default(),
        start_s: turn.seconds("start_s"),
        end_s: turn.seconds("end_s"),
    }
}

/// Other systems' words for the two sides are as clear as ours.
fn role(turn: &Fields<'_>) -> String {
    let said = turn.text("role", SHORT).unwrap_or_default().to_lowercase();
    match said.as_str() {
        "" | "agent" | "customer" | "system" | "tool" | "third_party" => said,
        "assistant" | "bot" | "ai" => "agent".into(),
        "user" | "human" | "caller" | "contact" | "lead" => "customer".into(),
        _ => {
            let roles = "agent, customer, system, tool or third_party";
            turn.wrong("role", format!("unknown role \"{said}\": use {roles}"));
            said
        }
    }
}

fn recording(recording: &Fields<'_>) -> Recording {
    Recording {
        link: None,
        url: recording.text("url", URL),
        channels: recording.count("channels"),
        format: recording.id("format"),
        duration_s: recording.seconds("duration_s"),
        expires_at: recording.time("expires_at"),
    }
}

fn analysis(analysis: &Fields<'_>) -> Analysis {
    Analysis {
        summary: analysis.text("summary", LONG),
        success: analysis.truth("success"),
        sentiment: analysis.text("sentiment", SHORT),
        structured: analysis.map("structured"),
        answers: analysis.map("answers"),
        ..Analysis::default()
    }
}

fn transfer(transfer: &Fields<'_>) -> Transfer {
    Transfer {
        to: transfer.id("to"),
        mode: transfer.id("mode"),
        status: transfer.id("status"),
        at: transfer.time("at"),
    }
}
