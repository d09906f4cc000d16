//! What is taken from a model's answers. Whatever they are, each value is of its type, was said by a person in the call, and
//! is what the words say as far as code can read them; else it is null, and a flag says why.

use super::schema::{SENTIMENTS, key};
use crate::about::About;
use crate::extracted::{Evidence, Extracted, Flag, Source};
use crate::quote::{find, is_instruction};
use crate::value::{Read, date, read, typed};
use crate::wanted::{Kind, STATUS, SUMMARY, Wanted};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

const LONGEST_SUMMARY: usize = 2_000;
/// A turn up to this long is judged as a whole, in characters.
const ONE_BREATH: usize = 1_000;

pub(super) fn take(
    wanted: &Wanted,
    about: &About,
    answers: &[Value],
    shortened: bool,
) -> Extracted {
    let mut evidence = BTreeMap::new();
    let mut last =
        |name: &str, kind: Kind, choices: &[String], at: &dyn Fn(&Value) -> Option<Value>| {
            let mut taken = Value::Null;
            for answer in answers {
                let Some(given) = at(answer).filter(|given| !given.is_null()) else {
                    continue;
                };
                let (value, grounds) = judge(kind, choices, &given, about);
                // What was said later counts; what cannot be taken takes nothing away.
                if !value.is_null() || taken.is_null() {
                    taken = value;
                    evidence.insert(name.to_owned(), grounds);
                }
            }
            taken
        };
    let mut outcome = Map::new();
    let status = last(STATUS, Kind::Boolean, &[], &|answer| {
        answer.get(STATUS).cloned()
    });
    outcome.insert(STATUS.into(), status);
    let said = answers
        .iter()
        .rev()
        .find_map(|answer| answer.get(SUMMARY)?.as_str());
    let summary: Option<String> =
        said.map(|said| said.trim().chars().take(LONGEST_SUMMARY).collect());
    outcome.insert(
        SUMMARY.into(),
        summary.filter(|summary| !summary.is_empty()).into(),
    );
    for variable in wanted.own() {
        let at = |answer: &Value| answer.get("variables")?.get(&variable.name).cloned();
        let value = last(&variable.name, variable.kind, &variable.choices, &at);
        outcome.insert(variable.name.clone(), value);
    }
    let mut given = Map::new();
    for (number, question) in wanted.questions.iter().enumerate() {
        let at = |answer: &Value| answer.get("answers")?.get(key(number)).cloned();
        let value = last(&question.question, question.kind, &question.choices, &at);
        given.insert(question.question.clone(), value);
    }
    let dispositions: Vec<String> = wanted
        .dispositions()
        .into_iter()
        .map(str::to_owned)
        .collect();
    let at = |answer: &Value| answer.get("disposition").cloned();
    let disposition = last("disposition", Kind::Choice, &dispositions, &at);
    let sentiment = answers.iter().rev().find_map(|answer| {
        let word = answer.get("sentiment")?.as_str()?;
        SENTIMENTS.contains(&word).then(|| word.to_owned())
    });
    let mut extracted = Extracted {
        outcome,
        answers: given,
        disposition: disposition.as_str().map(str::to_owned),
        sentiment,
        evidence,
        missing: Vec::new(),
        by: Source::Model,
        shortened,
    };
    extracted.missing = missing(wanted, &extracted.outcome);
    extracted
}

/// The required variables that are null.
pub(crate) fn missing(wanted: &Wanted, outcome: &Map<String, Value>) -> Vec<String> {
    let required = wanted.variables.iter().filter(|variable| variable.required);
    let absent = required.filter(|variable| outcome.get(&variable.name).is_none_or(Value::is_null));
    absent.map(|variable| variable.name.clone()).collect()
}

fn judge(kind: Kind, choices: &[String], given: &Value, about: &About) -> (Value, Evidence) {
    let quote = given
        .get("quote")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let named = given.get("turn").and_then(Value::as_u64);
    let named = named.and_then(|turn| usize::try_from(turn).ok());
    let refused = |flag, turn| (Value::Null, Evidence::flagged(flag, quote, turn));
    let Some(turn) = find(quote, named, about) else {
        return refused(Flag::NotSaid, None);
    };
    let whole = about.turns.get(turn).map_or("", |turn| turn.text.as_str());
    let judged = if whole.chars().count() <= ONE_BREATH {
        whole
    } else {
        quote
    };
    if is_instruction(judged) {
        return refused(Flag::Instruction, Some(turn));
    }
    let value = given.get("value").unwrap_or(&Value::Null);
    let Some(mut typed) = typed(kind, choices, value, about) else {
        return refused(Flag::NotUnderstood, Some(turn));
    };
    let mut grounds = Evidence::said(quote, turn);
    // A single date in the words is read by code: what `next Tuesday` means is written down, not a model's view.
    if let Some(read) = only_date(kind, quote, about) {
        typed.value = read;
    }
    match read(kind, &typed.value, quote, about) {
        Read::Says => {}
        Read::SaysOther => return refused(Flag::Contradicted, Some(turn)),
        Read::Nothing if matches!(kind, Kind::Text | Kind::Boolean | Kind::Choice | Kind::List) => {
        }
        Read::Nothing => grounds.flag = Some(Flag::Unchecked),
    }
    grounds.currency = typed.currency.map(str::to_owned);
    (typed.value, grounds)
}

fn only_date(kind: Kind, quote: &str, about: &About) -> Option<Value> {
    if !matches!(kind, Kind::Date | Kind::Time) {
        return None;
    }
    let found = date::all(quote, &about.at);
    let [(heard, _)] = found.as_slice() else {
        return None;
    };
    match kind {
        Kind::Date if heard.day => Some(date::day(heard).into()),
        Kind::Time if heard.time => Some(date::time(heard).into()),
        _ => None,
    }
}
