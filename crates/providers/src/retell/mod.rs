//! Retell AI: call events, inbound questions and custom functions. Facts: docs/providers/retell.md.

mod analysis;
mod call;
mod list;
mod reply;
mod signature;
mod simulate;
mod transfer;

use crate::message::{Message, call_id, fingerprint, not_a_message};
use crate::{Answer, CallList, Field, Played, Provider, Reply, Request, Signature, Unreadable};
use crate::{asked, body, field, number, rehearsal, settings, signature as scheme, time, tool};
use calls::{Kind, Observation, Snapshot, Tool};
use kernel::Timestamp;
use serde_json::Value;
use std::sync::Arc;

pub struct Retell;

const NAME: &str = "retell";

impl Provider for Retell {
    fn name(&self) -> &'static str {
        NAME
    }

    fn title(&self) -> &'static str {
        "Retell AI"
    }

    fn fields(&self) -> &'static [Field] {
        const FIELDS: &[Field] = &[settings::secret(
            "API key",
            "The key with the webhook badge, under API Keys in Retell's dashboard.",
        )];
        FIELDS
    }

    fn verify(&self, request: &Request<'_>, auth: &Value, now: Timestamp) -> Signature {
        signature::verify(request, auth, now)
    }

    fn call_list(&self) -> Option<&'static dyn CallList> {
        Some(&list::Calls)
    }

    fn read(&self, request: &Request<'_>) -> Result<Vec<Observation>, Unreadable> {
        let raw = body::read(request)?;
        if !raw.is_object() {
            return Err(not_a_message("", "Retell", "an object"));
        }
        let Some(event) = event(request, &raw) else {
            return function(request, raw).map(|asked| vec![asked]);
        };
        let raw = Arc::new(raw);
        let message = Message {
            provider: NAME,
            event: &event,
            at: None,
            raw: &raw,
        };
        match event.as_str() {
            "call_inbound" => Ok(vec![incoming(request, &message)]),
            "call_started" | "call_ended" | "call_analyzed" => {
                Ok(vec![call::told(&message, call::read(&raw, &event)?)])
            }
            _ if event.starts_with("transfer_") => {
                Ok(vec![transfer::told(&message, call::read(&raw, &event)?)])
            }
            // Chats have no call; of a call every other event is kept.
            _ => Ok(call::read(&raw, &event)
                .map(|call| message.observe(&fingerprint(request.content()), vec![], call))
                .into_iter()
                .collect()),
        }
    }

    fn reply(&self, _: &Request<'_>, read: &[Observation], answer: &Answer) -> Reply {
        match asked(read) {
            Some(Kind::Incoming) => reply::incoming(answer.only()),
            Some(_) => crate::reply::result(answer.only()),
            None => Reply::empty(),
        }
    }

    fn simulate(&self, played: &Played<'_>) -> Vec<String> {
        rehearsal::bodies(&simulate::messages(played))
    }
}

/// The event's name. Arguments of a function may have one called `event` too: those come without a call.
fn event(request: &Request<'_>, raw: &Value) -> Option<String> {
    let families = ["call_", "chat_", "transfer_", "transcript_"];
    let is_one = |event: &str| {
        raw["call"].is_object() || families.iter().any(|family| event.starts_with(family))
    };
    let event = field::text(raw, &["/event"]).filter(|_| !tool::is_named(request))?;
    is_one(&event).then_some(event)
}

/// A number rings. Older messages name no call: there the signature's time tells one call of a number from the next.
fn incoming(request: &Request<'_>, message: &Message<'_>) -> Observation {
    let told = &message.raw["call_inbound"];
    let named = field::text(told, &["/call_id"]);
    let made_up = named.is_none();
    let signed_at = || {
        let mut signatures = request.header(signature::HEADER);
        let times = signatures.next().map(|header| scheme::pairs(header, "v"));
        times.and_then(|mut times| times.next()).unwrap_or_default()
    };
    let id = named.unwrap_or_else(|| {
        let key = fingerprint(format!("{told}{}", signed_at()).as_bytes());
        format!("inbound-{key}")
    });
    let number = |pointer: &str| field::text(told, &[pointer]).map(|text| number::shown(&text));
    let call = Snapshot {
        provider_call_id: id,
        direction: Some("inbound".into()),
        from: number("/from_number"),
        to: number("/to_number"),
        agent: call::agent(told),
        status: Some("ringing".into()),
        ..Snapshot::default()
    };
    Observation {
        made_up,
        ..message.observe("", vec![Kind::Incoming], call)
    }
}

/// A custom function: with its call, or with nothing but its arguments.
fn function(request: &Request<'_>, raw: Value) -> Result<Observation, Unreadable> {
    if !(raw["call"].is_object() && raw["name"].is_string()) {
        return Ok(tool::free_form(NAME, request, raw));
    }
    let id = call_id(&raw, "custom function", &["/call/call_id"])?;
    let name = field::text(&raw, &["/name"]).unwrap_or_default();
    let tool = Tool {
        id: invocation(&raw, &name),
        arguments: field::arguments(raw.pointer("/args").unwrap_or(&Value::Null)),
        name,
    };
    let call = call::snapshot(&raw["call"], id);
    let message = Message {
        provider: NAME,
        event: "custom_function",
        at: None,
        raw: &Arc::new(raw),
    };
    Ok(message.ask_tool(&fingerprint(request.content()), tool, call))
}

/// The message has no id of its own; the talk so far ends with the call of the function, which has one.
fn invocation(raw: &Value, name: &str) -> Option<String> {
    let said = field::list(raw, &["/call/transcript_with_tool_calls"]);
    let asked = said
        .iter()
        .rev()
        .find(|item| item["role"] == "tool_call_invocation" && item["name"] == name)?;
    field::text(asked, &["/tool_call_id"])
}

fn at(call: &Value, pointer: &str) -> Option<Timestamp> {
    time::at(call, &[pointer])
}
