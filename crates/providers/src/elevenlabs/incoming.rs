//! The question before an incoming call. It knows the network's call, not yet the conversation: `session_id` is what both share.

use super::{NAME, report};
use crate::message::{Message, call_id};
use crate::reply::{apart, merge};
use crate::{Reply, Unreadable, field, number};
use calls::{Kind, Observation, Snapshot};
use serde_json::{Value, json};
use std::sync::Arc;

pub fn is_one(raw: &Value) -> bool {
    ["caller_id", "called_number", "call_sid"]
        .iter()
        .all(|name| raw.get(*name).is_some())
}

pub fn read(raw: Value) -> Result<Observation, Unreadable> {
    let event = "conversation_initiation";
    let sid = call_id(&raw, event, &["/call_sid"])?;
    let number = |pointer: &str| field::text(&raw, &[pointer]).map(|text| number::shown(&text));
    let call = Snapshot {
        provider_call_id: sid.clone(),
        session_id: Some(sid),
        direction: Some("inbound".into()),
        from: number("/caller_id"),
        to: number("/called_number"),
        agent: report::agent(&raw),
        status: Some("ringing".into()),
        ..Snapshot::default()
    };
    let message = Message {
        provider: NAME,
        event,
        at: None,
        raw: &Arc::new(raw),
    };
    Ok(message.observe("", vec![Kind::Incoming], call))
}

pub fn reply(given: Option<Value>) -> Reply {
    let own_words = [
        "type",
        "dynamic_variables",
        "conversation_config_override",
        "custom_llm_extra_body",
        "user_id",
    ];
    let (mut answer, variables) = apart(given, &own_words);
    answer.insert("type".into(), "conversation_initiation_client_data".into());
    merge(&mut answer, "dynamic_variables", variables);
    Reply::json(&json!(answer))
}
