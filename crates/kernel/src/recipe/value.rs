//! Values for the inputs of a recipe: checked by their types, all at once, before any comes near the flow.

use super::input::{Input, Type};
use crate::flow::names::{shown, suggest};
use crate::flow::object::kind;
use crate::lang::{Expr, Filters, Place, Template, secret};
use crate::problem::{Problem, below};
use serde_json::{Map, Value, json};

const MAX_TEXT: usize = 1_000;
const MAX_LONG_TEXT: usize = 20_000;
const MAX_ITEMS: usize = 100;
const MAX_JSON: usize = 64 << 10;

impl Input {
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
            let near = suggest(name, inputs.iter().map(|input| input.name.as_str()));
            let message = format!("the recipe has no input {}{near}", shown(name));
            problems.push(Problem::new(below("/inputs", name), message));
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
