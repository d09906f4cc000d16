//! What a person sees of an action who fills in a form: labels, kinds of input, choices, an example, and an answer as it may
//! come back. What is allowed is said by its spec alone; a test holds that both name the same fields.

use crate::builtin::{self, Action};
use kernel::lang::Place;
use serde_json::Value;

/// The words for one action, beside its spec.
#[derive(Debug, Clone)]
pub struct Words {
    pub label: &'static str,
    pub description: &'static str,
    /// In the order of the form.
    pub fields: Vec<FieldWords>,
    /// What `body` may be in `save` and in later steps.
    pub sample_answer: Value,
}

#[derive(Debug, Clone)]
pub struct FieldWords {
    pub name: &'static str,
    pub label: &'static str,
    pub input: Input,
    pub example: Value,
    /// Of the fields with the same group at most one is given.
    pub group: Option<&'static str>,
}

/// What a field is filled in with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    Text,
    LongText,
    /// JavaScript, never a template.
    Code,
    /// A statement, whose placeholders are bound as values.
    Sql,
    Url,
    /// A whole number from 1 to this.
    Number(u64),
    /// An address with or without its name, or a list of them.
    Addresses,
    /// A list of files: {name, url} or {name, text}.
    Files,
    /// A number with its country.
    Phone,
    /// An object of name and text.
    Pairs,
    /// A JSON value with placeholders in its texts.
    Json,
    /// A value of its own and the words for it.
    Choice(&'static [(&'static str, &'static str)]),
    /// A text that is mostly one secret.
    Secret,
    /// A bearer token, a user with a password, or a header.
    Auth,
}

/// An action with its words and what its spec says.
#[derive(Debug, Clone)]
pub struct Described {
    pub name: &'static str,
    pub label: &'static str,
    pub description: &'static str,
    pub fields: Vec<DescribedField>,
    /// The kinds of connections that it uses; whether it cannot do without one.
    pub connections: &'static [&'static str],
    pub needs_connection: bool,
    pub timeout_s: f64,
    pub attempts: u32,
    pub sample_answer: Value,
}

#[derive(Debug, Clone)]
pub struct DescribedField {
    pub words: FieldWords,
    pub help: &'static str,
    pub required: bool,
    /// Whether `{{ secrets.name }}` may stand here.
    pub secrets: bool,
    /// Whether it may hold placeholders at all.
    pub placeholders: bool,
}

/// Every action, in the order in which a menu shows them.
pub fn catalogue() -> Vec<Described> {
    let actions = builtin::all();
    actions.iter().map(|action| describe(&**action)).collect()
}

fn describe(action: &dyn Action) -> Described {
    let (spec, words) = (action.spec(), action.words());
    let field = |words: FieldWords| {
        let field = spec.fields.iter().find(|field| field.name == words.name);
        let field = field.expect("only fields of the spec are described, as a test proves");
        DescribedField {
            words,
            help: field.help,
            required: field.required,
            secrets: field.secrets,
            placeholders: !matches!(field.place, Place::Literal | Place::Program),
        }
    };
    Described {
        name: spec.name,
        label: words.label,
        description: words.description,
        fields: words.fields.into_iter().map(field).collect(),
        connections: spec.connects.kinds,
        needs_connection: spec.connects.required,
        timeout_s: spec.timeout.as_secs_f64(),
        attempts: spec.retry.attempts,
        sample_answer: words.sample_answer,
    }
}

impl FieldWords {
    pub(crate) fn new(
        name: &'static str,
        label: &'static str,
        input: Input,
        example: impl Into<Value>,
    ) -> Self {
        Self {
            name,
            label,
            input,
            example: example.into(),
            group: None,
        }
    }

    pub(crate) fn one_of(self, group: &'static str) -> Self {
        Self {
            group: Some(group),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Map;
    use std::collections::BTreeSet;

    #[test]
    fn every_field_of_every_action_has_words_and_no_other() {
        for action in builtin::all() {
            let spec = action.spec();
            let named: Vec<_> = action.words().fields.iter().map(|f| f.name).collect();
            let of_spec: BTreeSet<_> = spec.fields.iter().map(|field| field.name).collect();
            assert_eq!(named.len(), of_spec.len(), "{}", spec.name);
            assert_eq!(BTreeSet::from_iter(named), of_spec, "{}", spec.name);
        }
    }

    #[test]
    fn the_examples_of_an_action_fit_together() {
        for action in builtin::all() {
            let mut groups = BTreeSet::new();
            let fields = action.words().fields.into_iter();
            let first = fields.filter(|field| field.group.is_none_or(|group| groups.insert(group)));
            let mut with: Map<_, _> = first.map(|f| (f.name.to_owned(), f.example)).collect();
            let problems = (action.spec().complete)(&mut with);
            assert!(problems.is_empty(), "{}: {problems:?}", action.spec().name);
        }
    }
}
