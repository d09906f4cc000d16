//! What can be found out without a model: answers to questions that name a variable, and what stands out by itself. Less than
//! a model finds, never a guess; the result says that it was rules.

mod asked;
mod ending;

use crate::about::About;
use crate::extracted::{Evidence, Extracted, Source};
use crate::model::missing;
use crate::quote::{holds, is_instruction, plain};
use crate::value::{date, mail, number, phone, truth_in};
use crate::wanted::{Kind, STATUS, SUMMARY, Wanted};
use asked::{Asked, words};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// How much of an answer is taken as a text, in characters.
const LONGEST_ANSWER: usize = 500;
/// A date that nobody asked for is looked for in calls of so many words of the customer's, hours of talk, and in no longer ones.
const MOST_WORDS: usize = 20_000;
/// Answers that say nothing.
const UNKNOWN: [&str; 8] = [
    "i dont know",
    "not sure",
    "im not sure",
    "no idea",
    "i have no idea",
    "why",
    "sorry",
    "what",
];

pub fn by_rules(wanted: &Wanted, about: &About) -> Extracted {
    let said: Vec<_> = about
        .of("customer")
        .filter(|(_, text)| !is_instruction(text))
        .collect();
    let words_said = said.iter().map(|(_, text)| date::looked_at(text));
    let rules = Rules {
        about,
        asked: asked::all(about),
        is_long: words_said.sum::<usize>() > MOST_WORDS,
        said,
    };
    let mut evidence = BTreeMap::new();
    let mut outcome = Map::new();
    // Whether a goal was reached is a judgement.
    outcome.insert(STATUS.into(), Value::Null);
    outcome.insert(SUMMARY.into(), ending::summary(about).into());
    let mut note = |name: &str, found: Option<Found>| {
        let Some(found) = found else {
            return Value::Null;
        };
        let text = about
            .turns
            .get(found.turn)
            .map_or("", |turn| turn.text.as_str());
        let currency = found.currency.map(str::to_owned);
        evidence.insert(
            name.to_owned(),
            Evidence {
                currency,
                ..Evidence::said(text, found.turn)
            },
        );
        found.value
    };
    for variable in wanted.own() {
        let about = format!(
            "{} {}",
            variable.name.replace('_', " "),
            variable.description
        );
        let is_only = wanted
            .own()
            .filter(|other| other.kind == variable.kind)
            .count()
            == 1;
        let found = rules.find(variable.kind, &variable.choices, &words(&about), is_only);
        let value = note(&variable.name, found);
        outcome.insert(variable.name.clone(), value);
    }
    let mut answers = Map::new();
    for question in &wanted.questions {
        let found = rules.find(
            question.kind,
            &question.choices,
            &words(&question.question),
            false,
        );
        let value = note(&question.question, found);
        answers.insert(question.question.clone(), value);
    }
    let disposition = ending::disposition(&rules.said);
    let disposition =
        disposition.map(|(name, turn)| (name.to_owned(), Found::at(name.into(), turn)));
    if let Some((_, found)) = &disposition {
        note("disposition", Some(found.clone()));
    }
    Extracted {
        missing: missing(wanted, &outcome),
        outcome,
        answers,
        disposition: disposition.map(|(name, _)| name),
        sentiment: None,
        evidence,
        by: Source::Rules,
        shortened: false,
    }
}

#[derive(Debug, Clone)]
struct Found {
    value: Value,
    turn: usize,
    currency: Option<&'static str>,
}

impl Found {
    fn at(value: Value, turn: usize) -> Self {
        Self {
            value,
            turn,
            currency: None,
        }
    }
}

struct Rules<'a> {
    about: &'a About,
    asked: Vec<Asked>,
    /// What the customer said, orders to a reader left out.
    said: Vec<(usize, &'a str)>,
    is_long: bool,
}

