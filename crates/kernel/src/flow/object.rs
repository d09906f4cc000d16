//! Reading one JSON object of a flow document field by field. What does not fit becomes a problem and reads as absent,
//! so that one mistake never hides another; `null` is the same as absent.

use super::compile::MAX_PROBLEMS;
use super::names::{shown, suggest};
use crate::problem::{Problem, below};
use serde_json::{Map, Value};
use std::ops::RangeInclusive;

pub(crate) struct Object<'d> {
    pub(crate) at: String,
    map: &'d Map<String, Value>,
}

impl<'d> Object<'d> {
    /// `what` names the object in messages: "a flow", "`retry`".
    pub(crate) fn open(
        value: &'d Value,
        at: &str,
        what: &str,
        problems: &mut Vec<Problem>,
    ) -> Option<Self> {
        match value {
            Value::Object(map) => Some(Self {
                at: at.to_owned(),
                map,
            }),
            other => {
                problems.push(Problem::new(
                    at,
                    format!("{what} must be an object, not {}", kind(other)),
                ));
                None
            }
        }
    }

    /// Opens the object and reports the fields that it does not know.
    pub(crate) fn strict(
        value: &'d Value,
        at: &str,
        what: &str,
        known: &[&str],
        problems: &mut Vec<Problem>,
    ) -> Option<Self> {
        let object = Self::open(value, at, what, problems)?;
        object.refuse_unknown(what, known, problems);
        Some(object)
    }

    pub(crate) fn refuse_unknown(&self, what: &str, known: &[&str], problems: &mut Vec<Problem>) {
        let room = (MAX_PROBLEMS + 1).saturating_sub(problems.len());
        let unknown = self
            .map
            .keys()
            .filter(|name| !known.contains(&name.as_str()));
        for name in unknown.take(room) {
            let message = format!(
                "{what} has no field {}{}",
                shown(name),
                suggest(name, known.iter().copied())
            );
            problems.push(Problem::new(self.place(name), message));
        }
    }

    pub(crate) fn place(&self, name: &str) -> String {
        below(&self.at, name)
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &'d String> {
        self.map.keys()
    }

    pub(crate) fn get(&self, name: &str) -> Option<&'d Value> {
        self.map.get(name).filter(|value| !value.is_null())
    }

    pub(crate) fn entries(&self) -> impl Iterator<Item = (&'d String, &'d Value)> {
        self.map.iter()
    }

    /// A text of 1 to `max` characters.
    pub(crate) fn text(
        &self,
        name: &str,
        max: usize,
        problems: &mut Vec<Problem>,
    ) -> Option<&'d str> {
        let value = self.get(name)?;
        let wrong = match value {
            Value::String(text) if text.trim().is_empty() => format!("`{name}` must not be empty"),
            Value::String(text) if text.chars().nth(max).is_some() => {
                format!("`{name}` must be at most {max} characters long")
            }
            Value::String(text) => return Some(text),
            other => format!("`{name}` must be a text, not {}", kind(other)),
        };
        problems.push(Problem::new(self.place(name), wrong));
        None
    }

    pub(crate) fn flag(&self, name: &str, problems: &mut Vec<Problem>) -> Option<bool> {
        match self.get(name)? {
            Value::Bool(flag) => Some(*flag),
            other => {
                let message = format!("`{name}` must be true or false, not {}", kind(other));
                problems.push(Problem::new(self.place(name), message));
                None
            }
        }
    }

    pub(crate) fn number(
        &self,
        name: &str,
        range: RangeInclusive<f64>,
        problems: &mut Vec<Problem>,
    ) -> Option<f64> {
        let value = self.get(name)?;
        let number = value.as_f64();
        if let Some(number) = number.filter(|number| range.contains(number)) {
            return Some(number);
        }
        let found = number.map_or_else(|| kind(value).to_owned(), |number| number.to_string());
        let message = match (*range.start(), *range.end()) {
            (low, f64::INFINITY) => {
                format!("`{name}` must be a number of at least {low}, not {found}")
            }
            (low, high) => format!("`{name}` must be a number from {low} to {high}, not {found}"),
        };
        problems.push(Problem::new(self.place(name), message));
        None
    }

    pub(crate) fn whole_number(
        &self,
        name: &str,
        range: RangeInclusive<u32>,
        problems: &mut Vec<Problem>,
    ) -> Option<u32> {
        let range = f64::from(*range.start())..=f64::from(*range.end());
        let number = self.number(name, range, problems)?;
        if number.fract() != 0.0 {
            let message = format!("`{name}` must be a whole number, not {number}");
            problems.push(Problem::new(self.place(name), message));
        }
        Some(number as u32)
    }

    /// One of a few words.
    pub(crate) fn choice(
        &self,
        name: &str,
        words: &[&'static str],
        problems: &mut Vec<Problem>,
    ) -> Option<&'static str> {
        let value = self.get(name)?;
        let chosen = words
            .iter()
            .find(|word| value.as_str() == Some(word))
            .copied();
        if chosen.is_none() {
            let found = value.as_str().map_or_else(|| kind(value).to_owned(), shown);
            let words = words
                .iter()
                .map(|word| format!("`{word}`"))
                .collect::<Vec<_>>()
                .join(" or ");
            problems.push(Problem::new(
                self.place(name),
                format!("`{name}` must be {words}, not {found}"),
            ));
        }
        chosen
    }

    /// A list of at most `max` texts; what is no text is a problem of its own.
    pub(crate) fn texts(
        &self,
        name: &str,
        max: usize,
        problems: &mut Vec<Problem>,
    ) -> Vec<(&'d str, String)> {
        let Some(value) = self.get(name) else {
            return Vec::new();
        };
        let Value::Array(items) = value else {
            let message = format!("`{name}` must be a list of texts, not {}", kind(value));
            problems.push(Problem::new(self.place(name), message));
            return Vec::new();
        };
        if items.len() > max {
            problems.push(Problem::new(
                self.place(name),
                format!(
                    "`{name}` has {} items, at most {max} are allowed",
                    items.len()
                ),
            ));
            return Vec::new();
        }
        let mut texts = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let at = format!("{}/{index}", self.place(name));
            match item.as_str() {
                Some(text) if !text.trim().is_empty() => texts.push((text, at)),
                Some(_) => problems.push(Problem::new(
                    at,
                    format!("an item of `{name}` must not be empty"),
                )),
                None => problems.push(Problem::new(
                    at,
                    format!("an item of `{name}` must be a text, not {}", kind(item)),
                )),
            }
        }
        texts
    }
}

/// What a value is, in words.
pub(crate) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
