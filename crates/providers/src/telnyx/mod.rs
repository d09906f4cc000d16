//! Telnyx: call control and AI assistants in JSON, TeXML in Twilio's dialect. Facts: docs/providers/telnyx.md.

mod call;
mod insights;
mod recording;
mod signature;
mod simulate;
mod transfer;

use crate::message::{Message, not_a_message};
use crate::reply::{apart, merge};
use crate::settings::Field;
use crate::{Answer, Played, Provider, Reply, Request, Signature, Unreadable};
use crate::{asked, body, field, policy, rehearsal, time, twiml};
use calls::{Kind, Observation, Policy, Snapshot};
use kernel::Timestamp;
use serde_json::{Value, json};
use std::sync::Arc;

pub struct Telnyx;

const NAME: &str = "telnyx";

impl Provider for Telnyx {
    fn name(&self) -> &'static str {
        NAME
    }

    fn title(&self) -> &'static str {
        "Telnyx"
    }

    fn fields(&self) -> &'static [Field] {
        const FIELDS: &[Field] = &[Field {
            name: "public_key",
            title: "Public key",
            help: "Of the account, in base64; under Keys & Credentials in Telnyx's portal.",
            secret: false,
            required: true,
        }];
        FIELDS
    }

    fn verify(&self, request: &Request<'_>, auth: &Value, now: Timestamp) -> Signature {
        signature::verify(request, auth, now)
    }

    fn read(&self, request: &Request<'_>) -> Result<Vec<Observation>, Unreadable> {
        let raw = body::read(request)?;
        if !body::looks_like_json(request.content()) {
            return Ok(vec![twiml::read(NAME, raw)?]);
        }
        let event = field::text(&raw, &["/data/event_type"])
            .ok_or_else(|| not_a_message("/data/event_type", "Telnyx", "a type"))?;
        let Some(id) = field::text(&raw, &["/data/payload/call_control_id"]) else {
            return Ok(Vec::new());
        };
        let raw = Arc::new(raw);
        let message = Message {
            provider: NAME,
            event: &event,
            at: time::at(&raw, &["/data/occurred_at"]),
            raw: &raw,
        };
        let payload = &raw["data"]["payload"];
        Ok(vec![told(&message, payload, call::snapshot(payload, id))])
    }

    fn reply(&self, request: &Request<'_>, read: &[Observation], answer: &Answer) -> Reply {
        match (body::looks_like_json(request.content()), asked(read)) {
            (true, Some(_)) => variables(answer.only()),
            (true, None) => Reply::empty(),
            (false, Some(_)) => Reply::spoken(answer.only(), "Say"),
            (false, None) => Reply::xml(""),
        }
    }

    fn policy(&self) -> Policy {
        policy::late_words()
    }

    fn simulate(&self, played: &Played<'_>) -> Vec<String> {
        rehearsal::bodies(&simulate::messages(played))
    }
}

fn told(message: &Message<'_>, payload: &Value, mut call: Snapshot) -> Observation {
    let event = message.event;
    let claims = match event {
        "assistant.initialization" => {
            call::incoming(payload, &mut call);
            vec![Kind::Incoming]
        }
        "call.initiated" => vec![Kind::Started],
        "call.answered" => {
            call.status = Some("in-progress".into());
            vec![Kind::Answered]
        }
        "call.hangup" => {
            call::end(payload, &mut call);
            vec![Kind::Ended]
        }
        "call.conversation.ended" => {
            call.duration_s = field::number(payload, &["/duration_sec"]);
            vec![Kind::Ended]
        }
        "call.bridged" | "call.refer.started" | "call.refer.completed" | "call.refer.failed" => {
            transfer::read(message, payload, &mut call)
        }
        "call.recording.saved" => {
            call.recording = recording::read(payload, message.at);
            vec![Kind::RecordingReady]
        }
        "call.conversation_insights.generated" => {
            call.analysis = insights::read(payload);
            vec![Kind::Analyzed]
        }
        "call.transcription" => {
            call.transcript = Vec::from_iter(call::spoken(payload)).into();
            vec![]
        }
        _ if event.starts_with("call.machine.") => call::detected(payload, &mut call),
        _ => vec![],
    };
    let id = field::text(message.raw, &["/data/id"]).unwrap_or_default();
    let mut observation = message.observe(&id, claims, call);
    // The conversation may be over before the line is: only the hang-up knows why.
    observation.complete = event == "call.hangup";
    observation.adds_turns = event == "call.transcription";
    observation
}

/// A flat object is ignored by Telnyx.
fn variables(given: Option<Value>) -> Reply {
    let own_words = ["dynamic_variables", "memory", "conversation"];
    let (mut answer, variables) = apart(given, &own_words);
    merge(&mut answer, "dynamic_variables", variables);
    Reply::json(&json!(answer))
}
