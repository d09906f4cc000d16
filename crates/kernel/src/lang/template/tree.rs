//! The tree of a compiled JSON value: what is fixed is kept as a value, what is not as templates.

use super::super::eval::Evaluation;
use super::super::node::Node;
use super::super::value::{too_much, weigh};
use super::super::{MAX_DEPTH, Mistake, secret};
use super::text::Text;
use super::{Compiler, Piece};
use crate::problem::below;
use serde_json::{Map, Value};

#[derive(Debug, Clone)]
pub(super) enum Tree {
    Fixed {
        value: Value,
        weight: usize,
    },
    Text(Text),
    /// A leaf that is one placeholder: the value keeps its type.
    Typed(Node),
    List(Vec<Tree>),
    /// All members with null for those that are not fixed, which stand beside it in the same order.
    Object {
        shape: Map<String, Value>,
        weight: usize,
        members: Vec<Option<Tree>>,
    },
}

impl Tree {
    pub fn fixed(value: Value) -> Tree {
        let weight = weight(&value);
        Tree::Fixed { value, weight }
    }

    /// Cloning a map is faster than building it: its keys are not hashed again.
    pub fn object(members: Vec<(String, Tree)>) -> Tree {
        let mut shape = Map::with_capacity(members.len());
        let mut open = Vec::with_capacity(members.len());
        for (key, member) in members {
            let (value, member) = match member {
                Tree::Fixed { value, .. } => (value, None),
                member => (Value::Null, Some(member)),
            };
            shape.insert(key, value);
            open.push(member);
        }
        let shape = Value::Object(shape);
        let weight = weight(&shape);
        match shape {
            Value::Object(shape) if open.iter().any(Option::is_some) => Tree::Object {
                shape,
                weight,
                members: open,
            },
            value => Tree::Fixed { value, weight },
        }
    }

    fn is_fixed(&self) -> bool {
        matches!(self, Tree::Fixed { .. })
    }

    /// Takes what is put out from `room`.
    pub fn render<'a>(
        &'a self,
        on: &mut Evaluation<'a, '_>,
        room: &mut usize,
    ) -> Result<Value, Mistake> {
        let mut take = |bytes: usize| -> Result<(), Mistake> {
            *room = room.checked_sub(bytes).ok_or_else(|| Mistake(too_much()))?;
            Ok(())
        };
        Ok(match self {
            Tree::Fixed { value, weight } => {
                take(*weight)?;
                value.clone()
            }
            Tree::Text(text) => Value::String(text.render(on, room)?),
            Tree::Typed(node) => {
                let value = on.value(node)?;
                weigh(&value, room).map_err(Mistake)?;
                secret::neutral(value.into_owned())
            }
            Tree::List(items) => items
                .iter()
                .map(|item| item.render(on, room))
                .collect::<Result<_, _>>()?,
            Tree::Object {
                shape,
                weight,
                members,
            } => {
                take(*weight)?;
                let mut map = shape.clone();
                for (value, member) in map.values_mut().zip(members) {
                    if let Some(member) = member {
                        *value = member.render(on, room)?;
                    }
                }
                Value::Object(map)
            }
        })
    }
}

impl Compiler<'_> {
    pub(super) fn tree(&mut self, value: &Value, at: &str, depth: usize) -> Tree {
        if depth > MAX_DEPTH {
            self.problem(at, format!("a tree may nest at most {MAX_DEPTH} deep"));
            return Tree::fixed(Value::Null);
        }
        let tree = match value {
            Value::String(text) => return self.leaf(text, at),
            Value::Array(items) => Tree::List(
                items
                    .iter()
                    .enumerate()
                    .map(|(index, item)| self.tree(item, &format!("{at}/{index}"), depth + 1))
                    .collect(),
            ),
            Value::Object(map) => Tree::object(
                map.iter()
                    .map(|(key, item)| {
                        let at = below(at, key);
                        self.key(key, &at);
                        (key.clone(), self.tree(item, &at, depth + 1))
                    })
                    .collect(),
            ),
            _ => return Tree::fixed(value.clone()),
        };
        // A fixed text may have been written with `$${`, so its leaves are taken, not the source.
        match tree {
            Tree::List(items) if items.iter().all(Tree::is_fixed) => {
                Tree::fixed(items.into_iter().map(Tree::into_value).collect())
            }
            tree => tree,
        }
    }

    pub(super) fn leaf(&mut self, text: &str, at: &str) -> Tree {
        let mut pieces = self.pieces(text, at);
        match pieces.pop() {
            Some(Piece::Placeholder(expr)) if pieces.is_empty() && expr.secret().is_none() => {
                Tree::Typed(expr.node)
            }
            Some(Piece::Literal(text)) if pieces.is_empty() => Tree::fixed(Value::String(text)),
            None => Tree::fixed(Value::String(String::new())),
            Some(last) => {
                pieces.push(last);
                Tree::Text(Text::with(pieces))
            }
        }
    }

    pub(super) fn key(&mut self, key: &str, at: &str) {
        if key.contains("{{") || key.contains("${") {
            self.problem(
                at,
                format!("the name `{key}` cannot be a template, only its value"),
            );
        }
        if secret::is_marked(key) {
            self.problem(at, secret::FORGED.to_owned());
        }
    }
}

impl Tree {
    fn into_value(self) -> Value {
        match self {
            Tree::Fixed { value, .. } => value,
            _ => Value::Null,
        }
    }
}

fn weight(value: &Value) -> usize {
    let mut room = usize::MAX;
    weigh(value, &mut room).map_or(0, |()| usize::MAX - room)
}
