//! Puts what a schema refers to in the place of the reference. Nothing outside is looked at, nothing may lead back to itself,
//! and what comes of it is bounded: a small schema cannot become a large one.

use super::Flaw;
use serde_json::{Map, Value};

/// Levels, and parts in all, once references are in place.
const DEEPEST: usize = 32;
const MOST_PARTS: usize = 2_000;
const LARGEST: usize = 64 << 10;

/// Keywords that hold a schema, a list of them, or some by name.
pub(super) const ONE: [&str; 11] = [
    "items",
    "additionalProperties",
    "not",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
    "additionalItems",
];
pub(super) const LISTS: [&str; 5] = ["anyOf", "oneOf", "allOf", "prefixItems", "items"];
pub(super) const NAMED: [&str; 4] = [
    "properties",
    "patternProperties",
    "dependentSchemas",
    "dependencies",
];
/// Where definitions stand: they are put in place and left out.
const DEFINITIONS: [&str; 2] = ["$defs", "definitions"];
const REFUSED: [&str; 4] = ["$dynamicRef", "$recursiveRef", "$anchor", "$dynamicAnchor"];

pub(super) fn inline(written: &Value) -> Result<Value, Vec<Flaw>> {
    let flaw = |path: &str, message: String| Flaw {
        path: path.to_owned(),
        message,
    };
    if !written.is_object() {
        return Err(vec![flaw(
            "",
            "a schema is an object such as {\"type\": \"object\", …}".into(),
        )]);
    }
    let size = written.to_string().len();
    if size > LARGEST {
        return Err(vec![flaw(
            "",
            format!("has {size} bytes; at most {LARGEST} are taken"),
        )]);
    }
    let mut walk = Walk {
        root: written,
        within: Vec::new(),
        parts: 0,
        size: 0,
        flaws: Vec::new(),
    };
    let whole = walk.schema(written, "", 0);
    match walk.flaws.is_empty() {
        true => Ok(whole),
        false => Err(walk.flaws),
    }
}

struct Walk<'a> {
    root: &'a Value,
    /// The references that are being put in place.
    within: Vec<&'a str>,
    parts: usize,
    /// Bytes of what is no schema, again for each time that it is put in place.
    size: usize,
    flaws: Vec<Flaw>,
}

impl<'a> Walk<'a> {
    fn flaw(&mut self, path: &str, message: &str) -> Value {
        let flaw = Flaw {
            path: path.to_owned(),
            message: message.to_owned(),
        };
        // What is referred to twice is walked twice.
        if self.flaws.len() < super::MOST_FAULTS && !self.flaws.contains(&flaw) {
            self.flaws.push(flaw);
        }
        Value::Bool(true)
    }

    fn schema(&mut self, schema: &'a Value, at: &str, depth: usize) -> Value {
        self.parts += 1;
        if self.parts > MOST_PARTS || self.size > 4 * LARGEST {
            // Said once: what follows would say the same.
            return match self.flaws.is_empty() {
                true => self.flaw(at, "is too large once its references are in place"),
                false => Value::Bool(true),
            };
        }
        if depth > DEEPEST {
            return self.flaw(at, "is nested too deep: at most 32 levels are taken");
        }
        let Value::Object(object) = schema else {
            return schema.clone();
        };
        let mut whole = Map::new();
        for (key, value) in object {
            let key = key.as_str();
            let at = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
            if REFUSED.contains(&key) {
                self.flaw(&at, "is not known here: refer to `#/$defs/…`");
                continue;
            }
            if key == "$ref" || key == "$id" || key == "id" || DEFINITIONS.contains(&key) {
                continue;
            }
            let inner = match value {
                Value::Array(list) if LISTS.contains(&key) => {
                    let list = list.iter().enumerate();
                    list.map(|(i, part)| self.schema(part, &format!("{at}/{i}"), depth + 1))
                        .collect()
                }
                Value::Object(named) if NAMED.contains(&key) => {
                    let mut parts = Map::new();
                    for (name, part) in named {
                        let at = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
                        parts.insert(name.clone(), self.schema(part, &at, depth + 1));
                    }
                    Value::Object(parts)
                }
                part if ONE.contains(&key) => self.schema(part, &at, depth + 1),
                other => {
                    self.size += other.to_string().len();
                    other.clone()
                }
            };
            whole.insert(key.to_owned(), inner);
        }
        match object.get("$ref") {
            Some(reference) => self.reference(reference, whole, &format!("{at}/$ref"), depth),
            None => Value::Object(whole),
        }
    }

    /// What is referred to, with what stands beside the reference.
    fn reference(
        &mut self,
        reference: &'a Value,
        beside: Map<String, Value>,
        at: &str,
        depth: usize,
    ) -> Value {
        let Some(name) = reference.as_str() else {
            return self.flaw(at, "is a text such as `#/$defs/address`");
        };
        let Some(pointer) = name.strip_prefix('#') else {
            return self.flaw(
                at,
                "leads outside: only what stands in the schema itself is looked at (`#/$defs/…`)",
            );
        };
        let Some(target) = self.root.pointer(pointer) else {
            return self.flaw(at, "leads nowhere in this schema");
        };
        if self.within.contains(&name) || pointer.is_empty() {
            return self.flaw(at, "leads back to itself: a schema here has an end");
        }
        self.within.push(name);
        let whole = self.schema(target, pointer, depth + 1);
        self.within.pop();
        let only_words = beside.keys().all(|key| {
            ["title", "description", "default", "examples", "$comment"].contains(&key.as_str())
        });
        match whole {
            Value::Object(mut whole) if only_words => {
                whole.extend(beside);
                Value::Object(whole)
            }
            whole if beside.is_empty() => whole,
            whole => {
                let mut both = beside;
                let mut all = match both.remove("allOf") {
                    Some(Value::Array(all)) => all,
                    _ => Vec::new(),
                };
                all.push(whole);
                both.insert("allOf".into(), all.into());
                Value::Object(both)
            }
        }
    }
}