impl Rules<'_> {
    /// `is_only`: nothing else of this type is looked for, so that a single one that was said is it.
    fn find(
        &self,
        kind: Kind,
        choices: &[String],
        about: &[String],
        is_only: bool,
    ) -> Option<Found> {
        let best = self.asked.iter().filter_map(|asked| {
            let score = asked.matches(about);
            (score > 0).then_some((score, asked.answer))
        });
        // Of equally good questions the later one.
        let best = best.max_by_key(|(score, answer)| (*score, *answer));
        let answered = best.and_then(|(_, answer)| self.in_turn(kind, choices, answer, true));
        answered.or_else(|| self.unasked(kind, choices, about, is_only))
    }

    fn unasked(
        &self,
        kind: Kind,
        choices: &[String],
        about: &[String],
        is_only: bool,
    ) -> Option<Found> {
        let all = self.said.iter().filter_map(|(turn, text)| {
            let near = || words(text).iter().any(|word| about.contains(word));
            let fits = match kind {
                Kind::Email | Kind::Phone | Kind::Choice | Kind::List => true,
                Kind::Number => near(),
                Kind::Money => near() || is_only,
                Kind::Date | Kind::Time => is_only && !self.is_long,
                Kind::Text | Kind::Boolean => false,
            };
            fits.then(|| self.in_turn(kind, choices, *turn, false))
                .flatten()
        });
        let mut all: Vec<Found> = all.collect();
        if kind == Kind::List {
            let last = all.last()?.turn;
            let mut items: Vec<Value> = Vec::new();
            for item in all
                .into_iter()
                .flat_map(|found| found.value.as_array().cloned().unwrap_or_default())
            {
                if !items.contains(&item) {
                    items.push(item);
                }
            }
            return Some(Found::at(items.into(), last));
        }
        let last = all.pop()?;
        // Where two different ones were said nobody knows which is meant; of addresses and numbers the last one counts.
        let settled = matches!(kind, Kind::Email | Kind::Phone)
            || all.iter().all(|other| other.value == last.value);
        settled.then_some(last)
    }

    /// The one value of a type that a turn says.
    fn in_turn(&self, kind: Kind, choices: &[String], turn: usize, asked: bool) -> Option<Found> {
        let at = self.said.binary_search_by_key(&turn, |(said, _)| *said);
        let text = self.said[at.ok()?].1;
        let at = |value: Value| Found::at(value, turn);
        match kind {
            Kind::Number | Kind::Money => {
                let found = number::all(text);
                let paid = |number: &&number::Number| {
                    kind == Kind::Number || asked || number.currency.is_some()
                };
                let mut found = found.iter().filter(paid);
                let one = found.next().filter(|_| found.next().is_none())?;
                Some(Found {
                    currency: one.currency,
                    ..at(number::json(one.value))
                })
            }
            Kind::Boolean => truth_in(text).map(|truth| at(truth.into())),
            Kind::Date | Kind::Time => {
                let found = date::all(text, &self.about.at).into_iter();
                let mut found = found.filter(|(heard, _)| {
                    if kind == Kind::Date {
                        heard.day
                    } else {
                        heard.time
                    }
                });
                let (one, _) = found.next().filter(|_| found.next().is_none())?;
                Some(at(match kind {
                    Kind::Date => date::day(&one).into(),
                    _ => date::time(&one).into(),
                }))
            }
            Kind::Email => mail::only(text).map(|mail| at(mail.into())),
            Kind::Phone => {
                let mut found = phone::all(text, self.about);
                let (one, _) = found.pop().filter(|_| found.is_empty())?;
                Some(at(one.into()))
            }
            Kind::Choice => {
                let mut named = mentioned(choices, text);
                let one = named.pop().filter(|_| named.is_empty())?;
                Some(at(one.into()))
            }
            Kind::List => {
                let named = mentioned(choices, text);
                (!named.is_empty()).then(|| at(named.into()))
            }
            Kind::Text => {
                let answer: String = text.trim().chars().take(LONGEST_ANSWER).collect();
                let says = plain(&answer);
                let empty = says.is_empty() || UNKNOWN.iter().any(|word| says.starts_with(word));
                (!empty).then(|| at(answer.into()))
            }
        }
    }
}

/// The choices that a text names, those that it denies left out.
fn mentioned(choices: &[String], text: &str) -> Vec<String> {
    let text = plain(text);
    let named = choices.iter().filter(|choice| {
        let choice = plain(choice);
        let denied = ["not ", "no ", "not the ", "dont want ", "dont want the "];
        holds(&text, &choice)
            && !denied
                .iter()
                .any(|word| holds(&text, &format!("{word}{choice}")))
    });
    // `not interested` names no `interested`; a longer choice hides those inside it.
    let named: Vec<&String> = named.collect();
    let hidden = |choice: &String| {
        named
            .iter()
            .any(|other| other.len() > choice.len() && holds(&plain(other), &plain(choice)))
    };
    named
        .iter()
        .filter(|choice| !hidden(choice))
        .map(|choice| (*choice).clone())
        .collect()
}
