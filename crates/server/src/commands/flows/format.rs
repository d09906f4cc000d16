//! A flow document as text, JSON or YAML (the core schema of YAML 1.2). Strict where text is ambiguous: a key stands once, an
//! alias cannot blow a file up; each refusal names its line.

use anyhow::ensure;
use clap::ValueEnum;
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::fmt;
use std::path::Path;

/// Deeper than any flow that compiles.
const MAX_DEPTH: usize = 100;
/// Values of one YAML file, aliases counted by what they stand for.
const MAX_NODES: usize = 200_000;
const MAX_ANCHORS: usize = 100;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Json,
    Yaml,
}

impl Format {
    /// By the end of a file's name.
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()? {
            "json" => Some(Self::Json),
            "yaml" | "yml" => Some(Self::Yaml),
            _ => None,
        }
    }

    pub fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Yaml => "yaml",
        }
    }

    /// The value, or the line and what is wrong there.
    pub fn parse(self, text: &str) -> Result<Value, (u64, String)> {
        match self {
            Self::Json => serde_json::from_str(text)
                .map(|Strict(value)| value)
                .map_err(|error| (error.line() as u64, without_place(&error.to_string()))),
            Self::Yaml => serde_saphyr::from_str_with_options(text, options())
                .map(|Strict(value)| value)
                .map_err(|error| {
                    let line = error.location().map_or(1, |at| at.line());
                    let message = error.without_snippet().to_string();
                    (line, without_place(&message))
                }),
        }
    }

    /// The text of a value: what is read back from it is the same value.
    pub fn render(self, value: &Value) -> anyhow::Result<String> {
        let text = match self {
            Self::Json => format!("{value:#}\n"),
            Self::Yaml => serde_saphyr::to_string_with_options(value, plain())?,
        };
        let again = self.parse(&text).ok();
        ensure!(
            again.as_ref() == Some(value),
            "a document does not survive being written as {}: export it in the other format",
            self.extension()
        );
        Ok(text)
    }
}

fn options() -> serde_saphyr::Options {
    let mut budget = serde_saphyr::Budget::default();
    budget.max_depth = MAX_DEPTH;
    budget.max_nodes = MAX_NODES;
    budget.max_events = 4 * MAX_NODES;
    budget.max_anchors = MAX_ANCHORS;
    let mut options = serde_saphyr::Options::default();
    options.budget = Some(budget);
    options.alias_limits.max_total_replayed_events = MAX_NODES;
    options.merge_keys = serde_saphyr::MergeKeyPolicy::Error;
    // Of YAML 1.2: `on`, `yes` and `no` are words.
    options.strict_booleans = true;
    options.with_snippet = false;
    options
}

/// `on:` needs no quotes: we read YAML 1.2.
fn plain() -> serde_saphyr::SerializerOptions {
    let mut options = serde_saphyr::SerializerOptions::default();
    options.yaml_12 = true;
    options.no_lang_directive = true;
    options
}

/// A message without the place that we say ourselves.
fn without_place(message: &str) -> String {
    let message = message.lines().next().unwrap_or_default();
    if message.starts_with("multiple YAML documents") {
        return "a second document begins here: one file holds one flow".into();
    }
    let end = message.find(" at line ").unwrap_or(message.len());
    message[..end].trim().to_owned()
}

/// A value in which every key stands once.
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any).map(Strict)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that JSON has")
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(flag.into())
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Value, E> {
        let number = Number::from_f64(number);
        number
            .map(Value::Number)
            .ok_or_else(|| E::custom("a number must be finite"))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Strict(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(list.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            if map.contains_key(&name) {
                return Err(A::Error::custom(format!("the key `{name}` stands twice")));
            }
            let Strict(value) = members.next_value()?;
            map.insert(name, value);
        }
        Ok(map.into())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails where its fact does")]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn both_formats_say_the_same() {
        let value = json!({ "on": ["call.ended"], "enabled": false, "steps": [{ "id": "a", "set": {
            "yes": "no", "number": "15", "time": "10:30", "date": "2026-11-20", "empty": "", "null": null, "float": 1.5,
            "template": "{{ outcome.notes | default('x') }}", "lines": "one\ntwo\n", "trailing ": " x ", "odd": "a: b # c", "list": [], "object": {},
            "big": u64::MAX, "negative": -3, "star": "*x", "tilde": "~", "text": "- {\"a\": 1}\n\n  indented\n", "tab": "\t", "nul": "\u{0}\u{2028}é" } }] });
        for format in [Format::Json, Format::Yaml] {
            let text = format.render(&value).unwrap();
            assert_eq!(format.parse(&text).unwrap(), value, "{text}");
        }
    }

    #[test]
    fn words_of_old_yaml_are_words() {
        let value = Format::Yaml.parse("on: [yes]\nno: off\n").unwrap();
        assert_eq!(value, json!({ "on": ["yes"], "no": "off" }));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        for (format, text, line) in [
            (Format::Json, "{\n \"a\": 1,\n \"a\": 2\n}", 3),
            (Format::Json, "{\n \"a\": }", 2),
            (Format::Json, "{\"a\": 1}\n\n2", 3),
            (Format::Yaml, "a: 1\nb: 2\na: 3\n", 3),
            (Format::Yaml, "a:\n  - b\n c: 1\n", 3),
            (Format::Yaml, "a: .inf\n", 1),
            (Format::Yaml, "a: &x {b: 1}\nc:\n  <<: *x\n", 3),
            (Format::Yaml, "a: 1\n---\nb: 1\n", 3),
        ] {
            let (at, message) = format.parse(text).unwrap_err();
            assert!(at == line && !message.is_empty(), "{text}: {at} {message}");
        }
    }

    #[test]
    fn an_anchor_bomb_and_a_deep_nest_are_refused() {
        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for n in 1..12 {
            let ten = vec![format!("*a{}", n - 1); 10].join(", ");
            bomb += &format!("a{n}: &a{n} [{ten}]\n");
        }
        assert!(Format::Yaml.parse(&bomb).is_err());
        for format in [Format::Json, Format::Yaml] {
            assert!(format.parse(&"[".repeat(100_000)).is_err());
        }
    }
}
