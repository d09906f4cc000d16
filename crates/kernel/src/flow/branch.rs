//! Reading the steps that choose: `if`, `switch` and `try`.

use super::compile::Compiler;
use super::fields;
use super::object::{Object, kind};
use super::plan::{Kind, Owner};
use super::reads::Sight;
use super::step::{Inside, Span};
use serde_json::Value;

const MAX_CASES: usize = 100;

impl<'a> Compiler<'a> {
    pub(super) fn branches(
        &mut self,
        step: &Object<'a>,
        inside: Inside,
        index: usize,
        sight: Sight,
    ) -> (Option<Kind>, bool) {
        let condition = self.condition(step, "if", sight);
        if step.get("then").is_none() {
            let message = "an `if` step needs `then`: the steps to take when the condition holds";
            self.problem(step.place("then"), message);
        }
        let [then, otherwise] = ["then", "else"].map(|name| self.branch(step, name, inside, index));
        let kind = condition.map(|condition| Kind::If {
            condition,
            then: then.first,
            otherwise: otherwise.first,
        });
        (kind, then.stops && otherwise.stops)
    }

    pub(super) fn switch(
        &mut self,
        step: &Object<'a>,
        inside: Inside,
        index: usize,
        sight: Sight,
    ) -> (Option<Kind>, bool) {
        let at = step.place("switch");
        let mut stops = true;
        let mut read = Vec::new();
        match step.get("switch") {
            Some(Value::Array(cases)) if (1..=MAX_CASES).contains(&cases.len()) => {
                for (number, case) in cases.iter().enumerate() {
                    let at = format!("{at}/{number}");
                    let case =
                        Object::strict(case, &at, "a case", fields::CASE, &mut self.problems);
                    let Some(case) = case else { continue };
                    for (name, what) in [("if", "a condition"), ("steps", "a list of steps")] {
                        if case.get(name).is_none() {
                            self.problem(
                                case.place(name),
                                &format!("a case needs `{name}`: {what}"),
                            );
                        }
                    }
                    let condition = self.condition(&case, "if", sight);
                    let span = self.branch(&case, "steps", inside, index);
                    stops &= span.stops;
                    read.extend(condition.map(|condition| (condition, span.first)));
                }
            }
            Some(Value::Array(cases)) => {
                let message = format!("`switch` has 1 to {MAX_CASES} cases, not {}", cases.len());
                self.problem(at, &message);
            }
            other => {
                let found = other.map_or("nothing", kind);
                self.problem(
                    at,
                    &format!("`switch` must be a list of cases, not {found}"),
                );
            }
        }
        let otherwise = self.branch(step, "else", inside, index);
        let kind = Kind::Switch {
            cases: read,
            otherwise: otherwise.first,
        };
        (Some(kind), stops && otherwise.stops)
    }

    /// `try` stops the flow always only where `catch` does, too: any step may fail before its `stop`.
    pub(super) fn attempt(
        &mut self,
        step: &Object<'a>,
        inside: Inside,
        index: usize,
    ) -> (Option<Kind>, bool) {
        if step.get("catch").is_none() {
            let message = "a `try` step needs `catch`: the steps to take when one has failed";
            self.problem(step.place("catch"), message);
        }
        let inside = Inside {
            always: false,
            ..inside
        };
        let tried = self.nested(step, "try", Owner::Try(index), inside, index);
        let inside = Inside {
            error: true,
            ..inside
        };
        let caught = self.nested(step, "catch", Owner::Catch(index), inside, index);
        let kind = tried
            .zip(caught)
            .map(|((body, _), (catch, _))| Kind::Try { body, catch });
        let stops = |read: Option<(usize, Span)>| read.is_some_and(|(_, span)| span.stops);
        (kind, stops(tried) && stops(caught))
    }

    /// A field of a step that holds a block.
    pub(super) fn nested(
        &mut self,
        step: &Object<'a>,
        name: &str,
        owner: Owner,
        inside: Inside,
        index: usize,
    ) -> Option<(usize, Span)> {
        let at = step.place(name);
        let steps = step.get(name)?;
        self.warn_if_empty(steps, &at);
        Some(self.block(steps, &at, owner, inside, Some(index)))
    }

    fn branch(&mut self, object: &Object<'a>, name: &str, inside: Inside, index: usize) -> Span {
        let at = object.place(name);
        let Some(steps) = object.get(name) else {
            return Span::default();
        };
        self.warn_if_empty(steps, &at);
        self.list(steps, &at, inside, Some(index))
    }

    pub(super) fn warn_if_empty(&mut self, steps: &Value, at: &str) {
        if steps.as_array().is_some_and(Vec::is_empty) {
            self.warn(at, "there is no step here: nothing is done");
        }
    }
}
