//! Values by their types: read from what a model gives, found in what people say, and held against each other.

pub(crate) mod date;
pub(crate) mod mail;
pub(crate) mod number;
pub(crate) mod phone;

use crate::about::About;
use crate::quote::{holds, plain};
use crate::wanted::Kind;
use serde_json::Value;

const LONGEST_TEXT: usize = 4_000;
const MOST_ITEMS: usize = 100;
const LONGEST_ITEM: usize = 500;

/// A value of its type, and the currency of an amount.
pub(crate) struct Typed {
    pub(crate) value: Value,
    pub(crate) currency: Option<&'static str>,
}

impl From<Value> for Typed {
    fn from(value: Value) -> Self {
        Self {
            value,
            currency: None,
        }
    }
}

/// What a model or a platform gives, as a value of the type; `None`: it is none.
pub(crate) fn typed(kind: Kind, choices: &[String], given: &Value, about: &About) -> Option<Typed> {
    let text = match given {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        _ => String::new(),
    };
    if kind == Kind::List {
        return list(choices, given).map(Typed::from);
    }
    if text.is_empty() {
        return None;
    }
    match kind {
        Kind::Text => Some(Value::from(text.chars().take(LONGEST_TEXT).collect::<String>()).into()),
        Kind::Number => number::only(&text).map(|number| number::json(number.value).into()),
        Kind::Money => number::only(&text).map(|number| Typed {
            value: number::json(number.value),
            currency: number.currency,
        }),
        Kind::Boolean => truth(&text).map(|truth| Value::from(truth).into()),
        Kind::Date => {
            let heard = filters::heard(&text, &about.at).filter(|heard| heard.day)?;
            Some(Value::from(date::day(&heard)).into())
        }
        Kind::Time => date::clock(&text, &about.at).map(|time| Value::from(time).into()),
        Kind::Email => mail::only(&text).map(|mail| Value::from(mail).into()),
        Kind::Phone => phone::only(&text, about).map(|phone| Value::from(phone).into()),
        Kind::Choice => chosen(choices, &text).map(|choice| Value::from(choice).into()),
        Kind::List => None,
    }
}

/// What the words say themselves, as far as code can read them.
pub(crate) enum Read {
    /// They say this value, among others perhaps.
    Says,
    /// They say others.
    SaysOther,
    /// Nothing of the type can be read in them.
    Nothing,
}

/// Whether a value can be read in the words that are given for it.
pub(crate) fn read(kind: Kind, value: &Value, words: &str, about: &About) -> Read {
    let among = |found: Vec<Value>| match found.is_empty() {
        true => Read::Nothing,
        false if found.contains(value) => Read::Says,
        false => Read::SaysOther,
    };
    match kind {
        Kind::Number | Kind::Money => {
            let found = number::all(words);
            among(
                found
                    .into_iter()
                    .map(|number| number::json(number.value))
                    .collect(),
            )
        }
        Kind::Date | Kind::Time => {
            let found = date::all(words, &about.at).into_iter();
            let part = |heard: filters::Heard| match kind {
                Kind::Date => heard.day.then(|| Value::from(date::day(&heard))),
                _ => heard.time.then(|| Value::from(date::time(&heard))),
            };
            among(found.filter_map(|(heard, _)| part(heard)).collect())
        }
        Kind::Email => among(
            mail::all(words)
                .into_iter()
                .map(|(mail, _)| mail.into())
                .collect(),
        ),
        Kind::Phone => {
            let found = phone::all(words, about);
            among(found.into_iter().map(|(number, _)| number.into()).collect())
        }
        Kind::Boolean => match truth_in(words) {
            Some(truth) if *value == truth => Read::Says,
            // A no may answer the opposite question.
            _ => Read::Nothing,
        },
        Kind::Text | Kind::Choice | Kind::List => Read::Nothing,
    }
}

pub(crate) fn chosen(choices: &[String], text: &str) -> Option<String> {
    let words = plain(text);
    choices
        .iter()
        .find(|choice| plain(choice) == words)
        .cloned()
}

fn list(choices: &[String], given: &Value) -> Option<Value> {
    let items: Vec<String> = match given {
        Value::Array(items) => items
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        Value::String(text) => text.split([',', ';', '\n']).map(str::to_owned).collect(),
        _ => return None,
    };
    let mut taken: Vec<String> = Vec::new();
    for item in items {
        let item = item.trim();
        let item = match choices.is_empty() {
            true => Some(item.chars().take(LONGEST_ITEM).collect::<String>())
                .filter(|item| !item.is_empty()),
            false => chosen(choices, item),
        };
        if let Some(item) = item.filter(|item| taken.len() < MOST_ITEMS && !taken.contains(item)) {
            taken.push(item);
        }
    }
    (!taken.is_empty()).then(|| taken.into())
}

fn truth(text: &str) -> Option<bool> {
    match plain(text).as_str() {
        "true" | "yes" | "1" => Some(true),
        "false" | "no" | "0" => Some(false),
        other => truth_in(other),
    }
}

const NO: [&str; 14] = [
    "no",
    "nope",
    "nah",
    "not really",
    "not yet",
    "not at all",
    "no thanks",
    "never",
    "i dont",
    "i do not",
    "we dont",
    "we do not",
    "i cant",
    "not interested",
];
const YES: [&str; 16] = [
    "yes",
    "yeah",
    "yep",
    "yup",
    "sure",
    "of course",
    "absolutely",
    "definitely",
    "correct",
    "thats right",
    "i do",
    "we do",
    "exactly",
    "right",
    "ok",
    "okay",
];

/// A yes or no at the beginning of an answer, past a word of hesitation; `None`: neither, or both.
pub(crate) fn truth_in(text: &str) -> Option<bool> {
    let words = plain(text);
    let words: String = words.chars().take(60).collect();
    let mut words = words.as_str();
    while let Some(rest) = ["well ", "uh ", "um ", "oh ", "hm ", "so ", "and ", "er "]
        .iter()
        .find_map(|filler| words.strip_prefix(filler))
    {
        words = rest;
    }
    let starts = |list: &[&str]| {
        list.iter().any(|word| {
            words
                .strip_prefix(word)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        })
    };
    match (starts(&YES), starts(&NO)) {
        // `yes and no`, `no, yes, I do`: a person would ask again.
        (true, false) if !holds(words, "no") => Some(true),
        (false, true) if !holds(words, "yes") => Some(false),
        _ => None,
    }
}
