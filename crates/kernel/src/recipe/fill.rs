//! Filling the holes of a recipe's flow. What fills a hole of a template is data there, unless its type says `template`; a
//! value that is not given is absent: empty in a text, null in an expression, and no member where it stands alone.

use super::input::{Input, Type};
use super::text::{self, Part};
use super::walk::{self, Spot, Visitor};
use crate::flow::Schema;
use serde_json::{Map, Value};

/// The flow with every hole filled; holes that are not known stay empty.
pub(super) fn filled(
    flow: &Value,
    inputs: &[Input],
    values: &Map<String, Value>,
    schema: &dyn Schema,
) -> Value {
    let mut filler = Filler { inputs, values };
    walk::flow(flow, schema, "/flow", &mut filler)
}

/// The same for a value without templates.
pub(super) fn filled_data(value: &Value, values: &Map<String, Value>) -> Value {
    let filler = Filler {
        inputs: &[],
        values,
    };
    filler.data(value)
}

struct Filler<'a> {
    inputs: &'a [Input],
    values: &'a Map<String, Value>,
}

impl Filler<'_> {
    fn kind(&self, name: &str) -> Type {
        let input = self.inputs.iter().find(|input| input.name == name);
        input.map_or(Type::Text, |input| input.kind)
    }

    fn value(&self, name: &str) -> &Value {
        self.values.get(name).unwrap_or(&Value::Null)
    }

    fn plain(&self, written: &str) -> String {
        let parts = text::plain(written);
        let texts = parts.into_iter().map(|part| match part {
            Part::Hole(name) => text::shown(self.value(name)),
            Part::Literal(literal) => literal.into_owned(),
            Part::Placeholder(written) => written.to_owned(),
        });
        texts.collect()
    }

    fn template(&self, written: &str) -> String {
        let parsed = text::template(written);
        let expressions: Vec<String> = parsed
            .iter()
            .map(|part| match part {
                Part::Placeholder(written) => self.expression(written),
                _ => String::new(),
            })
            .collect();
        let mut parts: Vec<Part<'_>> = Vec::new();
        for (part, expression) in parsed.into_iter().zip(&expressions) {
            match part {
                Part::Placeholder(_) => parts.push(Part::Placeholder(expression)),
                Part::Hole(name) if self.kind(name) == Type::Template => {
                    let given = self.value(name).as_str().unwrap_or_default();
                    parts.extend(text::without_holes(given));
                }
                Part::Hole(name) => {
                    parts.push(Part::Literal(text::shown(self.value(name)).into()));
                }
                literal => parts.push(literal),
            }
        }
        text::written(&parts)
    }

    fn expression(&self, written: &str) -> String {
        text::expression(written, |name, quote, before| {
            let value = self.value(name);
            match (quote, self.kind(name), value) {
                (Some(quote), ..) => text::in_quotes(&text::shown(value), quote),
                (None, Type::Secret, Value::String(name)) if before.ends_with("secrets.") => {
                    name.clone()
                }
                (None, Type::Condition, Value::String(condition)) => format!("({condition})"),
                _ => literal(value),
            }
        })
    }

    /// A value in a template keeps its type; its texts say what they say.
    fn quoted(&self, value: Value) -> Value {
        match value {
            Value::String(said) => text::written(&[Part::Literal(said.into())]).into(),
            Value::Array(items) => items.into_iter().map(|item| self.quoted(item)).collect(),
            Value::Object(members) => {
                let members = members.into_iter();
                members
                    .map(|(name, value)| (name, self.quoted(value)))
                    .collect()
            }
            other => other,
        }
    }

    fn data(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => self.plain(text).into(),
            Value::Array(items) => items.iter().map(|item| self.data(item)).collect(),
            Value::Object(members) => match walk::hole(members).and_then(Value::as_str) {
                Some(name) => self.value(name).clone(),
                None => {
                    let members = members.iter();
                    let filled = members.map(|(name, value)| (name.clone(), self.data(value)));
                    walk::meant(filled.collect()).into()
                }
            },
            other => other.clone(),
        }
    }
}

/// A value as the language writes it.
fn literal(value: &Value) -> String {
    match value {
        Value::String(text) => format!("'{}'", text::in_quotes(text, '\'')),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(literal).collect();
            format!("[{}]", items.join(", "))
        }
        other => other.to_string(),
    }
}

impl Visitor for Filler<'_> {
    fn text(&mut self, text: &str, spot: Spot, _: &str) -> Value {
        match spot {
            Spot::Plain | Spot::Connection(_) | Spot::Program => self.plain(text).into(),
            Spot::Template(_) => self.template(text).into(),
            Spot::Condition => self.expression(text).into(),
        }
    }

    fn hole(&mut self, name: &Value, spot: Spot, _: &str) -> Option<Value> {
        let name = name.as_str()?;
        let value = self.value(name).clone();
        if value.is_null() {
            return None;
        }
        Some(match (spot, self.kind(name), value) {
            (Spot::Plain | Spot::Connection(_) | Spot::Program, _, value) => value,
            (Spot::Template(_), Type::Template, value) => value,
            (Spot::Condition, Type::Condition, value) => value,
            (Spot::Template(_), Type::Secret, Value::String(name)) => {
                format!("{{{{ secrets.{name} }}}}").into()
            }
            (Spot::Template(_), _, value) => self.quoted(value),
            (Spot::Condition, _, value) => literal(&value).into(),
        })
    }

    fn object(&mut self, members: Map<String, Value>) -> Map<String, Value> {
        walk::meant(members)
    }
}
