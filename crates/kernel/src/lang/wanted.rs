//! What a condition surely asks of one path: one of a few values, or a number on one side of a bound. Used to find the
//! conditions that may hold without looking at all of them; it may miss such a demand, never invent one.

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

/// A number that a value must reach, or must not pass. Where the bound itself does not count, it is counted all the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bound {
    pub side: Side,
    pub at: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    Least,
    Most,
}

impl Side {
    fn other(self) -> Side {
        match self {
            Side::Least => Side::Most,
            Side::Most => Side::Least,
        }
    }
}

/// A value as order sees it next to a number; nothing else has an order with one.
pub fn size(value: &Value) -> Option<f64> {
    Number::of(value).map(Number::real)
}

impl Expr {
    /// Paths, each with the values of which it must have one for the condition to hold.
    pub fn wanted(&self) -> Vec<(&Path, Vec<Key>)> {
        self.terms().iter().filter_map(wanted).collect()
    }

    /// Paths, each with a bound that it must keep to for the condition to hold.
    pub fn bounds(&self) -> Vec<(&Path, Bound)> {
        self.terms().iter().filter_map(bound).collect()
    }

    /// What must hold, all of it.
    fn terms(&self) -> &[Node] {
        match &self.node {
            Node::All(terms) => terms,
            node => std::slice::from_ref(node),
        }
    }
}

fn bound(node: &Node) -> Option<(&Path, Bound)> {
    let Node::Relation(relation, left, right) = node else {
        return None;
    };
    let side = match relation {
        Relation::More | Relation::Least => Side::Least,
        Relation::Less | Relation::Most => Side::Most,
        _ => return None,
    };
    let (path, literal, side) = match (&**left, &**right) {
        (Node::Path { path, .. }, Node::Literal(literal)) => (path, literal, side),
        (Node::Literal(literal), Node::Path { path, .. }) => (path, literal, side.other()),
        _ => return None,
    };
    // A text that is a number also has an order with other texts.
    let at = size(literal).filter(|_| literal.is_number())?;
    Some((path, Bound { side, at }))
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
