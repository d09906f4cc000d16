//! Evaluation of an expression against a scope: borrows what the scope lends, copies only what a filter makes.

use super::node::Node;
use super::value::{is_empty, is_true, weigh};
use super::{MAX_OUTPUT, Mistake, Report};
use crate::Scope;
use serde_json::Value;
use std::borrow::Cow;

pub(super) struct Evaluation<'a, 'r> {
    pub scope: &'a dyn Scope,
    pub report: &'r mut Report,
}

impl<'a> Evaluation<'a, '_> {
    pub fn value(&mut self, node: &'a Node) -> Result<Cow<'a, Value>, Mistake> {
        let value = match node {
            Node::Literal(value) => return Ok(Cow::Borrowed(value)),
            Node::Path { path, written } => {
                return Ok(path.find(self.scope).unwrap_or_else(|| {
                    self.report.miss(written);
                    Cow::Owned(Value::Null)
                }));
            }
            Node::Filter { .. } => return self.filtered(node),
            Node::List(items) => self.list(items)?,
            Node::Arithmetic(operator, left, right) => {
                let (left, right) = (self.value(left)?, self.value(right)?);
                operator.apply(&left, &right).map_err(Mistake)?
            }
            condition => Value::Bool(self.holds(condition)?),
        };
        Ok(Cow::Owned(value))
    }

    pub fn holds(&mut self, node: &'a Node) -> Result<bool, Mistake> {
        Ok(match node {
            Node::Relation(relation, left, right) => {
                let (left, right) = (self.value(left)?, self.value(right)?);
                relation.holds(&left, &right).map_err(Mistake)?
            }
            Node::Pattern(input, pattern) => {
                let input = self.value(input)?;
                !input.is_null() && pattern.is_match(&super::value::text(&input).map_err(Mistake)?)
            }
            Node::IsEmpty(input) => is_empty(&*self.value(input)?),
            Node::Exists(input) => !self.quietly(input)?.is_null(),
            Node::Not(input) => !self.holds(input)?,
            Node::All(terms) => {
                for term in terms {
                    if !self.holds(term)? {
                        return Ok(false);
                    }
                }
                true
            }
            Node::Any(terms) => {
                for term in terms {
                    if self.holds(term)? {
                        return Ok(true);
                    }
                }
                false
            }
            value => is_true(&*self.value(value)?),
        })
    }

    fn filtered(&mut self, node: &'a Node) -> Result<Cow<'a, Value>, Mistake> {
        let Node::Filter {
            filter,
            input,
            arguments,
            written,
        } = node
        else {
            return self.value(node);
        };
        let value = if filter.fills {
            self.quietly(input)?
        } else {
            self.value(input)?
        };
        let blank = matches!(&*value, Value::Null) || value.as_str() == Some("");
        if filter.fills && !blank {
            return Ok(value);
        }
        let arguments = arguments
            .iter()
            .map(|argument| self.value(argument))
            .collect::<Result<Vec<_>, _>>()?;
        (filter.run)(value, &arguments)
            .map(Cow::Owned)
            .map_err(|reason| Mistake(format!("`{written} | {}`: {reason}", filter.name)))
    }

    /// What is missing here is no warning.
    fn quietly(&mut self, node: &'a Node) -> Result<Cow<'a, Value>, Mistake> {
        Evaluation {
            scope: self.scope,
            report: &mut Report::default(),
        }
        .value(node)
    }

    fn list(&mut self, items: &'a [Node]) -> Result<Value, Mistake> {
        let mut room = MAX_OUTPUT;
        let mut list = Vec::with_capacity(items.len());
        for item in items {
            let value = self.value(item)?;
            weigh(&value, &mut room).map_err(Mistake)?;
            list.push(value.into_owned());
        }
        Ok(Value::Array(list))
    }
}
