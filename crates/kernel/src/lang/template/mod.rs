//! A JSON value whose texts are templates, compiled once and rendered often. Decides by place what may stand where;
//! names of objects are never templates.

mod body;
mod headers;
mod markup;
pub(super) mod pieces;
mod sql;
mod text;
mod tree;
mod url;

use super::eval::Evaluation;
use super::expr::distinct;
use super::value::weigh;
use super::{Filters, MAX_OUTPUT, MAX_RENDERED, Mistake, Path, Place, Report, secret};
use crate::{Problem, Scope};
use pieces::{Piece, pieces};
use serde_json::Value;
use text::{Guard, Text};
use tree::Tree;

/// A compiled JSON value whose texts are templates for one place.
#[derive(Debug, Clone)]
pub struct Template {
    tree: Tree,
    paths: Vec<Path>,
}

impl Template {
    /// Compiles `value`; what is wrong goes to `problems` with JSON Pointers below `at`.
    pub fn compile(
        value: &Value,
        place: Place,
        at: &str,
        filters: Filters,
        problems: &mut Vec<Problem>,
    ) -> Template {
        let mut compiler = Compiler {
            problems,
            filters,
            paths: Vec::new(),
        };
        let tree = if weigh(value, &mut { MAX_OUTPUT }).is_err() {
            compiler.problem(
                at,
                format!("a template may have at most {MAX_OUTPUT} bytes"),
            );
            Tree::fixed(Value::Null)
        } else {
            compiler.place(value, place, at)
        };
        Template {
            tree,
            paths: distinct(compiler.paths),
        }
    }

    /// The value with every placeholder filled; at most [`MAX_RENDERED`] bytes in all.
    pub fn render(&self, scope: &dyn Scope, report: &mut Report) -> Result<Value, Mistake> {
        self.tree
            .render(&mut Evaluation::new(scope, report), &mut { MAX_RENDERED })
    }

    pub fn paths(&self) -> Vec<Path> {
        self.paths.clone()
    }
}

struct Compiler<'p> {
    problems: &'p mut Vec<Problem>,
    filters: Filters,
    paths: Vec<Path>,
}

impl Compiler<'_> {
    fn place(&mut self, value: &Value, place: Place, at: &str) -> Tree {
        let written = match value {
            Value::String(text) => match place {
                Place::Literal | Place::Program | Place::Headers | Place::Query | Place::Form => {
                    None
                }
                Place::Json => return self.leaf(text, at),
                Place::Text => Some(self.text(text, at, Text::plain)),
                Place::Url => Some(self.text(text.trim(), at, url::compile)),
                Place::Body => Some(self.text(text, at, body::compile)),
                Place::JsonBody => Some(self.text(text, at, body::json)),
                Place::FormBody => Some(self.text(text, at, Text::form)),
                Place::Html => Some(self.text(text, at, markup::html)),
                Place::Xml => Some(self.text(text, at, markup::xml)),
                Place::Sql => return self.statement(text, at),
            },
            _ => None,
        };
        match (written, place) {
            (Some(text), _) => Tree::Text(text),
            (None, Place::Literal | Place::Program) => self.literal(value, at),
            (None, Place::Text | Place::Json | Place::Body | Place::JsonBody) => {
                self.tree(value, at, 0)
            }
            (None, Place::Headers) => self.named(value, at, Guard::Header),
            (None, Place::Query | Place::Form) => self.named(value, at, Guard::None),
            (None, Place::Url | Place::FormBody | Place::Html | Place::Xml | Place::Sql) => {
                self.problem(at, "must be a text".to_owned());
                Tree::fixed(Value::Null)
            }
        }
    }

    fn problem(&mut self, at: &str, message: String) {
        self.problems.push(Problem::new(at, message));
    }

    /// The pieces of a text, their problems reported and their paths noted.
    fn pieces(&mut self, text: &str, at: &str) -> Vec<Piece> {
        let (mut pieces, wrong) = pieces(text, self.filters);
        self.problems.extend(
            wrong
                .into_iter()
                .map(|(message, _)| Problem::new(at, message)),
        );
        for piece in &mut pieces {
            if let Piece::Placeholder(expr) = piece {
                self.paths.append(&mut expr.paths);
            }
        }
        pieces
    }

    fn text(
        &mut self,
        text: &str,
        at: &str,
        build: fn(Vec<Piece>) -> Result<Text, String>,
    ) -> Text {
        let pieces = self.pieces(text, at);
        build(pieces).unwrap_or_else(|message| {
            self.problem(at, message);
            Text::default()
        })
    }

    fn statement(&mut self, text: &str, at: &str) -> Tree {
        let pieces = self.pieces(text, at);
        sql::compile(pieces).unwrap_or_else(|message| {
            self.problem(at, message);
            Tree::fixed(Value::Null)
        })
    }

    fn literal(&mut self, value: &Value, at: &str) -> Tree {
        if secret::neutral(value.clone()) != *value {
            self.problem(at, secret::FORGED.to_owned());
        }
        Tree::fixed(value.clone())
    }
}
