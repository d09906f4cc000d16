//! What a platform has found out itself, as values of the agent's types. Nothing is asked again; nothing is quoted, since the
//! platform says no words for it.

use crate::about::About;
use crate::extracted::{Evidence, Extracted, Flag, Source};
use crate::model::missing;
use crate::value::typed;
use crate::wanted::{Kind, STATUS, SUMMARY, Wanted};
use calls::call::Analysis;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Variables that nobody has described keep what the platform says, under its own names.
pub fn mapped(wanted: &Wanted, analysis: &Analysis, about: &About) -> Extracted {
    let mut evidence = BTreeMap::new();
    let mut take = |name: &str, kind: Kind, choices: &[String], given: Option<&Value>| {
        let given = given.filter(|given| !given.is_null() && **given != "");
        let taken = given.map(|given| typed(kind, choices, given, about));
        match taken {
            None => Value::Null,
            Some(Some(taken)) => taken.value,
            Some(None) => {
                evidence.insert(
                    name.to_owned(),
                    Evidence::flagged(Flag::NotUnderstood, "", None),
                );
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
        let value = take(
            &variable.name,
            variable.kind,
            &variable.choices,
            given.get(&variable.name),
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
    let disposition = given.get("disposition").and_then(Value::as_str);
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
