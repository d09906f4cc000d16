//! Reading a JSON object field by field: a known field has its type and its limits, a missing or null one is absent, and
//! everything that is wrong is noted with its JSON Pointer while the reading goes on.

use kernel::{Problem, Timestamp};
use serde_json::{Map, Value};
use std::cell::RefCell;
use std::fmt;

/// Ids, names, numbers and other short texts, in characters.
pub(super) const SHORT: usize = 256;
pub(super) const URL: usize = 8_192;
/// What somebody said or a model wrote, in characters.
pub(super) const LONG: usize = 1_000_000;
pub(super) const KEYS: usize = 1_000;
/// About thirty years: what is more is another unit, or nonsense.
const MOST_SECONDS: f64 = 1e9;
const MOST_PROBLEMS: usize = 100;

#[derive(Default)]
pub(super) struct Problems(RefCell<Vec<Problem>>);

impl Problems {
    pub fn add(&self, at: &At<'_>, message: String) {
        let mut problems = self.0.borrow_mut();
        if problems.len() < MOST_PROBLEMS {
            problems.push(Problem::new(at.to_string(), message));
        } else if problems.len() == MOST_PROBLEMS {
            problems.push(Problem::new("", "there are more problems than are listed"));
        }
    }

    pub fn found(self) -> Vec<Problem> {
        self.0.into_inner()
    }
}

/// A place in the document; written out as a JSON Pointer only when something is wrong there.
#[derive(Clone, Copy)]
pub(super) enum At<'a> {
    Root,
    Key(&'a At<'a>, &'a str),
    Index(&'a At<'a>, usize),
}

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            At::Root => Ok(()),
            At::Key(up, key) => write!(f, "{up}/{}", key.replace('~', "~0").replace('/', "~1")),
            At::Index(up, index) => write!(f, "{up}/{index}"),
        }
    }
}

#[derive(Clone, Copy)]
pub(super) struct Fields<'a> {
    map: &'a Map<String, Value>,
    at: At<'a>,
    problems: &'a Problems,
}

impl<'a> Fields<'a> {
    /// `None`, and a problem, when `value` is no object.
    pub fn of(value: &'a Value, at: At<'a>, problems: &'a Problems) -> Option<Self> {
        let map = value.as_object();
        if map.is_none() {
            problems.add(&at, format!("expected an object, found {}", shown(value)));
        }
        Some(Self {
            map: map?,
            at,
            problems,
        })
    }

    pub fn value(&self, name: &str) -> Option<&'a Value> {
        self.map.get(name).filter(|value| !value.is_null())
    }

    pub fn wrong(&self, name: &str, message: impl Into<String>) {
        self.problems.add(&At::Key(&self.at, name), message.into());
    }

    fn expected<T>(&self, name: &str, what: &str, value: &Value) -> Option<T> {
        self.wrong(name, format!("expected {what}, found {}", shown(value)));
        None
    }

    pub fn required<T>(&self, name: &str, found: Option<T>) -> Option<T> {
        if self.value(name).is_none() {
            self.wrong(name, "is required");
        }
        found
    }

    /// A text that names something: short, and without control characters.
    pub fn id(&self, name: &str) -> Option<String> {
        let text = self.value(name).and_then(Value::as_str);
        if text.is_some_and(|text| text.chars().any(char::is_control)) {
            self.wrong(name, "contains a control character");
            return None;
        }
        self.text(name, SHORT)
    }

    pub fn text(&self, name: &str, most: usize) -> Option<String> {
        let value = self.value(name)?;
        let Some(text) = value.as_str() else {
            return self.expected(name, "text", value);
        };
        if text.len() > most && text.chars().count() > most {
            let length = text.chars().count();
            let message = format!("is {length} characters long, at most {most} are allowed");
            self.wrong(name, message);
            return None;
        }
        // No database takes a NUL in a text.
        Some(match text.contains('\0') {
            true => text.replace('\0', "\u{fffd}"),
            false => text.to_owned(),
        })
    }

    /// One of a closed set of words, in any case.
    pub fn word(&self, name: &str, words: &[&str]) -> Option<String> {
        let text = self.text(name, SHORT)?.to_lowercase();
        if !words.contains(&text.as_str()) {
            let value = Value::from(text);
            return self.expected(name, &format!("one of {}", words.join(", ")), &value);
        }
        Some(text)
    }

    pub fn seconds(&self, name: &str) -> Option<f64> {
        let value = self.value(name)?;
        match value.as_f64() {
            Some(number) if (0.0..=MOST_SECONDS).contains(&number) => Some(number),
            Some(_) => self.expected(name, "seconds between 0 and 1000000000", value),
            None => self.expected(name, "a number", value),
        }
    }

    pub fn count(&self, name: &str) -> Option<u32> {
        let value = self.value(name)?;
        let count = value.as_u64().and_then(|number| number.try_into().ok());
        count.or_else(|| self.expected(name, "a whole number", value))
    }

    pub fn truth(&self, name: &str) -> Option<bool> {
        let value = self.value(name)?;
        value
            .as_bool()
            .or_else(|| self.expected(name, "true or false", value))
    }

    pub fn time(&self, name: &str) -> Option<Timestamp> {
        const WHAT: &str = "an RFC 3339 time like 2026-11-20T17:30:05Z";
        let value = self.value(name)?;
        let time = value.as_str().and_then(|text| text.parse().ok());
        time.or_else(|| self.expected(name, WHAT, value))
    }

    /// An object of the sender's own names.
    pub fn map(&self, name: &str) -> Map<String, Value> {
        let Some(value) = self.value(name) else {
            return Map::new();
        };
        match value.as_object() {
            Some(map) if map.len() > KEYS => {
                let message = format!("has {} entries, at most {KEYS} are allowed", map.len());
                self.wrong(name, message);
                Map::new()
            }
            Some(map) => map.clone(),
            None => self.expected(name, "an object", value).unwrap_or_default(),
        }
    }

    pub fn object<T>(&self, name: &'a str, read: impl FnOnce(&Fields<'_>) -> T) -> Option<T> {
        let at = At::Key(&self.at, name);
        let fields = Fields::of(self.value(name)?, at, self.problems)?;
        Some(read(&fields))
    }

    pub fn list<T>(&self, name: &'a str, most: usize, read: impl Fn(&Fields<'_>) -> T) -> Vec<T> {
        let Some(value) = self.value(name) else {
            return Vec::new();
        };
        let Some(items) = value.as_array() else {
            return self.expected(name, "a list", value).unwrap_or_default();
        };
        if items.len() > most {
            let message = format!("has {} entries, at most {most} are allowed", items.len());
            self.wrong(name, message);
            return Vec::new();
        }
        let list = At::Key(&self.at, name);
        let read_one = |(index, item)| {
            Fields::of(item, At::Index(&list, index), self.problems).map(|fields| read(&fields))
        };
        items.iter().enumerate().filter_map(read_one).collect()
    }
}

/// A value as a message names it.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Bool(truth) => truth.to_string(),
        Value::Number(number) => format!("number {number}"),
        Value::String(text) => {
            let short: String = text.chars().take(40).collect();
            let more = if short.len() < text.len() { "…" } else { "" };
            format!("text \"{short}{more}\"")
        }
        Value::Array(_) => "a list".into(),
        Value::Object(_) => "an object".into(),
    }
}
