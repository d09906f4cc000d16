//! The question while a number rings. It names no call. An empty answer would disconnect the caller, so the neutral one keeps the agent.

use super::NAME;
use crate::message::{Message, fingerprint};
use crate::reply::{apart, merge};
use crate::{Reply, field, number};
use calls::call::Agent;
use calls::{Kind, Observation, Snapshot};
use serde_json::{Value, json};
use std::sync::Arc;

pub fn read(raw: Value) -> Observation {
    let told = &raw["call_inbound"];
    let text = |pointer: &str| field::text(told, &[pointer]);
    let named = text("/call_id");
    let made_up = named.is_none();
    let id =
        named.unwrap_or_else(|| format!("inbound-{}", fingerprint(told.to_string().as_bytes())));
    let call = Snapshot {
        provider_call_id: id,
        direction: Some("inbound".into()),
        from: text("/from_number").as_deref().map(number::shown),
        to: text("/to_number").as_deref().map(number::shown),
        agent: text("/model_id").map(|id| Agent {
            id: Some(id),
            ..Agent::default()
        }),
        status: Some("ringing".into()),
        ..Snapshot::default()
    };
    let message = Message {
        provider: NAME,
        event: "call_inbound",
        at: None,
        raw: &Arc::new(raw),
    };
    Observation {
        made_up,
        ..message.observe("", vec![Kind::Incoming], call)
    }
}

pub fn reply(given: Option<Value>) -> Reply {
    let given = match given {
        Some(Value::Object(mut answer)) => match answer.shift_remove("call_inbound") {
            Some(inner) => Some(inner),
            None => Some(Value::Object(answer)),
        },
        other => other,
    };
    let own_words = ["override_model_id", "custom_variables", "metadata"];
    let (mut answer, variables) = apart(given, &own_words);
    answer
        .entry("override_model_id")
        .or_insert_with(|| "".into());
    merge(&mut answer, "custom_variables", variables);
    Reply::json(&json!({ "call_inbound": answer }))
}
