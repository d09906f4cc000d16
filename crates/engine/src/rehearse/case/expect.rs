//! What a case expects, and where a report differs from it. What is not mentioned may be anything.

use super::Difference;
use super::read::Reader;
use super::subset::{plain, subset};
use crate::rehearse::{Report, Shown, Step};
use kernel::run::EntryKind;
use serde_json::{Map, Value, json};

pub(super) const EXPECT: [&str; 7] = [
    "matches", "status", "reason", "actions", "absent", "saved", "reply",
];
pub(super) const ACTION: [&str; 3] = ["step", "action", "request"];
pub(super) const REQUEST: [&str; 5] = ["method", "url", "headers", "json", "body"];
const STATUSES: [&str; 3] = ["succeeded", "failed", "stopped"];

#[derive(Debug, Clone, Default)]
pub(super) struct Expected {
    at: String,
    matches: Option<bool>,
    status: Option<String>,
    reason: Option<String>,
    actions: Vec<Action>,
    absent: Vec<String>,
    saved: Map<String, Value>,
    reply: Option<Value>,
}

#[derive(Debug, Clone)]
struct Action {
    step: String,
    action: Option<String>,
    request: Map<String, Value>,
}

pub(super) fn read(reader: &mut Reader, value: &Value, at: &str, steps: &[&str]) -> Expected {
    let Some(expect) = reader.object(value, at, &EXPECT) else {
        return Expected::default();
    };
    let status = reader.text(expect, "status", at);
    if status
        .as_deref()
        .is_some_and(|status| !STATUSES.contains(&status))
    {
        let known = STATUSES.join(", ");
        reader.refuse(format!("{at}/status"), format!("must be one of {known}"));
    }
    let matches = match expect.get("matches") {
        None | Some(Value::Null) => None,
        Some(Value::Bool(matches)) => Some(*matches),
        Some(_) => {
            reader.refuse(format!("{at}/matches"), "must be true or false");
            None
        }
    };
    let expected = Expected {
        at: at.to_owned(),
        matches,
        status,
        reason: reader.text(expect, "reason", at),
        actions: actions(reader, expect, at, steps),
        absent: absent(reader, expect, at, steps),
        saved: reader.map(expect, "saved", at),
        reply: expect.get("reply").cloned(),
    };
    let says_nothing = expect.values().all(Value::is_null);
    if says_nothing && reader.problems.is_empty() {
        reader.refuse(at, "expects nothing: it would hold whatever the flow does");
    }
    expected
}

fn list<'v>(
    reader: &mut Reader,
    expect: &'v Map<String, Value>,
    name: &str,
    at: &str,
) -> &'v [Value] {
    match expect.get(name) {
        None | Some(Value::Null) => &[],
        Some(Value::Array(list)) => list,
        Some(_) => {
            reader.refuse(format!("{at}/{name}"), "must be a list");
            &[]
        }
    }
}

fn absent(
    reader: &mut Reader,
    expect: &Map<String, Value>,
    at: &str,
    steps: &[&str],
) -> Vec<String> {
    let mut absent = Vec::new();
    for (number, value) in list(reader, expect, "absent", at).iter().enumerate() {
        let at = format!("{at}/absent/{number}");
        match value.as_str() {
            Some(id) => {
                reader.step(id, &at, steps);
                absent.push(id.to_owned());
            }
            None => reader.refuse(at, "must be the id of a step"),
        }
    }
    absent
}

fn actions(
    reader: &mut Reader,
    expect: &Map<String, Value>,
    at: &str,
    steps: &[&str],
) -> Vec<Action> {
    let mut actions = Vec::new();
    for (number, value) in list(reader, expect, "actions", at).iter().enumerate() {
        let at = format!("{at}/actions/{number}");
        let Some(object) = reader.object(value, &at, &ACTION) else {
            continue;
        };
        let step = reader.text(object, "step", &at).unwrap_or_default();
        reader.step(&step, &format!("{at}/step"), steps);
        let request = match object.get("request") {
            None | Some(Value::Null) => Map::new(),
            Some(request) => {
                let at = format!("{at}/request");
                reader
                    .object(request, &at, &REQUEST)
                    .cloned()
                    .unwrap_or_default()
            }
        };
        actions.push(Action {
            step,
            action: reader.text(object, "action", &at),
            request,
        });
    }
    actions
}

