//! Plivo: forms about a call's way, answered in Plivo's XML. Facts: docs/providers/plivo.md.

mod call;
mod signature;
mod simulate;

use crate::message::{Message, call_id, fingerprint};
use crate::{Answer, Field, Played, Provider, Reply, Request, Signature, Unreadable};
use crate::{asked, body, field, policy, settings, time};
use calls::{Kind, Observation, Policy};
use kernel::Timestamp;
use serde_json::Value;
use std::sync::Arc;

pub struct Plivo;

const NAME: &str = "plivo";

impl Provider for Plivo {
    fn name(&self) -> &'static str {
        NAME
    }

    fn title(&self) -> &'static str {
        "Plivo"
    }

    fn fields(&self) -> &'static [Field] {
        const FIELDS: &[Field] = &[settings::secret(
            "Auth token",
            "On the first page of Plivo's console.",
        )];
        FIELDS
    }

    fn verify(&self, request: &Request<'_>, auth: &Value, now: Timestamp) -> Signature {
        signature::verify(request, auth, now)
    }

    fn read(&self, request: &Request<'_>) -> Result<Vec<Observation>, Unreadable> {
        let raw = Arc::new(body::read(request)?);
        let event = field::text(&raw, &["/Event"]).unwrap_or_else(|| "callback".into());
        let id = call_id(&raw, &event, &["/CallUUID"])?;
        let message = Message {
            provider: NAME,
            event: &event,
            at: time::utc(
                &raw,
                &["/EndTime", "/AnswerTime", "/SessionStart", "/StartTime"],
            ),
            raw: &raw,
        };
        let mut call = call::snapshot(&raw, id);
        let (claims, key) = match event.as_str() {
            "Ring" => (vec![Kind::Started], String::new()),
            "StartApp" => (call::asks(&call), call.status.clone().unwrap_or_default()),
            "MachineDetection" => (call::detected(&raw), String::new()),
            "Hangup" => {
                call::end(&raw, &mut call);
                (vec![Kind::Ended], String::new())
            }
            _ => (vec![], fingerprint(request.content())),
        };
        let is_over = event == "Hangup";
        let mut observation = message.observe(&key, claims, call);
        observation.complete = is_over;
        observation.no_analysis_to_come = is_over;
        Ok(vec![observation])
    }

    fn reply(&self, _: &Request<'_>, read: &[Observation], answer: &Answer) -> Reply {
        match asked(read) {
            Some(_) => Reply::spoken(answer.only(), "Speak"),
            None => Reply::xml(""),
        }
    }

    fn policy(&self) -> Policy {
        policy::telephone()
    }

    fn tells_words(&self) -> bool {
        false
    }

    fn simulate(&self, played: &Played<'_>) -> Vec<String> {
        simulate::messages(played)
    }
}
