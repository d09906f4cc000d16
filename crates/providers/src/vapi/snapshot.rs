//! What every message of Vapi says about its call: who, which way, with which assistant. Not how it went: that is in the report.

use crate::people::Person;
use crate::{field, number, time};
use calls::{Snapshot, call};
use serde_json::{Map, Value};

pub fn read(body: &Value, provider_call_id: String) -> Snapshot {
    let text = |pointers: &[&str]| field::text(body, pointers);
    let direction = text(&["/call/type"]).and_then(|kind| direction(&kind));
    let customer = text(&[
        "/customer/number",
        "/call/customer/number",
        "/customer/sipUri",
        "/call/customer/sipUri",
    ]);
    let ours = text(&[
        "/phoneNumber/number",
        "/call/phoneNumber/number",
        "/phoneNumber/sipUri",
        "/call/phoneNumber/sipUri",
    ]);
    let (from, to) = match direction {
        Some("inbound") => (customer, ours),
        Some("outbound") => (ours, customer),
        _ => (None, None),
    };
    Snapshot {
        provider_call_id,
        direction: direction.map(Into::into),
        from: from.as_deref().map(number::shown),
        to: to.as_deref().map(number::shown),
        agent: agent(body),
        campaign: text(&["/call/campaignId", "/call/campaign/id"]).map(|id| call::Campaign {
            id: Some(id),
            name: text(&["/call/campaign/name"]),
            kind: direction.map(Into::into),
            ..call::Campaign::default()
        }),
        contact: people(body),
        started_at: time::at(body, &["/startedAt", "/call/startedAt"]),
        variables: variables(body),
        metadata: field::object(
            body,
            &["/call/metadata", "/call/assistantOverrides/metadata"],
        )
        .cloned()
        .unwrap_or_default(),
        ..Snapshot::default()
    }
}

fn direction(kind: &str) -> Option<&'static str> {
    match kind {
        "inboundPhoneCall" => Some("inbound"),
        "outboundPhoneCall" => Some("outbound"),
        "webCall" | "vapi.websocketCall" => Some("web"),
        _ => None,
    }
}

fn agent(body: &Value) -> Option<call::Agent> {
    let text = |pointers: &[&str]| field::text(body, pointers);
    let agent = call::Agent {
        id: text(&["/call/assistantId", "/assistant/id", "/call/assistant/id"]),
        name: text(&["/assistant/name", "/call/assistant/name"]),
        language: text(&[
            "/assistant/transcriber/language",
            "/call/assistant/transcriber/language",
        ]),
        version: None,
        profile: None,
    };
    (agent != call::Agent::default()).then_some(agent)
}

fn people(body: &Value) -> Map<String, Value> {
    let customers = [body.pointer("/call/customer"), body.pointer("/customer")];
    let mut merged = Map::new();
    for customer in customers.into_iter().flatten() {
        merged.extend(contact(customer));
    }
    merged
}

/// A customer of a call or a contact of a campaign.
pub fn contact(customer: &Value) -> Map<String, Value> {
    let text = |pointers: &[&str]| field::text(customer, pointers);
    let person = Person {
        id: text(&["/externalId", "/id"]),
        name: text(&["/name"]),
        email: text(&["/email"]),
        phone: text(&["/number", "/sipUri"]),
    };
    person.contact()
}

/// What was given to the assistant, and over it what the call has made of it.
fn variables(body: &Value) -> Map<String, Value> {
    let given = [
        "/call/assistantOverrides/variableValues",
        "/assistantOverrides/variableValues",
        "/artifact/variableValues",
    ];
    let mut merged = Map::new();
    for pointer in given {
        if let Some(values) = field::object(body, &[pointer]) {
            merged.extend(values.clone());
        }
    }
    merged
}
