//! What is wrong with the holes of a recipe's flow: names that are no inputs, inputs that fill nothing, and values that would
//! not be themselves where they stand.

use super::input::{Input, Type};
use super::text::{self, Part};
use super::walk::{self, Spot, Visitor};
use crate::Problem;
use crate::flow::Schema;
use crate::flow::names::{shown, suggest};
use crate::lang::Place;
use serde_json::Value;
use std::collections::HashSet;

/// Every problem of the holes; `at` is where the flow stands.
pub(super) fn holes(
    flow: &Value,
    inputs: &[Input],
    schema: &dyn Schema,
    problems: &mut Vec<Problem>,
) {
    let mut checker = Checker {
        inputs,
        used: HashSet::new(),
        problems,
    };
    walk::flow(flow, schema, "/flow", &mut checker);
    let used = checker.used;
    for (n, input) in inputs.iter().enumerate() {
        if !used.contains(&input.name) {
            let message = format!(
                "nothing in the flow takes `{0}`: write [[{0}]] in a text, or {{\"$input\": \"{0}\"}} for a whole value",
                input.name
            );
            problems.push(Problem::new(format!("/inputs/{n}"), message));
        }
    }
}

struct Checker<'a> {
    inputs: &'a [Input],
    used: HashSet<String>,
    problems: &'a mut Vec<Problem>,
}

impl Checker<'_> {
    fn problem(&mut self, at: &str, message: String) {
        self.problems.push(Problem::new(at, message));
    }

    fn kind(&mut self, name: &str, at: &str) -> Option<Type> {
        let Some(input) = self.inputs.iter().find(|input| input.name == name) else {
            let near = suggest(name, self.inputs.iter().map(|input| input.name.as_str()));
            let name = shown(name);
            self.problem(
                at,
                format!(
                    "there is no input {name}{near}; where no hole is meant write `[[!` for `[[`"
                ),
            );
            return None;
        };
        let kind = input.kind;
        self.used.insert(name.to_owned());
        Some(kind)
    }

    /// A hole between other signs.
    fn between(&mut self, name: &str, spot: Spot, at: &str) {
        let Some(kind) = self.kind(name, at) else {
            return;
        };
        match (kind, spot) {
            (_, Spot::Program) => {
                let message = format!(
                    "`{name}` would become a part of the flow or of a program, and not stay data: fill single fields, and hand a program what it needs in `inputs`"
                );
                self.problem(at, message);
            }
            (Type::Secret, _) => {
                let message = format!(
                    "the value of a secret is written {{{{ secrets.[[{name}]] }}}}, and only where a request leaves"
                );
                self.problem(at, message);
            }
            (Type::Condition, _) => {
                let message = format!(
                    "`{name}` is a condition: it stands under `if`, or inside an expression"
                );
                self.problem(at, message);
            }
            (Type::Template, Spot::Plain | Spot::Connection(_)) => {
                let message = format!(
                    "no placeholder works here, so `{name}` cannot be a `template`: make it a `text`"
                );
                self.problem(at, message);
            }
            (kind, Spot::Template(place)) if kind != Type::Template && escapes(place) => {
                let message = format!(
                    "values are escaped here: write {{{{ [[{name}]] }}}}, so that this one is, too"
                );
                self.problem(at, message);
            }
            _ => {}
        }
    }

    fn inside(&mut self, expression: &str, at: &str) {
        let mut seen = Vec::new();
        text::expression(expression, |name, quote, before| {
            seen.push((
                name.to_owned(),
                quote.is_some(),
                before.ends_with("secrets."),
            ));
            String::new()
        });
        for (name, quoted, of_secrets) in seen {
            let Some(kind) = self.kind(&name, at) else {
                continue;
            };
            let input = self.inputs.iter().find(|input| input.name == name);
            let may_lack = input.is_some_and(|input| !input.required && input.default.is_none());
            let message = match kind {
                Type::Secret if may_lack => format!(
                    "`{name}` may be left out, and then this names no secret: make it `required`, or let it be a whole value"
                ),
                Type::Secret if quoted || !of_secrets => {
                    format!("in an expression a secret is written `secrets.[[{name}]]`")
                }
                kind if of_secrets && kind != Type::Secret => {
                    format!("`{name}` names a secret here: its type is `secret`")
                }
                Type::Condition if quoted => {
                    format!("`{name}` is a condition, which cannot stand inside quotes")
                }
                Type::Json | Type::Template => format!(
                    "`{name}` is a `{}`, which cannot stand inside an expression",
                    kind.name()
                ),
                _ => continue,
            };
            self.problem(at, message);
        }
    }
}

/// Whether values are written by rules of the place, so that a text that is simply put there could break it.
fn escapes(place: Place) -> bool {
    matches!(
        place,
        Place::Body | Place::JsonBody | Place::FormBody | Place::Html | Place::Xml | Place::Sql
    )
}

impl Visitor for Checker<'_> {
    fn text(&mut self, text: &str, spot: Spot, at: &str) -> Value {
        if spot == Spot::Condition {
            self.inside(text, at);
            return Value::Null;
        }
        let parts = match spot {
            Spot::Template(_) => text::template(text),
            _ => text::plain(text),
        };
        for part in parts {
            match part {
                Part::Hole(name) => self.between(name, spot, at),
                Part::Placeholder(written) => self.inside(written, at),
                Part::Literal(_) => {}
            }
        }
        Value::Null
    }

    fn hole(&mut self, name: &Value, spot: Spot, at: &str) -> Option<Value> {
        let Some(name) = name.as_str() else {
            self.problem(at, "`$input` must be the name of an input, a text".into());
            return None;
        };
        let kind = self.kind(name, at)?;
        match (kind, spot) {
            (_, Spot::Program) => self.between(name, spot, at),
            (Type::Connection, Spot::Connection(_)) => {}
            (Type::Connection, Spot::Plain) => {}
            (Type::Connection, _) => {
                self.problem(at, "a connection stands under `connection`".into());
            }
            (Type::Secret, Spot::Plain | Spot::Connection(_) | Spot::Condition) => {
                self.problem(at, "a secret can stand only in a field of a request".into());
            }
            (Type::Template, Spot::Plain | Spot::Connection(_)) => self.between(name, spot, at),
            (Type::Condition, Spot::Condition) => {}
            (Type::Condition, _) => self.between(name, spot, at),
            (Type::Json | Type::Template, Spot::Condition) => {
                let message = format!(
                    "a condition is no `{}`: make the input a `condition`",
                    kind.name()
                );
                self.problem(at, message);
            }
            (kind, Spot::Template(place)) if kind != Type::Template && escapes(place) => {
                self.between(name, spot, at);
            }
            _ => {}
        }
        None
    }

    fn key(&mut self, name: &str, at: &str) {
        if let Some((_, text::Mark::Hole(hole), _)) = text::mark(name)
            && self.inputs.iter().any(|input| input.name == hole)
        {
            let message = "the name of a member cannot have a hole, only its value".to_owned();
            self.problem(at, message);
        }
    }
}
