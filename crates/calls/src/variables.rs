//! What a person can pick from when writing `{{ }}`: every name that can exist at an event, with what it is on this one.
//! Made of the same table as the checks of flows.

use crate::names::{self, Name};
use crate::schema;
use crate::{Event, payload};
use kernel::Scope;
use kernel::flow::Known;
use kernel::lang::Path;
use serde_json::{Map, Value};

/// The most that are listed; what a platform's own message or a long list of columns has beyond is left out.
const MOST: usize = 1_000;
/// How deep objects are opened.
const DEEP: usize = 5;
/// How much of a text is shown, in characters, and of a list, in items.
const SHOWN_TEXT: usize = 500;
const SHOWN_ITEMS: usize = 3;

#[derive(Debug, Clone, PartialEq)]
pub struct Variable {
    /// As it stands inside the braces: `contact.first_name`, `answers['How many seats?']`.
    pub path: String,
    /// As it is put into a text: `{{ contact.first_name }}`, `${callInfo.from}`.
    pub insert: String,
    /// `call`, `agent`, `campaign`, `contact`, `outcome`, `inputs`, `asked`, `system`, or `payload` for `${ }`.
    pub group: &'static str,
    /// What it is on this event; long texts and lists are cut. Null where it is not known.
    pub value: Value,
    /// Whether this event has it.
    pub known: bool,
    pub help: Option<&'static str>,
}

/// Every variable of an event, in the order of the groups.
pub fn of(event: &Event) -> Vec<Variable> {
    let mut list = List {
        event,
        found: Vec::new(),
    };
    let possible = |name: &&Name| {
        let root = root(name.name, false);
        !matches!(
            schema::variable(&root, event.kind.name()),
            Known::Never(_) | Known::Unknown(_)
        )
    };
    for name in names::NAMES.iter().filter(possible) {
        list.name(name);
    }
    for (name, help) in names::OF_RUN {
        let now = (name == "now").then(|| event.at.to_string().into());
        list.add(name.into(), "system", now, Some(help), false);
    }
    list.view();
    list.found
}

fn root(name: &str, view: bool) -> Path {
    Path {
        root: name.to_owned(),
        rest: Vec::new(),
        view,
    }
}

struct List<'e> {
    event: &'e Event,
    found: Vec<Variable>,
}

impl List<'_> {
    fn name(&mut self, name: &Name) {
        let value = self.event.get(name.name).map(|value| value.into_owned());
        let is_whole = name.group == "payload" || name.name == "transcript_turns";
        let help = Some(name.help);
        match value {
            Some(Value::Object(parts)) if name.parted && !is_whole => {
                if name.name == "vars" {
                    self.inputs(&parts);
                }
                for (key, value) in parts {
                    // What is known only after the call stands empty in the object before.
                    let at = join(name.name, &key);
                    self.open(at, name.group, value, help, false, DEEP);
                }
            }
            value if name.parted && !is_whole && value.is_none() => {}
            Some(value @ Value::Array(_)) => {
                self.open(name.name.into(), name.group, value, help, false, DEEP);
            }
            value => self.add(name.name.into(), name.group, value, help, false),
        }
    }

    /// Inputs are known by their bare names too, unless a name of ours is the same.
    fn inputs(&mut self, given: &Map<String, Value>) {
        for (name, value) in given {
            let bare = is_plain(name) && !name.starts_with(|c: char| c.is_numeric());
            let taken = names::find(name).is_some() || names::OF_RUN.iter().any(|(n, _)| n == name);
            if bare && !taken && self.event.get(name).is_some() {
                let help = Some("a variable given before the call");
                self.open(name.clone(), "inputs", value.clone(), help, false, DEEP);
            }
        }
    }

    fn view(&mut self) {
        for name in payload::names() {
            let known = schema::variable(&root(name, true), self.event.kind.name());
            if matches!(known, Known::Never(_)) {
                continue;
            }
            match self.event.view(name).map(|value| value.into_owned()) {
                Some(Value::Object(parts)) => {
                    for (key, value) in parts {
                        self.open(join(name, &key), "payload", value, None, true, DEEP);
                    }
                }
                Some(value) => self.add(name.into(), "payload", Some(value), None, true),
                None => {}
            }
        }
    }

    fn open(
        &mut self,
        path: String,
        group: &'static str,
        value: Value,
        help: Option<&'static str>,
        view: bool,
        deep: usize,
    ) {
        match value {
            Value::Object(parts) if deep > 0 && !parts.is_empty() => {
                for (key, value) in parts {
                    self.open(join(&path, &key), group, value, help, view, deep - 1);
                }
            }
            Value::Array(items) if deep > 0 && !view => {
                let first = items.first().cloned();
                self.add(path.clone(), group, Some(items.into()), help, view);
                if let Some(first @ Value::Object(_)) = first {
                    self.open(format!("{path}[0]"), group, first, help, view, deep - 1);
                }
            }
            value => self.add(path, group, Some(value), help, view),
        }
    }

    fn add(
        &mut self,
        path: String,
        group: &'static str,
        value: Option<Value>,
        help: Option<&'static str>,
        view: bool,
    ) {
        let insert = match view {
            // `${ }` takes plain dotted paths only.
            true if path.contains('[') => return,
            true => format!("${{{path}}}"),
            false => format!("{{{{ {path} }}}}"),
        };
        if self.found.len() < MOST {
            self.found.push(Variable {
                path,
                insert,
                group,
                known: value.as_ref().is_some_and(|value| !value.is_null()),
                value: shown(value.unwrap_or_default()),
                help,
            });
        }
    }
}

fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_')
}

fn join(path: &str, key: &str) -> String {
    if is_plain(key) {
        return format!("{path}.{key}");
    }
    let mut quoted = String::new();
    for c in key.chars() {
        match c {
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\\' | '\'' => quoted.extend(['\\', c]),
            c => quoted.push(c),
        }
    }
    format!("{path}['{quoted}']")
}

/// A value cut to what a list shows.
pub fn shown(value: Value) -> Value {
    match value {
        Value::String(text) => match text.char_indices().nth(SHOWN_TEXT) {
            Some((end, _)) => format!("{}…", &text[..end]).into(),
            None => text.into(),
        },
        Value::Array(items) => items.into_iter().take(SHOWN_ITEMS).map(shown).collect(),
        Value::Object(parts) => {
            let parts = parts.into_iter().map(|(key, value)| (key, shown(value)));
            Value::Object(parts.collect())
        }
        other => other,
    }
}
