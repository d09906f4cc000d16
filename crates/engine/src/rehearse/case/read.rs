//! The cases of a document, strictly: a word that is not known is refused, since a misspelt expectation would hold always.

use super::expect::{self, Expected};
use super::{Case, event};
use crate::rehearse::Answers;
use calls::{Kind, samples};
use kernel::Problem;
use kernel::lang::nearest;
use serde_json::{Map, Value};

const CASE: [&str; 7] = [
    "name", "sample", "event", "step", "saved", "answers", "expect",
];
const MOST: usize = 100;

pub(super) fn cases(document: &Value) -> Result<Vec<Case>, Vec<Problem>> {
    let mut reader = Reader::default();
    let list = match document.get("cases") {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Array(list)) if list.len() <= MOST => list,
        Some(_) => {
            let message = format!("`cases` must be a list of at most {MOST} cases");
            return Err(vec![Problem::new("/cases", message)]);
        }
    };
    let kinds = document["on"].as_array().into_iter().flatten();
    let kinds: Vec<Kind> = kinds
        .filter_map(|kind| Kind::parse(kind.as_str()?))
        .collect();
    let steps = steps(document);
    let mut cases = Vec::new();
    for (number, case) in list.iter().enumerate() {
        cases.extend(reader.case(case, &format!("/cases/{number}"), &kinds, &steps));
    }
    match reader.problems.is_empty() {
        true => Ok(cases),
        false => Err(reader.problems),
    }
}

/// The ids of all steps, at any depth; the fields of actions are not looked into.
fn steps(document: &Value) -> Vec<&str> {
    fn walk<'d>(value: &'d Value, ids: &mut Vec<&'d str>) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| walk(item, ids)),
            Value::Object(object) => {
                ids.extend(object.get("id").and_then(Value::as_str));
                let data = ["with", "set", "save", "cases", "where", "retry", "reply"];
                let inner = object
                    .iter()
                    .filter(|(name, _)| !data.contains(&name.as_str()));
                inner.for_each(|(_, value)| walk(value, ids));
            }
            _ => {}
        }
    }
    let mut ids = Vec::new();
    walk(document, &mut ids);
    ids
}

#[derive(Default)]
pub(super) struct Reader {
    pub problems: Vec<Problem>,
}

impl Reader {
    pub fn refuse(&mut self, at: impl Into<String>, message: impl Into<String>) {
        self.problems.push(Problem::new(at, message));
    }

