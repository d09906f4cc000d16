//! Aircall's call object. Its duration has the ringing in it; the talk is from the answer to the end.

use crate::people::Person;
use crate::{ending, field, number, time};
use calls::Snapshot;
use calls::call::Agent;
use serde_json::{Map, Value};

pub fn snapshot(data: &Value, provider_call_id: String, is_call: bool) -> Snapshot {
    let mut call = Snapshot {
        provider_call_id,
        ..Snapshot::default()
    };
    if is_call {
        fill(data, &mut call);
    }
    call
}

fn fill(data: &Value, call: &mut Snapshot) {
    let text = |pointers: &[&str]| field::text(data, pointers);
    let number = |pointer: &str| text(&[pointer]).map(|text| number::shown(&text));
    let (theirs, ours) = (number("/raw_digits"), number("/number/digits"));
    call.direction = text(&["/direction"]).filter(|way| way == "inbound" || way == "outbound");
    (call.from, call.to) = match call.direction.as_deref() {
        Some("inbound") => (theirs.clone(), ours),
        Some("outbound") => (ours, theirs.clone()),
        _ => (None, None),
    };
    call.agent = text(&["/user/id"]).map(|id| Agent {
        id: Some(id),
        name: text(&["/user/name"]),
        ..Agent::default()
    });
    call.contact = contact(data, theirs);
    call.started_at = time::at(data, &["/started_at"]);
    call.answered_at = time::at(data, &["/answered_at"]);
    call.ended_at = time::at(data, &["/ended_at"]);
    let is_over = data["status"] == "done" || call.ended_at.is_some();
    if is_over {
        call.duration_s = field::number(data, &["/duration"]).filter(|seconds| *seconds >= 0.0);
        let span = call.answered_at.zip(call.ended_at);
        call.talk_s = span.and_then(|(answer, end)| time::seconds_between(answer, end));
    }
    end(data, is_over, call);
    call.metadata = metadata(data);
}

fn end(data: &Value, is_over: bool, call: &mut Snapshot) {
    if let Some(reason) = field::text(data, &["/missed_call_reason", "/hangup_cause"]) {
        ending::apply(&reason, call);
    }
    match (is_over, call.answered_at.is_some()) {
        (true, true) => call.status = Some("completed".into()),
        (true, false) => ending::unanswered(call),
        (false, true) => call.status = Some("in-progress".into()),
        (false, false) => call.status = Some("ringing".into()),
    }
}

fn contact(data: &Value, phone: Option<String>) -> Map<String, Value> {
    let told = &data["contact"];
    let text = |pointers: &[&str]| field::text(told, pointers);
    let names = [text(&["/first_name"]), text(&["/last_name"])];
    let names: Vec<String> = names.into_iter().flatten().collect();
    let person = Person {
        id: text(&["/id"]),
        name: Some(names.join(" ")).filter(|name| !name.is_empty()),
        email: text(&["/emails/0/value"]),
        phone,
    };
    let mut contact = person.contact();
    if let Some(company) = text(&["/company_name"]) {
        contact.insert("company".into(), company.into());
    }
    contact
}

fn metadata(data: &Value) -> Map<String, Value> {
    let names = |pointer: &str, member: &str| -> Vec<Value> {
        let listed = field::list(data, &[pointer]).iter();
        listed
            .filter_map(|item| item.get(member).cloned())
            .collect()
    };
    let lists = [
        ("tags", names("/tags", "name")),
        ("comments", names("/comments", "content")),
    ];
    let told = lists.into_iter().filter(|(_, list)| !list.is_empty());
    told.map(|(name, list)| (name.into(), list.into()))
        .collect()
}
