//! Fields of two objects side by side, down to the smallest part that differs. Lists of the same length are compared item
//! by item, others as a whole.

use super::{Change, Kind, text};
use serde_json::{Map, Value};

/// Deeper than any flow that compiles; below, values are compared as a whole.
const MAX_DEPTH: usize = 64;

pub(super) fn compare(
    step: Option<&str>,
    old: &Map<String, Value>,
    new: &Map<String, Value>,
) -> Vec<Change> {
    let mut found = Found {
        step,
        changes: Vec::new(),
    };
    found.objects("", old, new, MAX_DEPTH);
    found.changes
}

struct Found<'a> {
    step: Option<&'a str>,
    changes: Vec<Change>,
}

impl Found<'_> {
    fn objects(
        &mut self,
        at: &str,
        old: &Map<String, Value>,
        new: &Map<String, Value>,
        depth: usize,
    ) {
        for (name, new) in new {
            self.values(&below(at, name), old.get(name), Some(new), depth);
        }
        let gone = old.iter().filter(|(name, _)| !new.contains_key(*name));
        for (name, old) in gone {
            self.values(&below(at, name), Some(old), None, depth);
        }
    }

    fn values(&mut self, at: &str, old: Option<&Value>, new: Option<&Value>, depth: usize) {
        match (old, new) {
            (old, new) if old == new => {}
            // The address of the schema is for editors; it changes nothing.
            _ if self.step.is_none() && at == "$schema" => {}
            (Some(Value::Object(old)), Some(Value::Object(new))) if depth > 0 => {
                self.objects(at, old, new, depth - 1);
            }
            // A new group of filters reads best filter by filter.
            (None, Some(Value::Object(new))) if self.step.is_none() => {
                self.objects(at, &Map::new(), new, 0);
            }
            (Some(Value::Object(old)), None) if self.step.is_none() => {
                self.objects(at, old, &Map::new(), 0);
            }
            (Some(Value::Array(old)), Some(Value::Array(new)))
                if depth > 0 && old.len() == new.len() && old.iter().any(Value::is_object) =>
            {
                for (number, (old, new)) in old.iter().zip(new).enumerate() {
                    self.values(&format!("{at}[{number}]"), Some(old), Some(new), depth - 1);
                }
            }
            (old, new) => self.changes.push(Change {
                kind: Kind::Changed,
                step: self.step.map(String::from),
                field: Some(at.to_owned()),
                old: old.cloned(),
                new: new.cloned(),
                text: text::changed(self.step, at, old, new),
            }),
        }
    }
}

fn below(at: &str, name: &str) -> String {
    if at.is_empty() {
        name.to_owned()
    } else {
        format!("{at}.{name}")
    }
}
