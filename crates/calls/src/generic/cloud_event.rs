//! CloudEvents 1.0 in structured mode: the envelope around an event of ours. What `data` does not say itself, the
//! envelope's `type`, `id` and `time` say.

use super::fields::{At, Fields, Problems};
use crate::Kind;
use kernel::Problem;
use serde_json::Value;

pub(super) fn is_one(value: &Value) -> bool {
    value.get("specversion").is_some()
}

/// The event inside. Problems have paths into the envelope.
pub fn unwrap_cloud_event(mut value: Value) -> Result<Value, Vec<Problem>> {
    let problems = Problems::default();
    if let Some(envelope) = Fields::of(&value, At::Root, &problems) {
        check(&envelope);
    }
    let problems = problems.found();
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut event = value["data"].take();
    let object = event.as_object_mut().expect("checked to be an object");
    for (own, outer) in [("kind", "type"), ("id", "id"), ("at", "time")] {
        if object.get(own).is_none_or(Value::is_null)
            && let Some(said) = value.get_mut(outer).map(Value::take)
        {
            let said = if own == "kind" { kind(said) } else { said };
            object.insert(own.into(), said);
        }
    }
    Ok(event)
}

fn check(envelope: &Fields<'_>) {
    if let Some(version) = envelope.id("specversion")
        && version != "1.0"
    {
        let message = format!("CloudEvents \"{version}\" are not known, only 1.0");
        envelope.wrong("specversion", message);
    }
    if envelope.value("data_base64").is_some() {
        envelope.wrong("data_base64", "the event must be JSON in data");
    } else {
        envelope.required("data", envelope.object("data", |_| ()));
    }
}

/// A type is often a reversed domain name that ends in our kind: `com.example.call.ended`.
fn kind(said: Value) -> Value {
    let known = said.as_str().and_then(|said| {
        let ends_in = |kind: &Kind| {
            let before = said.strip_suffix(kind.name());
            before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
        };
        Kind::MOMENTS.into_iter().find(ends_in)
    });
    known.map_or(said, |kind| kind.name().into())
}
