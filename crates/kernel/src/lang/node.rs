//! A parsed expression as a tree, at most `MAX_DEPTH` deep.

use super::Path;
use super::filter::Filter;
use super::number::Arithmetic;
use super::relation::Relation;
use regex::Regex;
use serde_json::Value;

#[derive(Debug, Clone)]
pub(super) enum Node {
    Literal(Value),
    Path {
        path: Path,
        written: Box<str>,
    },
    List(Vec<Node>),
    Filter {
        filter: &'static Filter,
        input: Box<Node>,
        arguments: Vec<Node>,
        written: Box<str>,
    },
    Arithmetic(Arithmetic, Box<Node>, Box<Node>),
    Relation(Relation, Box<Node>, Box<Node>),
    /// `matches` with a pattern known when the expression was parsed.
    Pattern(Box<Node>, Regex),
    IsEmpty(Box<Node>),
    Exists(Box<Node>),
    Not(Box<Node>),
    All(Vec<Node>),
    Any(Vec<Node>),
}

impl Node {
    pub fn literal(&self) -> Option<&Value> {
        match self {
            Node::Literal(value) => Some(value),
            _ => None,
        }
    }
}
