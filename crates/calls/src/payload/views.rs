//! The parts of the payload that are grouped as `${callInfo.…}`, `${analysis.…}` and `${context.…}`.

use super::{extracted, recording_url};
use crate::{Event, Snapshot};
use serde_json::{Map, Value};

pub(super) fn call_info(call: &Snapshot) -> Value {
    let fields = [
        ("from", call.from.as_deref()),
        ("to", call.to.as_deref()),
        ("type", call.direction.as_deref()),
        ("callSid", Some(call.provider_call_id.as_str())),
        ("recordingUrl", recording_url(call)),
        ("endReason", call.end_reason.as_deref()),
    ];
    let fields = fields.map(|(name, value)| (name.to_owned(), Value::from(value)));
    Value::Object(Map::from_iter(fields))
}

/// `results`: summary and extracted variables; `state` and `failure` of a call that is analysed here; `transfer`: what is known of one; `tools`: name → arguments.
pub(super) fn analysis(event: &Event) -> Value {
    let call = &*event.call;
    let transfer = call.transfer.as_ref().map_or(Value::Null, |transfer| {
        serde_json::to_value(transfer).expect("a transfer has text keys only")
    });
    let mut analysis = Map::with_capacity(5);
    let results = extracted(call).unwrap_or_else(|| Value::Object(Map::new()));
    analysis.insert("results".into(), results);
    let told = call.analysis.as_ref();
    let answers = told.map(|told| told.answers.clone()).unwrap_or_default();
    analysis.insert("answers".into(), Value::Object(answers));
    let sentiment = told.and_then(|told| told.sentiment.as_deref());
    analysis.insert("sentiment".into(), sentiment.into());
    if let Some(state) = told.and_then(|told| told.state) {
        let failure = told.and_then(|told| told.failure.as_ref());
        let why = failure.map(|failure| failure.message.as_str());
        analysis.insert("state".into(), state.name().into());
        analysis.insert("failure".into(), why.into());
    }
    analysis.insert("transfer".into(), transfer);
    analysis.insert("tools".into(), Value::Object(call.tools.clone()));
    Value::Object(analysis)
}

/// The call's variables over what every call has.
pub(super) fn context(event: &Event) -> Value {
    let call = &*event.call;
    let name = |name: &Option<String>| name.as_deref().map(str::to_owned);
    let defaults = [
        ("call_id", Some(event.call_id.to_string())),
        ("direction", name(&call.direction)),
        ("customer_number", call.customer_number().map(str::to_owned)),
        ("agent_number", call.agent_number().map(str::to_owned)),
        (
            "agent_name",
            call.agent.as_ref().and_then(|agent| name(&agent.name)),
        ),
        (
            "campaign_name",
            call.campaign
                .as_ref()
                .and_then(|campaign| name(&campaign.name)),
        ),
        ("contact_name", call.contact_name()),
    ];
    let mut context = Map::with_capacity(defaults.len() + call.variables.len());
    for (name, value) in defaults {
        if let Some(value) = value {
            context.insert(name.into(), value.into());
        }
    }
    for (name, value) in &call.variables {
        context.insert(name.clone(), value.clone());
    }
    Value::Object(context)
}
