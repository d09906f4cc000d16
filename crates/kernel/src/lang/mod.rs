//! The value language: expressions, conditions and templates. Every evaluation ends, in time linear in its input, and
//! text that a template put out is never read as a template again.

use crate::{Problem, Scope};
use serde_json::Value;
use std::borrow::Cow;

/// Where a template stands, which decides how a value is written there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Not a template: taken as it is.
    Literal,
    /// Plain text; in a JSON tree, text leaves (a leaf that is one placeholder keeps its type).
    Text,
    Url,
    /// An object of header name → text: CR, LF and NUL are refused.
    Headers,
    /// An object of name → text: the action encodes it.
    Query,
    Form,
    /// A JSON tree.
    Json,
    /// A raw body, JSON or text by content type and first character.
    Body,
    Html,
    Xml,
}

/// A dotted path that a template reads: its root and the rest, as written.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Path {
    pub root: String,
    pub rest: Vec<Segment>,
    /// Written as `${path}`: looks in the payload view first.
    pub view: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Segment {
    Key(String),
    Index(usize),
}

/// What an evaluation noticed besides its value.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Report {
    /// Paths that do not exist, as written, each once.
    pub missing: Vec<String>,
}

/// Why an evaluation has no value: a required path is missing, a filter refused its input, a bound was passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake(pub String);

/// A compiled expression or condition.
#[derive(Debug, Clone)]
pub struct Expr(());

impl Expr {
    /// Problems carry `at` as their path.
    pub fn parse(source: &str, at: &str) -> Result<Expr, Problem> {
        let _ = (source, at);
        Ok(Expr(()))
    }
    pub fn eval<'a>(
        &'a self,
        scope: &'a dyn Scope,
        report: &mut Report,
    ) -> Result<Cow<'a, Value>, Mistake> {
        let _ = (scope, report);
        Ok(Cow::Owned(Value::Null))
    }
    /// Whether the value counts as true: not false, null, 0, "" or an empty list or object.
    pub fn holds(&self, scope: &dyn Scope, report: &mut Report) -> Result<bool, Mistake> {
        let _ = (scope, report);
        Ok(true)
    }
    pub fn paths(&self) -> Vec<Path> {
        Vec::new()
    }
}

/// A compiled JSON value whose texts are templates for one place.
#[derive(Debug, Clone)]
pub struct Template(());

impl Template {
    /// Compiles `value`; what is wrong goes to `problems` with JSON Pointers below `at`.
    pub fn compile(value: &Value, place: Place, at: &str, problems: &mut Vec<Problem>) -> Template {
        let _ = (value, place, at, problems);
        Template(())
    }
    pub fn render(&self, scope: &dyn Scope, report: &mut Report) -> Result<Value, Mistake> {
        let _ = (scope, report);
        Ok(Value::Null)
    }
    pub fn paths(&self) -> Vec<Path> {
        Vec::new()
    }
}