    /// An object with no other fields than these.
    pub fn object<'v>(
        &mut self,
        value: &'v Value,
        at: &str,
        known: &[&str],
    ) -> Option<&'v Map<String, Value>> {
        let Some(object) = value.as_object() else {
            self.refuse(at, "must be an object");
            return None;
        };
        for name in object.keys().filter(|name| !known.contains(&name.as_str())) {
            let near = nearest(name, known.iter().copied());
            let hint = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known: {}", known.join(", ")),
            };
            self.refuse(format!("{at}/{name}"), format!("is not known here; {hint}"));
        }
        Some(object)
    }

    /// The object under a name; empty where there is none.
    pub fn map(&mut self, object: &Map<String, Value>, name: &str, at: &str) -> Map<String, Value> {
        match object.get(name) {
            None | Some(Value::Null) => Map::new(),
            Some(Value::Object(map)) => map.clone(),
            Some(_) => {
                self.refuse(format!("{at}/{name}"), "must be an object");
                Map::new()
            }
        }
    }

    pub fn text(&mut self, object: &Map<String, Value>, name: &str, at: &str) -> Option<String> {
        match object.get(name) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(text.clone()),
            Some(_) => {
                self.refuse(format!("{at}/{name}"), "must be a text");
                None
            }
        }
    }

    /// A text that must be the id of a step.
    pub fn step(&mut self, id: &str, at: &str, steps: &[&str]) {
        if !steps.contains(&id) {
            let near = nearest(id, steps.iter().copied());
            let hint = near.map(|near| format!("; did you mean `{near}`?"));
            let hint = hint.unwrap_or_default();
            self.refuse(at, format!("the flow has no step `{id}`{hint}"));
        }
    }

    fn case(&mut self, case: &Value, at: &str, kinds: &[Kind], steps: &[&str]) -> Option<Case> {
        let case = self.object(case, at, &CASE)?;
        let name = self.text(case, "name", at);
        if name.is_none() {
            self.refuse(format!("{at}/name"), "a case needs a `name`");
        }
        let told = self.told(case, at, kinds).map(|told| event(told, kinds));
        let event = told.and_then(|read| match read {
            Ok(event) => Some(event),
            Err(problems) => {
                for problem in problems {
                    self.refuse(format!("{at}/event{}", problem.path), problem.message);
                }
                None
            }
        });
        let step = self.text(case, "step", at);
        if let Some(step) = &step {
            self.step(step, &format!("{at}/step"), steps);
        }
        let answers = self.map(case, "answers", at);
        let answers =
            Answers::read(&answers, &format!("{at}/answers")).unwrap_or_else(|problems| {
                self.problems.extend(problems);
                Answers::default()
            });
        let expect = case.get("expect").filter(|expect| !expect.is_null());
        let expected = match expect {
            Some(expect) => expect::read(self, expect, &format!("{at}/expect"), steps),
            None => {
                self.refuse(format!("{at}/expect"), "a case says what it expects");
                Expected::default()
            }
        };
        Some(Case {
            name: name.unwrap_or_default(),
            event: event?,
            step,
            saved: self.map(case, "saved", at),
            answers,
            expected,
        })
    }

    /// The event of a case: its own, a sample, or a sample with its own laid over it.
    fn told(&mut self, case: &Map<String, Value>, at: &str, kinds: &[Kind]) -> Option<Value> {
        let own = case.get("event").filter(|event| !event.is_null());
        let sample = match self.text(case, "sample", at) {
            Some(name) => match Kind::parse(&name) {
                Some(kind) => Some(kind),
                None => {
                    let known = Kind::ALL.map(Kind::name).join(", ");
                    let message = format!("`{name}` is not an event kind; known: {known}");
                    self.refuse(format!("{at}/sample"), message);
                    return None;
                }
            },
            None if own.is_none() => Some(kinds.first().copied().unwrap_or(Kind::Ended)),
            None => None,
        };
        match (sample, own) {
            (Some(kind), Some(own)) => {
                let mut told = samples::json(kind);
                lay_over(&mut told, own);
                Some(told)
            }
            (Some(kind), None) => Some(samples::json(kind)),
            (None, own) => own.cloned(),
        }
    }
}

/// As a merge patch does (RFC 7396): objects member by member, null takes away, anything else replaces.
fn lay_over(below: &mut Value, above: &Value) {
    let Some(members) = above.as_object() else {
        *below = above.clone();
        return;
    };
    if !below.is_object() {
        *below = Value::Object(Map::new());
    }
    if let Some(object) = below.as_object_mut() {
        for (name, value) in members {
            match value {
                Value::Null => drop(object.shift_remove(name)),
                value => lay_over(object.entry(name.clone()).or_insert(Value::Null), value),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rehearse::case::expect::{ACTION, EXPECT, REQUEST};
    use kernel::flow::JSON_SCHEMA;
    use serde_json::json;
    use std::collections::BTreeSet;

    #[test]
    fn the_json_schema_of_flows_names_the_fields_of_cases() {
        let schema: Value = serde_json::from_str(JSON_SCHEMA).unwrap_or_default();
        let expect = "/$defs/test/properties/expect/properties";
        let action = format!("{expect}/actions/items/properties");
        let request = format!("{action}/request/properties");
        for (pointer, known) in [
            ("/$defs/test/properties", &CASE[..]),
            (expect, &EXPECT),
            (&action, &ACTION),
            (&request, &REQUEST),
        ] {
            let named = schema.pointer(pointer).and_then(Value::as_object);
            let named: BTreeSet<&str> = named
                .into_iter()
                .flatten()
                .map(|(n, _)| n.as_str())
                .collect();
            assert_eq!(named, known.iter().copied().collect(), "{pointer}");
        }
    }

    #[test]
    fn an_event_is_laid_over_a_sample_member_by_member() {
        let mut told = json!({"a": {"b": 1, "c": [1, 2]}, "d": 1});
        lay_over(
            &mut told,
            &json!({"a": {"c": [3], "e": {"f": null, "g": 1}}, "d": null}),
        );
        assert_eq!(told, json!({"a": {"b": 1, "c": [3], "e": {"g": 1}}}));
    }
}
