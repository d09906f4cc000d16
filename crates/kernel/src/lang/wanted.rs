//! What a condition surely asks of one path: one of a few values. Used to find the conditions that may hold without looking
//! at all of them; it may miss such a demand, never invent one.

use super::node::Node;
use super::number::Number;
use super::relation::Relation;
use super::{Expr, Path};
use serde_json::Value;

/// A value as equality sees it: what is equal has the same key.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Key {
    Truth(bool),
    Number(u64),
    Text(Box<str>),
}

impl Key {
    /// `None` for null, lists and objects.
    pub fn of(value: &Value) -> Option<Key> {
        match (Number::of(value), value) {
            // One zero; large whole numbers may share a key with their neighbours.
            (Some(number), _) => Some(Key::Number((number.real() + 0.0).to_bits())),
            (None, Value::Bool(truth)) => Some(Key::Truth(*truth)),
            (None, Value::String(text)) => Some(Key::Text(text.as_str().into())),
            _ => None,
        }
    }
}

impl Expr {
    /// Paths, each with the values of which it must have one for the condition to hold.
    pub fn wanted(&self) -> Vec<(&Path, Vec<Key>)> {
        match &self.node {
            Node::All(terms) => terms.iter().filter_map(wanted).collect(),
            node => wanted(node).into_iter().collect(),
        }
    }
}

fn wanted(node: &Node) -> Option<(&Path, Vec<Key>)> {
    match node {
        Node::Relation(Relation::Equal, left, right) => match (&**left, &**right) {
            (Node::Path { path, .. }, Node::Literal(value))
            | (Node::Literal(value), Node::Path { path, .. }) => {
                Some((path, vec![Key::of(value)?]))
            }
            _ => None,
        },
        Node::Relation(Relation::In, item, list) => match (&**item, &**list) {
            (Node::Path { path, .. }, Node::List(items)) => {
                let keys = items.iter().map(|item| Key::of(item.literal()?));
                Some((path, keys.collect::<Option<_>>()?))
            }
            _ => None,
        },
        Node::Any(terms) => {
            let mut terms = terms.iter().map(wanted);
            let (path, mut keys) = terms.next()??;
            for term in terms {
                let (other, more) = term?;
                if other != path {
                    return None;
                }
                keys.extend(more);
            }
            Some((path, keys))
        }
        _ => None,
    }
}