impl Expected {
    pub fn differences(&self, report: &Report) -> Vec<Difference> {
        let mut found = Found {
            differences: Vec::new(),
        };
        let matches = self.matches.unwrap_or(true);
        if report.matched != matches {
            let why = report.why_not.iter();
            let why: Vec<String> = why
                .map(|why| format!("{}: {}", why.path, why.message))
                .collect();
            let at = format!("{}/matches", self.at);
            found.add(at, matches.into(), report.matched.into(), &why.join("; "));
            return found.differences;
        }
        if let Some(status) = &self.status {
            let got = json!(report.status);
            if got != *status {
                let note = report.reason.as_deref().unwrap_or_default();
                found.add(format!("{}/status", self.at), json!(status), got, note);
            }
        }
        if let Some(reason) = &self.reason
            && report.reason.as_ref() != Some(reason)
        {
            found.add(
                format!("{}/reason", self.at),
                json!(reason),
                json!(report.reason),
                "",
            );
        }
        self.performed(report, &mut found);
        for (number, id) in self.absent.iter().enumerate() {
            let taken = report.steps.iter().find(|step| is_taken(step, id));
            if let Some(step) = taken {
                let at = format!("{}/absent/{number}", self.at);
                found.add(
                    at,
                    Value::Null,
                    json!(step.result),
                    &format!("`{id}` was taken"),
                );
            }
        }
        let got = Value::Object(report.saved.clone());
        let saved = Value::Object(self.saved.clone());
        subset(
            &saved,
            &got,
            &format!("{}/saved", self.at),
            &mut found.differences,
        );
        if let Some(reply) = &self.reply {
            let got = report.reply.clone().unwrap_or_default();
            subset(
                reply,
                &got,
                &format!("{}/reply", self.at),
                &mut found.differences,
            );
        }
        found.differences
    }

    /// The n-th mention of a step is about its n-th call.
    fn performed(&self, report: &Report, found: &mut Found) {
        for (number, action) in self.actions.iter().enumerate() {
            let at = format!("{}/actions/{number}", self.at);
            let before = self.actions[..number].iter();
            let nth = before.filter(|other| other.step == action.step).count();
            let mut calls = report
                .steps
                .iter()
                .filter(|step| is_call(step, &action.step));
            match calls.nth(nth) {
                Some(step) => action.differences(step, &at, found),
                None => {
                    let mut taken = report
                        .steps
                        .iter()
                        .filter(|step| step.kind == EntryKind::Do);
                    let others: Vec<&str> = taken.by_ref().map(|step| step.step.as_str()).collect();
                    let note = format!("called were: {}", others.join(", "));
                    found.add(at, json!(action.step), Value::Null, &note);
                }
            }
        }
    }
}

fn is_call(step: &Step, id: &str) -> bool {
    step.step == id && step.kind == EntryKind::Do && step.result != Shown::Skipped
}

fn is_taken(step: &Step, id: &str) -> bool {
    step.step == id && step.result != Shown::Skipped
}

impl Action {
    fn differences(&self, step: &Step, at: &str, found: &mut Found) {
        if let Some(action) = &self.action
            && step.action.as_ref() != Some(action)
        {
            found.add(
                format!("{at}/action"),
                json!(action),
                json!(step.action),
                "",
            );
        }
        if self.request.is_empty() {
            return;
        }
        let Some(request) = &step.request else {
            let why = step.error.as_ref().map(|error| error.message.as_str());
            let at = format!("{at}/request");
            let expected = Value::Object(self.request.clone());
            return found.add(at, expected, Value::Null, why.unwrap_or_default());
        };
        let body = request.body.as_deref().unwrap_or_default();
        for (name, expected) in &self.request {
            let at = format!("{at}/request/{name}");
            let got = match name.as_str() {
                "method" => json!(request.method),
                "url" => json!(request.url),
                "body" => json!(body),
                "json" => serde_json::from_str(body).unwrap_or_else(|_| json!(body)),
                _ => {
                    let pairs = request.headers.iter().cloned();
                    pairs
                        .map(|(name, value)| (name, Value::from(value)))
                        .collect()
                }
            };
            let expected = match name.as_str() {
                "headers" => plain(expected),
                _ => expected.clone(),
            };
            subset(&expected, &got, &at, &mut found.differences);
        }
    }
}

struct Found {
    differences: Vec<Difference>,
}

impl Found {
    fn add(&mut self, path: String, expected: Value, got: Value, note: &str) {
        self.differences.push(Difference {
            path,
            expected,
            got,
            note: note.to_owned(),
        });
    }
}
