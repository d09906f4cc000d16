//! Evaluation of an expression against a scope: borrows what the scope lends, copies only what a filter makes.

use super::node::Node;
use super::relation::{PATTERN_WORK, Relation};
use super::value::{is_empty, is_true, weigh};
use super::{MAX_OUTPUT, MAX_WORK, Mistake, Report};
use crate::Scope;
use serde_json::Value;
use std::borrow::Cow;

pub(super) struct Evaluation<'a, 'r> {
    scope: &'a dyn Scope,
    report: &'r mut Report,
    /// What may still be looked at.
    room: usize,
}

impl<'a, 'r> Evaluation<'a, 'r> {
    pub fn new(scope: &'a dyn Scope, report: &'r mut Report) -> Self {
        Evaluation {
            scope,
            report,
            room: MAX_WORK,
        }
    }

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
                self.look(&left)?;
                self.look(&right)?;
                if *relation == Relation::Matches {
                    self.spend(PATTERN_WORK)?;
                }
                relation.holds(&left, &right).map_err(Mistake)?
            }
            Node::Pattern(input, pattern) => {
                let input = self.value(input)?;
                self.look(&input)?;
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
        self.look(&value)?;
        let mut arguments = arguments
            .iter()
            .map(|argument| self.value(argument))
            .collect::<Result<Vec<_>, _>>()?;
        for argument in &arguments {
            self.look(argument)?;
        }
        filter.imply(&mut arguments, self.scope);
        let made = (filter.run)(value, &arguments)
            .map_err(|reason| Mistake(format!("`{written} | {}`: {reason}", filter.name)))?;
        if filter.doubts && !blank && made.is_null() {
            self.report.miss(&format!("{written} | {}", filter.name));
        }
        Ok(Cow::Owned(made))
    }

    /// What is missing here is no warning.
    fn quietly(&mut self, node: &'a Node) -> Result<Cow<'a, Value>, Mistake> {
        let known = self.report.missing.len();
        let value = self.value(node);
        self.report.missing.truncate(known);
        value
    }

    /// Takes what somebody is about to look at out of what may be looked at.
    fn look(&mut self, value: &Value) -> Result<(), Mistake> {
        let mut room = self.room;
        let enough = weigh(value, &mut room);
        self.spend(if enough.is_ok() {
            self.room - room
        } else {
            MAX_WORK + 1
        })
    }

    fn spend(&mut self, work: usize) -> Result<(), Mistake> {
        self.room = self
            .room
            .checked_sub(work)
            .ok_or_else(|| Mistake(format!("would look at more than {MAX_WORK} bytes")))?;
        self.report.work = self.report.work.saturating_add(work);
        Ok(())
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
