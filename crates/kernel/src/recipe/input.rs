//! What a recipe asks for: a name, a type, and words for a form. Not the values that are given for it.

use super::fields::{CHOICE, INPUT};
use crate::Problem;
use crate::flow::names::{is_variable, shown};
use crate::flow::object::Object;
use crate::lang::Filters;
use serde_json::{Value, json};

const MAX_NAME: usize = 64;
const MAX_LABEL: usize = 100;
const MAX_HELP: usize = 500;
const MAX_CHOICES: usize = 100;
const MAX_TEXT: usize = 1_000;
const MAX_ITEMS: usize = 100;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// One line.
    Text,
    LongText,
    /// A text in which placeholders of the language work.
    Template,
    /// An expression that holds or does not.
    Condition,
    Number,
    Boolean,
    Choice,
    Url,
    Phone,
    Email,
    /// The name of a secret, never its value.
    Secret,
    /// The name of a connection.
    Connection,
    /// Names or ids.
    Agents,
    Campaigns,
    Json,
}

impl Type {
    const ALL: [(&'static str, Type); 15] = [
        ("text", Type::Text),
        ("long_text", Type::LongText),
        ("template", Type::Template),
        ("condition", Type::Condition),
        ("number", Type::Number),
        ("boolean", Type::Boolean),
        ("choice", Type::Choice),
        ("url", Type::Url),
        ("phone", Type::Phone),
        ("email", Type::Email),
        ("secret", Type::Secret),
        ("connection", Type::Connection),
        ("agents", Type::Agents),
        ("campaigns", Type::Campaigns),
        ("json", Type::Json),
    ];

    pub fn name(self) -> &'static str {
        let known = Self::ALL.iter().find(|(_, known)| *known == self);
        known.map_or("", |(name, _)| name)
    }

    pub fn names() -> [&'static str; 15] {
        Self::ALL.map(|(name, _)| name)
    }
}

/// One hole of a recipe.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    pub name: String,
    pub label: String,
    pub kind: Type,
    pub help: String,
    pub required: bool,
    pub default: Option<Value>,
    pub example: Option<Value>,
    /// Value and label.
    pub choices: Vec<(String, String)>,
    /// Of connections.
    pub kinds: Vec<String>,
}

impl Input {
    pub(super) fn read(
        value: &Value,
        at: &str,
        filters: Filters,
        problems: &mut Vec<Problem>,
    ) -> Option<Self> {
        let object = Object::strict(value, at, "an input", INPUT, problems)?;
        let before = problems.len();
        for name in ["name", "type", "label"] {
            if object.get(name).is_none() {
                problems.push(Problem::new(
                    object.place(name),
                    format!("an input needs a `{name}`"),
                ));
            }
        }
        let name = object.text("name", MAX_NAME, problems).unwrap_or_default();
        if !name.is_empty() && !is_variable(name) {
            let message = format!(
                "{} is no name: a letter or `_`, then letters, digits and `_`",
                shown(name)
            );
            problems.push(Problem::new(object.place("name"), message));
        }
        let word = object.choice("type", &Type::names(), problems);
        let kind = Type::ALL.iter().find(|(name, _)| Some(*name) == word);
        let choices = choices(&object, problems);
        let kinds = object.texts("kinds", MAX_ITEMS, problems).into_iter();
        let input = Self {
            name: name.to_owned(),
            label: object
                .text("label", MAX_LABEL, problems)
                .unwrap_or_default()
                .to_owned(),
            kind: kind.map_or(Type::Text, |(_, kind)| *kind),
            help: object
                .text("help", MAX_HELP, problems)
                .unwrap_or_default()
                .to_owned(),
            required: object.flag("required", problems).unwrap_or(false),
            default: object.get("default").cloned(),
            example: object.get("example").cloned(),
            choices,
            kinds: kinds.map(|(kind, _)| kind.to_owned()).collect(),
        };
        kind?;
        let listed = [
            (
                "choices",
                input.choices.is_empty(),
                input.kind == Type::Choice,
            ),
            (
                "kinds",
                input.kinds.is_empty(),
                input.kind == Type::Connection,
            ),
        ];
        for (field, is_empty, belongs) in listed {
            if is_empty == belongs {
                let message = match belongs {
                    true => format!(
                        "an input of the type `{}` names its `{field}`",
                        input.kind.name()
                    ),
                    false => format!(
                        "`{field}` does not go with the type `{}`",
                        input.kind.name()
                    ),
                };
                problems.push(Problem::new(object.place(field), message));
            }
        }
        if problems.len() > before {
            return None;
        }
        for name in ["default", "example"] {
            if let Some(value) = object.get(name) {
                input.check(value, &object.place(name), filters, problems);
            }
        }
        Some(input)
    }

    /// A value to try the recipe with.
    pub(super) fn sample(&self) -> Value {
        let given = self.example.as_ref().or(self.default.as_ref());
        given.cloned().unwrap_or_else(|| match self.kind {
            Type::Text | Type::LongText => json!("Example"),
            Type::Template => json!("{{ call_id }}"),
            Type::Condition => json!("true"),
            Type::Number => json!(1),
            Type::Boolean => json!(true),
            Type::Choice => json!(self.choices.first().map(|(value, _)| value)),
            Type::Url => json!("https://example.com/"),
            Type::Phone => json!("+14155550100"),
            Type::Email => json!("someone@example.com"),
            Type::Secret => json!("example_key"),
            Type::Connection => json!("Example"),
            Type::Agents | Type::Campaigns => json!([]),
            Type::Json => json!({}),
        })
    }
}

fn choices(object: &Object<'_>, problems: &mut Vec<Problem>) -> Vec<(String, String)> {
    let at = object.place("choices");
    let items = match object.get("choices") {
        None => return Vec::new(),
        Some(Value::Array(items)) if items.len() <= MAX_CHOICES => items,
        Some(_) => {
            let message = format!("`choices` must be a list of at most {MAX_CHOICES} choices");
            problems.push(Problem::new(at, message));
            return Vec::new();
        }
    };
    let mut choices = Vec::new();
    for (n, item) in items.iter().enumerate() {
        let at = format!("{at}/{n}");
        if let Value::String(value) = item {
            choices.push((value.clone(), value.clone()));
        } else if let Some(item) = Object::strict(item, &at, "a choice", CHOICE, problems) {
            let value = item.text("value", MAX_TEXT, problems);
            let label = item.text("label", MAX_LABEL, problems);
            match value {
                Some(value) => choices.push((value.into(), label.unwrap_or(value).into())),
                None => problems.push(Problem::new(
                    item.place("value"),
                    "a choice needs a `value`",
                )),
            }
        }
    }
    choices
}
