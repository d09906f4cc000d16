//! A document taken apart for comparing: the flow's own fields, and every step at its place, without the steps inside it.

use crate::flow::ids::LISTS;
use serde_json::{Map, Value};
use std::collections::HashSet;

/// Deeper than any flow that compiles.
const MAX_DEPTH: usize = 64;

pub(super) struct Steps {
    /// Of the flow: everything but its steps.
    pub own: Map<String, Value>,
    /// In document order, each id once.
    pub steps: Vec<Step>,
}

pub(super) struct Step {
    pub id: String,
    /// The list it stands in: `steps`, `hot.then`, `spread.parallel[1]`.
    pub place: String,
    /// Everything but the steps inside.
    pub own: Map<String, Value>,
    /// As written.
    pub whole: Value,
}

impl Steps {
    pub fn of(document: &Value) -> Self {
        let mut reader = Reader::default();
        let own = reader.own(document, "", MAX_DEPTH);
        Self {
            own,
            steps: reader.steps.into_iter().flatten().collect(),
        }
    }
}

#[derive(Default)]
struct Reader {
    /// A step holds its place before the steps inside it are read.
    steps: Vec<Option<Step>>,
    seen: HashSet<String>,
}

impl Reader {
    fn own(&mut self, value: &Value, at: &str, depth: usize) -> Map<String, Value> {
        let mut own = Map::new();
        for (name, value) in value.as_object().into_iter().flatten() {
            match value {
                Value::Array(cases) if name == "switch" => {
                    let cases = cases.iter().enumerate();
                    let cases = cases.map(|(number, case)| {
                        let at = format!("{at}switch[{number}].");
                        Value::Object(self.own(case, &at, depth.saturating_sub(1)))
                    });
                    own.insert(name.clone(), cases.collect());
                }
                Value::Array(list) if LISTS.contains(&name.as_str()) => {
                    self.list(list, &format!("{at}{name}"), depth);
                }
                // The same as absent, everywhere in a flow.
                Value::Null => {}
                other => drop(own.insert(name.clone(), other.clone())),
            }
        }
        own
    }

    fn list(&mut self, list: &[Value], at: &str, depth: usize) {
        if depth == 0 {
            return;
        }
        for (number, item) in list.iter().enumerate() {
            match item {
                Value::Array(branch) => self.list(branch, &format!("{at}[{number}]"), depth - 1),
                step => self.step(step, at, number, depth - 1),
            }
        }
    }

    fn step(&mut self, step: &Value, place: &str, number: usize, depth: usize) {
        let id = step.get("id").and_then(Value::as_str);
        let id = id.map_or_else(|| format!("{place}[{number}]"), String::from);
        if !self.seen.insert(id.clone()) {
            return;
        }
        let at = self.steps.len();
        self.steps.push(None);
        let mut own = self.own(step, &format!("{id}."), depth);
        own.shift_remove("id");
        self.steps[at] = Some(Step {
            id,
            place: place.to_owned(),
            own,
            whole: step.clone(),
        });
    }
}
