//! All that follows a call, in one flow: messages side by side, behind them the webhooks, which say what became of the messages
//! and wait a minute for that at most; in the end the run fails if any of them did.

use super::{mail, plain, step_of, when};
use calls::agent::{Action, ActionKind, Agent};
use serde_json::{Map, Value, json};

/// A message may be held back for long: then a webhook says `pending`.
const LONGEST_WAIT_S: u32 = 60;

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
    let branches =
        |actions: &[&Action]| actions.iter().map(|action| branch(agent, action)).collect();
    if !messages.is_empty() {
        steps.push(json!({ "id": "facts", "set": mail::facts() }));
    }
    if webhooks.is_empty() {
        steps.extend(side_by_side("messages", branches(&messages)));
    } else {
        let mut reports = vec![results(&messages)];
        reports.extend(side_by_side("webhooks", branches(&webhooks)));
        if messages.is_empty() {
            steps.extend(reports);
        } else {
            let pending = messages.iter().map(|action| result(action, "pending"));
            steps.push(json!({ "id": "pending", "set": pending.collect::<Map<_, _>>() }));
            let mut all: Vec<Value> = branches(&messages);
            all.push(reports.into());
            steps.push(json!({ "id": "all", "parallel": all, "last_within_s": LONGEST_WAIT_S }));
        }
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
    let set = |status: &str| {
        let set = Map::from_iter([result(action, status)]);
        json!({ "id": format!("{status}_{id}"), "set": set })
    };
    let done = vec![
        step(agent, action),
        json!({
            "id": format!("result_{id}"), "if": format!("steps.{}.error exists", step_of(action)),
            "then": [set("failed")],
            "else": [set("sent")],
        }),
    ];
    match when::condition(action) {
        None => done.into(),
        Some(condition) => json!([{
            "id": format!("when_{id}"), "if": condition, "then": done, "else": [set("skipped")],
        }]),
    }
}

/// The name for what became of an action, and what it says.
fn result(action: &Action, status: &str) -> (String, Value) {
    let mut result = named(action);
    result.insert("status".into(), status.into());
    if status == "failed" {
        let message = format!("{{{{ steps.{}.error.message }}}}", step_of(action));
        result.insert("error".into(), message.into());
    }
    (format!("result_{}", action.id), result.into())
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
    let mut step = json!({ "id": step_of(action) });
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
