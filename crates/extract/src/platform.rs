//! What a platform has found out itself, as values of the agent's types, and what is left to be read. Nothing of it is quoted,
//! since the platform says no words for it.

use crate::about::About;
use crate::extracted::{Evidence, Extracted, Flag, Source};
use crate::model::missing;
use crate::value::typed;
use crate::wanted::{Kind, STATUS, SUMMARY, Wanted};
use calls::call::Analysis;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

const DISPOSITION: &str = "disposition";
const SENTIMENT: &str = "sentiment";

/// What a platform has left out, to be read out of the transcript; `None`: it has found all that was asked for.
pub fn left(wanted: &Wanted, found: &Extracted) -> Option<Wanted> {
    let is_open = |of: &Map<String, Value>, name: &str| of.get(name).is_none_or(Value::is_null);
    let variables = wanted.variables.iter();
    let questions = wanted.questions.iter();
    let left = Wanted {
        variables: variables
            .filter(|variable| is_open(&found.outcome, &variable.name))
            .cloned()
            .collect(),
        questions: questions
            .filter(|question| is_open(&found.answers, &question.question))
            .cloned()
            .collect(),
        dispositions: wanted.dispositions.clone(),
    };
    let is_filed = wanted.dispositions.is_empty() || found.disposition.is_some();
    let is_all = left.variables.is_empty() && left.questions.is_empty() && is_filed;
    (!is_all || is_open(&found.outcome, SUMMARY)).then_some(left)
}

/// What a platform has found, and what was read for the rest.
pub fn filled(wanted: &Wanted, found: Extracted, read: Extracted) -> Extracted {
    let mut all = read;
    for (all, found) in [
        (&mut all.outcome, found.outcome),
        (&mut all.answers, found.answers),
    ] {
        for (name, value) in found {
            if !value.is_null() || !all.contains_key(&name) {
                all.insert(name, value);
            }
        }
    }
    for (name, grounds) in found.evidence {
        // Why a value was not taken says nothing of the one that was read instead.
        let stands = grounds.by.is_some() && grounds.flag.is_none();
        if stands || !all.evidence.contains_key(&name) {
            all.evidence.insert(name, grounds);
        }
    }
    all.disposition = found.disposition.or(all.disposition);
    all.sentiment = found.sentiment.or(all.sentiment);
    all.missing = missing(wanted, &all.outcome);
    all
}

fn is_empty(value: &Value) -> bool {
    value.is_null() || value == ""
}

/// Variables that nobody has described keep what the platform says, under its own names.
pub fn mapped(wanted: &Wanted, analysis: &Analysis, about: &About) -> Extracted {
    let mut evidence = BTreeMap::new();
    let mut take = |name: &str, kind: Kind, choices: &[String], given: Option<&Value>| {
        let given = given.filter(|given| !is_empty(given));
        let taken = given.map(|given| typed(kind, choices, given, about));
        match taken {
            None => Value::Null,
            Some(Some(taken)) => {
                evidence.insert(name.to_owned(), Evidence::delivered(taken.currency));
                taken.value
            }
            Some(None) => {
                let words = given.map(Value::to_string).unwrap_or_default();
                let grounds = Evidence {
                    by: Some(Source::Platform),
                    ..Evidence::flagged(Flag::NotUnderstood, words.trim_matches('"'), None)
                };
                evidence.insert(name.to_owned(), grounds);
                Value::Null
            }
        }
    };
    let given = &analysis.structured;
    let mut outcome = Map::new();
    let success = analysis.success.map(Value::from);
    let status = given.get(STATUS).or(success.as_ref());
    outcome.insert(STATUS.into(), take(STATUS, Kind::Boolean, &[], status));
    let summary = analysis.summary.clone().map(Value::from);
    let summary = summary.as_ref().or(given.get(SUMMARY));
    outcome.insert(SUMMARY.into(), take(SUMMARY, Kind::Text, &[], summary));
    for variable in wanted.own() {
        let names = std::iter::once(&variable.name).chain(&variable.from);
        let delivered = names.filter_map(|name| given.get(name));
        let mut delivered = delivered.filter(|value| !is_empty(value));
        let value = take(
            &variable.name,
            variable.kind,
            &variable.choices,
            delivered.next(),
        );
        outcome.insert(variable.name.clone(), value);
    }
    for (name, value) in given {
        outcome.entry(name.clone()).or_insert_with(|| value.clone());
    }
    let mut answers = Map::new();
    for question in &wanted.questions {
        let value = analysis.answers.get(&question.question);
        let value = take(&question.question, question.kind, &question.choices, value);
        answers.insert(question.question.clone(), value);
    }
    for (question, value) in &analysis.answers {
        answers
            .entry(question.clone())
            .or_insert_with(|| value.clone());
    }
    let disposition = given.get(DISPOSITION).and_then(Value::as_str);
    for (name, is_told) in [
        (DISPOSITION, disposition.is_some()),
        (SENTIMENT, analysis.sentiment.is_some()),
    ] {
        if is_told {
            evidence.insert(name.to_owned(), Evidence::delivered(None));
        }
    }
    Extracted {
        missing: missing(wanted, &outcome),
        outcome,
        answers,
        disposition: disposition.map(str::to_owned),
        sentiment: analysis.sentiment.clone(),
        evidence,
        by: Source::Platform,
        shortened: false,
    }
}
