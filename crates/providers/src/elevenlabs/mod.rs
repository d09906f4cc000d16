//! ElevenLabs Agents: reports after the call, the question before it, and tools in free form. Facts: docs/providers/elevenlabs.md.

mod analysis;
mod failure;
mod incoming;
mod report;
mod signature;
mod simulate;
mod sound;

use crate::message::{Message, call_id, not_a_message};
use crate::{Answer, Field, Played, Provider, Reply, Request, Signature, Sound, Unreadable};
use crate::{asked, body, field, rehearsal, settings, time, tool};
use calls::{Kind, Observation, Snapshot};
use kernel::Timestamp;
use serde_json::Value;
use std::sync::Arc;

pub struct ElevenLabs;

const NAME: &str = "elevenlabs";

impl Provider for ElevenLabs {
    fn name(&self) -> &'static str {
        NAME
    }

    fn title(&self) -> &'static str {
        "ElevenLabs"
    }

    fn fields(&self) -> &'static [Field] {
        const FIELDS: &[Field] = &[
            settings::secret(
                "Webhook secret",
                "Shown once when the post-call webhook is made in ElevenLabs (wsec_…).",
            ),
            Field {
                name: "token",
                title: "Token for questions",
                help: "Questions before the call and tools are not signed: give them this as bearer token, or in the header below.",
                secret: true,
                required: false,
            },
            settings::OWN_HEADER,
        ];
        FIELDS
    }

    fn verify(&self, request: &Request<'_>, auth: &Value, now: Timestamp) -> Signature {
        signature::verify(request, auth, now)
    }

    fn read(&self, request: &Request<'_>) -> Result<Vec<Observation>, Unreadable> {
        let sound = sound::find(request.body);
        let mut raw = match &sound {
            Some(sound) => sound::read_rest(request.body, &sound.base64)?,
            None => body::read(request)?,
        };
        if !raw.is_object() {
            return Err(not_a_message("", "ElevenLabs", "an object"));
        }
        let event = match field::text(&raw, &["/type"]).filter(|_| raw["data"].is_object()) {
            Some(event) => event,
            None if incoming::is_one(&raw) => return Ok(vec![incoming::read(raw)?]),
            None => return Ok(vec![tool::free_form(NAME, request, raw)]),
        };
        report::leave_out_sound(&mut raw, sound.map(|sound| sound.base64.len()));
        let raw = Arc::new(raw);
        let message = Message {
            provider: NAME,
            event: &event,
            at: time::at(&raw, &["/event_timestamp"]),
            raw: &raw,
        };
        let id = call_id(&raw, &event, &["/data/conversation_id"])?;
        Ok(vec![told(&message, &raw["data"], id)])
    }

    fn sound(&self, request: &Request<'_>) -> Option<Sound> {
        sound::find(request.body)
    }

    fn reply(&self, _: &Request<'_>, read: &[Observation], answer: &Answer) -> Reply {
        match asked(read) {
            Some(Kind::Incoming) => incoming::reply(answer.only()),
            Some(_) => crate::reply::result(answer.only()),
            None => Reply::empty(),
        }
    }

    fn simulate(&self, played: &Played<'_>) -> Vec<String> {
        rehearsal::bodies(&simulate::messages(played))
    }
}

fn told(message: &Message<'_>, data: &Value, id: String) -> Observation {
    match message.event {
        "post_call_transcription" => report::told(message, data, id),
        "post_call_audio" => report::sound(message, data, id),
        "call_initiation_failure" => failure::told(message, data, id),
        _ => {
            let call = Snapshot {
                provider_call_id: id,
                ..Snapshot::default()
            };
            let sent_at = field::text(message.raw, &["/event_timestamp"]).unwrap_or_default();
            message.observe(&sent_at, vec![], call)
        }
    }
}
