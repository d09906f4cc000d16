//! What a recipe asks for: a name, a type, and words for a form. A value is checked here before it comes near the flow.

use super::fields::{CHOICE, INPUT};
use crate::Problem;
use crate::flow::names::{is_variable, shown};
use crate::flow::object::{Object, kind};
use crate::lang::{Expr, Filters, Place, Template, secret};
use serde_json::{Map, Value, json};

const MAX_NAME: usize = 64;
const MAX_LABEL: usize = 100;
const MAX_HELP: usize = 500;
const MAX_CHOICES: usize = 100;
const MAX_TEXT: usize = 1_000;
const MAX_LONG_TEXT: usize = 20_000;
const MAX_ITEMS: usize = 100;
const MAX_JSON: usize = 64 << 10;

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

    /// Says what is wrong with a value for this input.
    pub(super) fn check(
        &self,
        value: &Value,
        at: &str,
        filters: Filters,
        problems: &mut Vec<Problem>,
    ) {
        let wrong = match (self.kind, value) {
            (Type::Json, value) => json_fits(value),
            (Type::Number, Value::Number(_)) | (Type::Boolean, Value::Bool(_)) => None,
            (Type::Agents | Type::Campaigns, Value::Array(items)) => names_fit(items),
            (kind, Value::String(text)) => self.text_fits(kind, text),
            (kind, value) => Some(wanted(kind, value)),
        };
        if let Some(message) = wrong {
            problems.push(Problem::new(at, message));
        } else if self.kind == Type::Template {
            Template::compile(value, Place::Text, at, filters, problems);
        } else if let (Type::Condition, Value::String(text)) = (self.kind, value) {
            problems.extend(Expr::parse(text, at, filters).err());
        }
    }

    fn text_fits(&self, kind: Type, text: &str) -> Option<String> {
        let most = match kind {
            Type::LongText | Type::Template | Type::Condition => MAX_LONG_TEXT,
            _ => MAX_TEXT,
        };
        if text.chars().nth(most).is_some() {
            return Some(format!("must be at most {most} characters long"));
        }
        let fits = match kind {
            Type::LongText | Type::Template | Type::Condition => true,
            Type::Text | Type::Connection => !text.chars().any(char::is_control),
            Type::Choice => self.choices.iter().any(|(value, _)| value == text),
            Type::Url => is_url(text),
            Type::Phone => is_phone(text),
            Type::Email => is_email(text),
            Type::Secret => secret::is_name(text),
            _ => return Some(wanted(kind, &Value::String(String::new()))),
        };
        let found = shown(text);
        (!fits).then(|| match kind {
            Type::Choice => {
                let known: Vec<_> = self
                    .choices
                    .iter()
                    .map(|(value, _)| format!("`{value}`"))
                    .collect();
                format!("{found} is none of {}", known.join(", "))
            }
            Type::Url => format!("{found} is no address such as `https://example.com/leads`"),
            Type::Phone => format!("{found} is no number with its country such as `+14155550100`"),
            Type::Email => format!("{found} is no address such as `ada@example.com`"),
            Type::Secret => {
                format!("{found} is no name of a secret: 1 to 64 letters, digits and `_`")
            }
            _ => "must be on one line".to_owned(),
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

fn wanted(wanted: Type, value: &Value) -> String {
    let wanted = match wanted {
        Type::Number => "a number",
        Type::Boolean => "true or false",
        Type::Agents | Type::Campaigns => "a list of names",
        _ => "a text",
    };
    format!("must be {wanted}, not {}", kind(value))
}

fn names_fit(items: &[Value]) -> Option<String> {
    if items.len() > MAX_ITEMS {
        return Some(format!("must have at most {MAX_ITEMS} names"));
    }
    let fits = |item: &Value| {
        let name = item.as_str().unwrap_or_default();
        !name.trim().is_empty() && name.len() <= MAX_TEXT
    };
    (!items.iter().all(fits)).then(|| "must hold names: texts that are not empty".to_owned())
}

fn json_fits(value: &Value) -> Option<String> {
    let size = value.to_string().len();
    (size > MAX_JSON).then(|| format!("has {size} bytes of JSON; at most {MAX_JSON} are taken"))
}

fn is_url(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or(text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        !rest.is_empty()
            && !rest.starts_with(['/', '?', '#'])
            && !text.chars().any(|c| c.is_whitespace() || c.is_control())
    })
}

fn is_phone(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or_default();
    (7..=15).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && !digits.starts_with('0')
}

/// One address, perhaps behind a name: `Sales <sales@example.com>`. The action reads it more strictly.
fn is_email(text: &str) -> bool {
    let bare = match text
        .strip_suffix('>')
        .and_then(|text| text.rsplit_once('<'))
    {
        Some((_, address)) => address,
        None => text,
    };
    let odd = |c: char| c.is_whitespace() || c.is_control() || "<>,;\"".contains(c);
    bare.split_once('@')
        .is_some_and(|(user, host)| !user.is_empty() && !host.is_empty() && !host.contains('@'))
        && !bare.contains(odd)
        && !text.chars().any(char::is_control)
}

/// The values of a recipe's inputs: defaults in place of what is not given, null for what there is none of.
pub(super) fn values(
    inputs: &[Input],
    given: &Map<String, Value>,
    filters: Filters,
) -> Result<Map<String, Value>, Vec<Problem>> {
    let mut problems = Vec::new();
    for name in given.keys() {
        if !inputs.iter().any(|input| input.name == *name) {
            let near =
                crate::flow::names::suggest(name, inputs.iter().map(|input| input.name.as_str()));
            let message = format!("the recipe has no input {}{near}", shown(name));
            problems.push(Problem::new(
                crate::flow::names::below("/inputs", name),
                message,
            ));
        }
    }
    let mut values = Map::new();
    for input in inputs {
        let at = format!("/inputs/{}", input.name);
        let empty = json!("");
        let value = match given.get(&input.name) {
            None | Some(Value::Null) => input.default.as_ref(),
            Some(value) if *value == empty => None,
            Some(value) => Some(value),
        };
        match value {
            Some(value) => input.check(value, &at, filters, &mut problems),
            None if input.required => {
                let message = format!("is needed: {}", input.label);
                problems.push(Problem::new(at, message));
            }
            None => {}
        }
        values.insert(input.name.clone(), value.cloned().unwrap_or_default());
    }
    match problems.is_empty() {
        true => Ok(values),
        false => Err(problems),
    }
}
