//! The envelope all of Vapi's server messages share, `{"message": {"type", "timestamp", "call", …}}`, and the two that come before a call.
//! A message about a call without its id is refused; one of an unknown type never gets that far.

use super::snapshot;
use crate::{Unreadable, body, field, number, time};
use calls::{Kind, Observation, Snapshot, call};
use serde_json::{Map, Value};
use std::sync::Arc;

pub const NAME: &str = "vapi";

pub struct Message {
    raw: Arc<Value>,
}

impl Message {
    pub fn parse(bytes: &[u8]) -> Result<Self, Unreadable> {
        let raw = body::json(bytes)?;
        match raw.pointer("/message/type") {
            Some(Value::String(_)) => Ok(Self { raw: Arc::new(raw) }),
            _ => Err(Unreadable {
                path: "/message/type".into(),
                message: "every message of Vapi has a type here, this one has none".into(),
            }),
        }
    }

    pub fn kind(&self) -> &str {
        self.body()["type"].as_str().unwrap_or_default()
    }

    /// What is under `message`.
    pub fn body(&self) -> &Value {
        &self.raw["message"]
    }

    pub fn text(&self, pointers: &[&str]) -> Option<String> {
        field::text(self.body(), pointers)
    }

    /// An observation of the call this message is about. `key` tells it from others of the same type and call.
    pub fn observe(&self, key: Option<&str>, claims: Vec<Kind>) -> Result<Observation, Unreadable> {
        let call_id = self.text(&["/call/id"]).ok_or_else(|| Unreadable {
            path: "/message/call/id".into(),
            message: format!("a message of type {} needs the id of its call", self.kind()),
        })?;
        let sent_at = self.text(&["/timestamp"]);
        let key = key.or(sent_at.as_deref()).unwrap_or("-");
        let dedupe = format!("{}:{call_id}:{key}", self.kind());
        Ok(self.wrap(dedupe, claims, snapshot::read(self.body(), call_id)))
    }

    /// A message of a type that nothing is known of: it is kept, if it is about a call.
    pub fn keep(&self) -> Option<Observation> {
        self.observe(None, vec![]).ok()
    }

    fn wrap(&self, dedupe: String, claims: Vec<Kind>, call: Snapshot) -> Observation {
        Observation {
            provider: NAME.into(),
            provider_event: self.kind().into(),
            dedupe,
            claims,
            at: time::at(self.body(), &["/timestamp"]),
            complete: false,
            no_analysis_to_come: false,
            hops: 0,
            call,
            raw: self.raw.clone(),
            ..Observation::default()
        }
    }
}

/// Someone calls a number without a fixed assistant; Vapi waits for one.
pub fn incoming(message: &Message) -> Result<Observation, Unreadable> {
    let mut observation = message.observe(None, vec![Kind::Incoming])?;
    observation.call.status = Some("ringing".into());
    Ok(observation)
}

/// A campaign is about to dial a contact. There is no call yet, so the contact lends its id.
pub fn predial(message: &Message) -> Option<Observation> {
    let body = message.body();
    let phone = message.text(&["/contact/number", "/customer/number"]);
    let campaign = message.text(&["/campaignId", "/contact/campaignId", "/campaign/id"]);
    let contact_id = message.text(&["/contact/id", "/contactId", "/customer/id"]);
    let id = contact_id.or_else(|| phone.clone())?;
    let sent_at = message.text(&["/timestamp"]);
    // The time tells one dial of a contact from the next.
    let call_id = match &sent_at {
        Some(at) => format!("predial-{id}-{at}"),
        None => format!("predial-{id}"),
    };
    let call = Snapshot {
        provider_call_id: call_id.clone(),
        direction: Some("outbound".into()),
        to: phone.as_deref().map(number::shown),
        from: message.text(&["/phoneNumber/number"]),
        campaign: campaign.map(|id| call::Campaign {
            id: Some(id),
            name: message.text(&["/campaign/name"]),
            kind: Some("outbound".into()),
            ..call::Campaign::default()
        }),
        contact: snapshot::contact(body.pointer("/contact").unwrap_or(&Value::Null)),
        status: Some("initiated".into()),
        variables: field::object(body, &["/contact/variableValues"])
            .cloned()
            .unwrap_or_else(Map::new),
        ..Snapshot::default()
    };
    let dedupe = format!(
        "{}:{call_id}:{}",
        message.kind(),
        sent_at.as_deref().unwrap_or("-")
    );
    Some(message.wrap(dedupe, vec![Kind::Dialing], call))
}
