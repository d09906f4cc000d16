//! A compiled expression or condition. Secrets cannot be read in one.

use super::eval::Evaluation;
use super::node::Node;
use super::parse::parse;
use super::{Filters, Mistake, Path, Report, secret};
use crate::{Problem, Scope};
use serde_json::Value;
use std::borrow::Cow;
use std::collections::HashSet;

#[derive(Debug, Clone)]
pub struct Expr {
    pub(super) node: Node,
    pub(super) paths: Vec<Path>,
}

impl Expr {
    /// Problems carry `at` as their path.
    pub fn parse(source: &str, at: &str, filters: Filters) -> Result<Expr, Problem> {
        let expr = Expr::read(source, filters).map_err(|reason| Problem::new(at, reason))?;
        match expr.paths.iter().find(|path| path.is_secret()) {
            Some(_) => Err(Problem::new(
                at,
                format!(
                    "`{}`: a condition or value cannot read a secret",
                    excerpt(source)
                ),
            )),
            None => Ok(expr),
        }
    }

    /// Parses without asking where secrets may stand.
    pub(super) fn read(source: &str, filters: Filters) -> Result<Expr, String> {
        if secret::is_marked(source) {
            return Err(secret::FORGED.to_owned());
        }
        let (node, paths) =
            parse(source, filters).map_err(|reason| format!("`{}`: {reason}", excerpt(source)))?;
        Ok(Expr {
            node,
            paths: distinct(paths),
        })
    }

    pub fn eval<'a>(
        &'a self,
        scope: &'a dyn Scope,
        report: &mut Report,
    ) -> Result<Cow<'a, Value>, Mistake> {
        Evaluation::new(scope, report).value(&self.node)
    }

    /// Whether the value counts as true: not false, null, 0, "" or an empty list or object.
    pub fn holds(&self, scope: &dyn Scope, report: &mut Report) -> Result<bool, Mistake> {
        Evaluation::new(scope, report).holds(&self.node)
    }

    pub fn paths(&self) -> Vec<Path> {
        self.paths.clone()
    }
}

pub(super) fn distinct(mut paths: Vec<Path>) -> Vec<Path> {
    let mut seen = HashSet::new();
    paths.retain(|path| seen.insert(path.clone()));
    paths
}

/// A source as a message shows it.
pub(super) fn excerpt(source: &str) -> String {
    let source = source.trim();
    match source.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &source[..end]),
        None => source.to_owned(),
    }
}
