//! All that follows a call, in one flow: messages side by side, then the webhooks, which say what became of the messages; in
//! the end the run fails if any of them did. A message is tried for less than a minute, so that no webhook waits for longer.

use super::{mail, plain, when};
use calls::agent::{Action, ActionKind, Agent};
use serde_json::{Map, Value, json};

pub(super) fn flow(agent: &Agent) -> Option<Value> {
    let on = || agent.actions.iter().filter(|action| action.is_on());
    let messages: Vec<&Action> = on()
        .filter(|action| action.kind != ActionKind::Webhook)
        .collect();
    let webhooks: Vec<&Action> = on()
        .filter(|action| action.kind == ActionKind::Webhook)
        .collect();
    if messages.is_empty() && webhooks.is_empty() {
        return None;
    }
    let mut steps = Vec::new();
    if !messages.is_empty() {
        steps.push(json!({ "id": "facts", "set": mail::facts() }));
        let branches = messages.iter().map(|action| branch(agent, action));
        steps.extend(side_by_side("messages", branches.collect()));
    }
    if !webhooks.is_empty() {
        steps.push(results(&messages));
        let branches = webhooks.iter().map(|action| branch(agent, action));
        steps.extend(side_by_side("webhooks", branches.collect()));
    }
    let failed: Vec<String> = on()
        .map(|action| format!("result_{}.status == 'failed'", action.id))
        .collect();
    steps.push(json!({
        "id": "check", "if": failed.join(" or "),
        "then": [{ "id": "failed", "stop": { "status": "failed", "reason": "a post-call action failed" } }],
    }));
    Some(json!({ "on": ["call.ended"], "where": settled(), "steps": steps }))
}

/// Reads what is known only when a call is settled, so that the flow waits for it.
fn settled() -> Value {
    json!({ "if": "summary exists or true" })
}

/// One action alone, without filters.
pub(super) fn alone(agent: &Agent, action: &Action) -> Value {
    let mut steps = match action.kind {
        ActionKind::Webhook => vec![results(&[])],
        _ => vec![json!({ "id": "facts", "set": mail::facts() })],
    };
    let mut step = step(agent, action);
    if let Some(step) = step.as_object_mut() {
        step.shift_remove("on_error");
    }
    steps.push(step);
    let mut flow = json!({ "on": ["call.ended"], "steps": steps });
    if let Some(condition) = when::condition(action) {
        flow["where"] = json!({ "if": condition });
    }
    flow
}

fn side_by_side(id: &str, mut branches: Vec<Value>) -> Vec<Value> {
    match (branches.len(), branches.pop()) {
        (1, Some(Value::Array(steps))) => steps,
        (_, last) => {
            branches.extend(last);
            vec![json!({ "id": id, "parallel": branches })]
        }
    }
}

/// An action, and what became of it as `result_<id>`.
fn branch(agent: &Agent, action: &Action) -> Value {
    let id = &action.id;
    let step_id = format!("do_{id}");
    let result = |step: &str, status: &str| {
        let mut result = named(action);
        result.insert("status".into(), status.into());
        if status == "failed" {
            result.insert(
                "error".into(),
                format!("{{{{ steps.{step_id}.error.message }}}}").into(),
            );
        }
        let mut set = Map::new();
        set.insert(format!("result_{id}"), Value::Object(result));
        json!({ "id": format!("{step}_{id}"), "set": set })
    };
    let done = vec![
        step(agent, action),
        json!({
            "id": format!("result_{id}"), "if": format!("steps.{step_id}.error exists"),
            "then": [result("failed", "failed")],
            "else": [result("sent", "sent")],
        }),
    ];
    match when::condition(action) {
        None => done.into(),
        Some(condition) => json!([{
            "id": format!("when_{id}"), "if": condition, "then": done, "else": [result("skipped", "skipped")],
        }]),
    }
}

fn named(action: &Action) -> Map<String, Value> {
    let mut named = Map::new();
    named.insert("action".into(), action.kind.name().into());
    if let Some(name) = &action.name {
        named.insert("name".into(), plain(name).into());
    }
    named
}

fn step(agent: &Agent, action: &Action) -> Value {
    let mut step = json!({ "id": format!("do_{}", action.id) });
    match action.kind {
        ActionKind::Sms => {
            step["do"] = "sms.send".into();
            step["with"] = mail::sms(action);
        }
        ActionKind::Email => {
            step["do"] = "email.send".into();
            step["with"] = mail::email(agent, action);
        }
        ActionKind::Webhook => {
            step["do"] = "webhook.send".into();
            step["with"] = webhook(action);
        }
    }
    if action.kind != ActionKind::Webhook {
        step["timeout_s"] = 15.into();
        step["retry"] = json!({ "attempts": 3, "first_s": 2, "factor": 4, "max_s": 8 });
    }
    if let Some(connection) = &action.connection {
        step["connection"] = connection.as_str().into();
    }
    step["on_error"] = "continue".into();
    step
}

fn webhook(action: &Action) -> Value {
    let body = match action.includes_recording() {
        true => "{{ payload_flat | merge(results) }}",
        false => "{{ payload_flat | omit('recording_url') | merge(silent) | merge(results) }}",
    };
    let mut with = json!({ "url": action.url, "json": body });
    if let Some(secret) = &action.secret {
        with["secret"] = secret.as_str().into();
    }
    if !action.headers.is_empty() {
        with["headers"] = Value::Object(action.headers.clone());
    }
    with
}

/// What webhooks say beside the call.
fn results(messages: &[&Action]) -> Value {
    let results: Vec<String> = messages
        .iter()
        .map(|action| format!("{{{{ result_{} }}}}", action.id))
        .collect();
    json!({ "id": "results", "set": {
        "results": { "action_results": results },
        "silent": { "callInfo": "{{ payload_flat.callInfo | omit('recordingUrl') }}" },
    } })
}
