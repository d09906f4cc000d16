//! What is to be found out about a call: an agent's variables, its key questions, its dispositions. Small and serialisable:
//! an agent keeps it, a step gives it.

use calls::agent::DISPOSITIONS;
use kernel::Problem;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Always there: whether the call reached its goal, and what it was about.
pub(crate) const STATUS: &str = "status";
pub(crate) const SUMMARY: &str = "summary";

const MOST_VARIABLES: usize = 100;
const MOST_QUESTIONS: usize = 50;
const MOST_CHOICES: usize = 50;
const LONGEST_WORDS: usize = 1_000;
const LONGEST_CHOICE: usize = 100;
const MOST_FROM: usize = 10;
const LONGEST_FROM: usize = 100;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Wanted {
    pub variables: Vec<Variable>,
    pub questions: Vec<Question>,
    /// Beside those that every agent has.
    pub dispositions: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variable {
    pub name: String,
    /// Other names under which a platform delivers it; the first that has a value counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<String>,
    #[serde(rename = "type")]
    pub kind: Kind,
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub required: bool,
    /// Of a choice; of a list, what may stand in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    pub question: String,
    #[serde(rename = "type", default)]
    pub kind: Kind,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    #[default]
    Text,
    Number,
    #[serde(alias = "true/false", alias = "bool")]
    Boolean,
    /// `2026-11-24`.
    Date,
    /// `15:00`.
    Time,
    #[serde(alias = "e-mail")]
    Email,
    /// E.164.
    Phone,
    /// The amount; its currency stands with the evidence.
    Money,
    /// One of the choices, as they write it.
    Choice,
    /// Texts.
    List,
}

impl Wanted {
    /// All that is wrong with it, with its place.
    pub fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut say = |path: String, message: &str| problems.push(Problem::new(path, message));
        if self.variables.len() > MOST_VARIABLES {
            say("/variables".into(), "are more than 100");
        }
        if self.questions.len() > MOST_QUESTIONS {
            say("/questions".into(), "are more than 50");
        }
        if self.dispositions.len() > MOST_CHOICES {
            say("/dispositions".into(), "are more than 50");
        }
        let mut names = BTreeSet::new();
        for (number, variable) in self.variables.iter().enumerate() {
            let at = format!("/variables/{number}");
            let name = variable.name.as_str();
            let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
            if !(3..=40).contains(&name.len()) || !name.bytes().all(plain) {
                let short: String = name.chars().take(50).collect();
                say(
                    format!("{at}/name"),
                    &format!(
                        "`{short}` is no name: 3 to 40 lower-case letters, digits and underscores"
                    ),
                );
            } else if !names.insert(name) {
                say(format!("{at}/name"), &format!("`{name}` is there already"));
            }
            let own = match name {
                STATUS => Some((Kind::Boolean, "boolean: whether the call reached its goal")),
                SUMMARY => Some((Kind::Text, "text: what the call was about")),
                _ => None,
            };
            if let Some((_, is)) = own.filter(|(kind, _)| *kind != variable.kind) {
                say(
                    format!("{at}/type"),
                    &format!("`{name}` is there for every call, as {is}"),
                );
            }
            if variable.description.chars().count() > LONGEST_WORDS {
                say(
                    format!("{at}/description"),
                    "has more than 1,000 characters",
                );
            }
            if variable.from.len() > MOST_FROM {
                say(format!("{at}/from"), "are more than 10");
            }
            for (number, from) in variable.from.iter().enumerate() {
                if from.trim().is_empty() || from.chars().count() > LONGEST_FROM {
                    say(format!("{at}/from/{number}"), "has 1 to 100 characters");
                }
            }
            choices(variable.kind, &variable.choices, &at, &mut say);
        }
        let mut asked = BTreeSet::new();
        for (number, question) in self.questions.iter().enumerate() {
            let at = format!("/questions/{number}");
            let words = question.question.trim();
            if words.is_empty() || words.chars().count() > LONGEST_WORDS {
                say(format!("{at}/question"), "has 1 to 1,000 characters");
            } else if !asked.insert(words) {
                say(format!("{at}/question"), "is asked already");
            }
            choices(question.kind, &question.choices, &at, &mut say);
        }
        for (number, own) in self.dispositions.iter().enumerate() {
            if own.trim().is_empty() || own.chars().count() > LONGEST_CHOICE {
                say(format!("/dispositions/{number}"), "has 1 to 100 characters");
            }
        }
        problems
    }

    /// Every disposition, the system's first, each once.
    pub fn dispositions(&self) -> Vec<&str> {
        let mut all: Vec<&str> = DISPOSITIONS.to_vec();
        for own in self.dispositions.iter().map(|own| own.trim()) {
            if !all.iter().any(|known| known.eq_ignore_ascii_case(own)) {
                all.push(own);
            }
        }
        all
    }

    /// The variables, `status` and `summary` apart.
    pub(crate) fn own(&self) -> impl Iterator<Item = &Variable> {
        let variables = self.variables.iter();
        variables.filter(|variable| variable.name != STATUS && variable.name != SUMMARY)
    }

    /// What somebody says about one of the two that are always there.
    pub(crate) fn words_for(&self, name: &str) -> Option<&str> {
        let variable = self
            .variables
            .iter()
            .find(|variable| variable.name == name)?;
        Some(variable.description.trim()).filter(|words| !words.is_empty())
    }
}

fn choices(kind: Kind, choices: &[String], at: &str, say: &mut impl FnMut(String, &str)) {
    let at = format!("{at}/choices");
    match kind {
        Kind::Choice if choices.len() < 2 => return say(at, "a choice has two at least"),
        Kind::Choice | Kind::List => {}
        _ if choices.is_empty() => return,
        _ => return say(at, "are for the types `choice` and `list`"),
    }
    if choices.len() > MOST_CHOICES {
        say(at.clone(), "are more than 50");
    }
    let mut known = BTreeSet::new();
    for (number, choice) in choices.iter().enumerate() {
        let plain = crate::quote::plain(choice);
        if plain.is_empty() || choice.chars().count() > LONGEST_CHOICE {
            say(
                format!("{at}/{number}"),
                "has 1 to 100 characters, a letter or digit among them",
            );
        } else if !known.insert(plain) {
            say(format!("{at}/{number}"), "reads like one before it");
        }
    }
}
