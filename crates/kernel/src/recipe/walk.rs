//! A way through a flow's document that knows what stands where: plain values, texts with placeholders, conditions. What
//! becomes of a text or of a hole is the visitor's business; everything else stays as it is.

use crate::flow::{ActionSpec, Schema};
use crate::lang::Place;
use crate::problem::below;
use serde_json::{Map, Value};

/// What a value of a document is to the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spot {
    /// Taken as it is.
    Plain,
    /// The name of a connection of one of these kinds; of any where there are none.
    Connection(&'static [&'static str]),
    Template(Place),
    /// An expression without signs around it.
    Condition,
    /// A program, or a part of the flow that says what is done: nothing that is given becomes a part of it.
    Program,
}

pub(super) trait Visitor {
    /// A text becomes a value.
    fn text(&mut self, text: &str, spot: Spot, at: &str) -> Value;
    /// So does a hole in place of a whole value; `None`: the value is absent.
    fn hole(&mut self, name: &Value, spot: Spot, at: &str) -> Option<Value>;
    /// The name of a member.
    fn key(&mut self, _name: &str, _at: &str) {}
    /// An object whose members have been visited.
    fn object(&mut self, members: Map<String, Value>) -> Map<String, Value> {
        members
    }
}

/// `{"$input": "name"}` stands for a whole value; each further `$` says one `$`.
const HOLE: &str = "$input";

/// The name in a hole that stands for a whole value.
pub(super) fn hole(object: &Map<String, Value>) -> Option<&Value> {
    (object.len() == 1).then(|| object.get(HOLE)).flatten()
}

/// An object that looks like a hole as it is written in a recipe to mean itself.
pub(super) fn said(object: Map<String, Value>) -> Map<String, Value> {
    let only = object.keys().next().filter(|_| object.len() == 1);
    let looks =
        only.is_some_and(|key| key.starts_with('$') && key.trim_start_matches('$') == "input");
    match looks {
        true => object
            .into_iter()
            .map(|(key, value)| (format!("${key}"), value))
            .collect(),
        false => object,
    }
}

/// The opposite of `said`.
pub(super) fn meant(object: Map<String, Value>) -> Map<String, Value> {
    let only = object.keys().next().filter(|_| object.len() == 1);
    let said =
        only.is_some_and(|key| key.starts_with("$$") && key.trim_start_matches('$') == "input");
    match said {
        true => object
            .into_iter()
            .map(|(key, value)| (key[1..].to_owned(), value))
            .collect(),
        false => object,
    }
}

/// The flow as the visitor makes it.
pub(super) fn flow(
    document: &Value,
    schema: &dyn Schema,
    at: &str,
    visitor: &mut dyn Visitor,
) -> Value {
    let mut walk = Walk { schema, visitor };
    walk.value(document, Context::Flow, at).unwrap_or_default()
}

#[derive(Clone, Copy)]
enum Context<'a> {
    Flow,
    Where,
    Steps,
    Step,
    /// Lists of steps side by side.
    Branches,
    With(&'a ActionSpec),
    Auth(Place, &'static [&'static str]),
    Wait,
    Window,
    Stop,
    Data(Spot),
}

struct Walk<'a, 'v> {
    schema: &'a dyn Schema,
    visitor: &'v mut dyn Visitor,
}

impl<'a> Walk<'a, '_> {
    fn value(&mut self, value: &'a Value, context: Context<'a>, at: &str) -> Option<Value> {
        let spot = match context {
            Context::Data(spot) => spot,
            Context::Auth(place, _) => Spot::Template(place),
            _ => Spot::Plain,
        };
        Some(match value {
            Value::String(text) => self.visitor.text(text, spot, at),
            Value::Array(items) => {
                let context = match context {
                    Context::Steps => Context::Step,
                    Context::Branches => Context::Steps,
                    other => other,
                };
                let items = items.iter().enumerate();
                items
                    .filter_map(|(n, item)| self.value(item, context, &format!("{at}/{n}")))
                    .collect()
            }
            Value::Object(object) => {
                if let Some(name) = hole(object) {
                    let spot = match context {
                        Context::Data(_) | Context::Auth(..) => spot,
                        _ => Spot::Program,
                    };
                    return self.visitor.hole(name, spot, at);
                }
                let mut members = Map::with_capacity(object.len());
                for (name, value) in object {
                    let at = below(at, name);
                    self.visitor.key(name, &at);
                    let context = self.member(context, name, value, object);
                    if let Some(value) = self.value(value, context, &at) {
                        members.insert(name.clone(), value);
                    }
                }
                self.visitor.object(members).into()
            }
            other => other.clone(),
        })
    }

    fn member(
        &self,
        context: Context<'a>,
        name: &str,
        value: &Value,
        object: &'a Map<String, Value>,
    ) -> Context<'a> {
        let json = Context::Data(Spot::Template(Place::Json));
        let text = Context::Data(Spot::Template(Place::Text));
        match (context, name) {
            (Context::Flow, "steps" | "on_failure") => Context::Steps,
            (Context::Flow, "where") => Context::Where,
            (Context::Where, "if") => Context::Data(Spot::Condition),
            (Context::Step, "do") => Context::Data(Spot::Program),
            (Context::Step, "if" | "stop_when") => Context::Data(Spot::Condition),
            (Context::Step, "steps" | "then" | "else" | "try" | "catch" | "switch") => {
                Context::Steps
            }
            (Context::Step, "parallel") if value.is_array() => Context::Branches,
            (Context::Step, "set" | "save" | "collect" | "reply" | "for_each") => json,
            (Context::Step, "connection") => {
                let kinds = self
                    .action(object)
                    .map_or(&[][..], |spec| spec.connects.kinds);
                Context::Data(Spot::Connection(kinds))
            }
            (Context::Step, "with") => match self.action(object) {
                Some(spec) => Context::With(spec),
                None => json,
            },
            (Context::Step, "wait") => Context::Wait,
            (Context::Wait, "for") => text,
            (Context::Wait, "until") => json,
            (Context::Wait, "window") => Context::Window,
            (Context::Window, "zone") => text,
            (Context::Step, "stop") => Context::Stop,
            (Context::Stop, "reason") => text,
            (Context::With(spec), name) => field(spec, name, object),
            (Context::Auth(_, kinds), "connection") => Context::Data(Spot::Connection(kinds)),
            (Context::Auth(place, _), _) => Context::Data(Spot::Template(place)),
            (Context::Data(spot), _) => Context::Data(spot),
            _ => Context::Data(Spot::Plain),
        }
    }

    fn action(&self, step: &Map<String, Value>) -> Option<&'a ActionSpec> {
        self.schema.action(step.get("do")?.as_str()?)
    }
}

/// What an action takes under a name.
fn field<'a>(spec: &'a ActionSpec, name: &str, with: &Map<String, Value>) -> Context<'a> {
    let known = spec.fields.iter().find(|field| field.name == name);
    let place = known.map_or(Place::Json, |field| field.place.beside(with));
    match (name, place) {
        (_, Place::Literal) => Context::Data(Spot::Plain),
        (_, Place::Program) => Context::Data(Spot::Program),
        ("auth", place) => Context::Auth(place, spec.connects.kinds),
        (_, place) => Context::Data(Spot::Template(place)),
    }
}
