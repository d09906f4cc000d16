//! Reading lists of steps into the arena. Bounds on count and depth are kept here, before anything is read.

use super::action;
use super::compile::{Compiler, MAX_DEPTH, MAX_NOTE, MAX_STEPS};
use super::fields::{self, KINDS, LATER_KINDS};
use super::names::{is_step_id, nearest, shown};
use super::object::{Object, kind};
use super::plan::{Kind, List, Op};
use super::reads::Sight;
use super::trigger::ASKS;
use crate::lang::Place;
use serde_json::{Value, json};

/// A list of steps as read: where it begins, and whether it always ends in a `stop`.
#[derive(Default, Clone, Copy)]
pub(super) struct Span {
    pub(super) first: Option<usize>,
    stops: bool,
}

impl<'a> Compiler<'a> {
    pub(super) fn list(
        &mut self,
        value: &'a Value,
        at: &str,
        list: List,
        parent: Option<usize>,
    ) -> Span {
        let Value::Array(steps) = value else {
            self.problem(
                at,
                &format!("a list of steps is needed here, not {}", kind(value)),
            );
            return Span::default();
        };
        if self.depth(parent) >= MAX_DEPTH {
            self.problem(
                at,
                &format!("steps are nested deeper than {MAX_DEPTH} levels"),
            );
            return Span::default();
        }
        let mut span = Span::default();
        let mut last: Option<usize> = None;
        let mut told = false;
        for (number, value) in steps.iter().enumerate() {
            if self.ops.len() >= MAX_STEPS {
                if self.ops.len() == MAX_STEPS {
                    self.problem(
                        format!("{at}/{number}"),
                        &format!("a flow has at most {MAX_STEPS} steps"),
                    );
                    self.reserve(None);
                }
                break;
            }
            let at = format!("{at}/{number}");
            if span.stops && !told && value.get("run_when") != Some(&json!("always")) {
                self.problem(
                    &at,
                    "this step is never reached: the step before it always stops the flow",
                );
                told = true;
            }
            let index = self.reserve(parent);
            span.stops |= self.step(value, &at, list, index);
            if let Some(last) = last.and_then(|last| self.ops[last].as_mut()) {
                last.next = Some(index);
            }
            span.first = span.first.or(Some(index));
            last = Some(index);
        }
        span
    }

    fn reserve(&mut self, parent: Option<usize>) -> usize {
        self.ops.push(None);
        self.parents.push(parent);
        self.ops.len() - 1
    }

    fn depth(&self, parent: Option<usize>) -> usize {
        std::iter::successors(parent, |at| self.parents[*at])
            .take(MAX_DEPTH)
            .count()
    }

    /// Reads one step into its place; says whether the flow always stops in it.
    fn step(&mut self, value: &'a Value, at: &str, list: List, index: usize) -> bool {
        let Some(step) = Object::open(value, at, "a step", &mut self.problems) else {
            return false;
        };
        let kind = self.step_kind(&step);
        let id = self.step_id(&step, kind == Some("do"));
        step.text("note", MAX_NOTE, &mut self.problems);
        let sight = Sight {
            error: list == List::OnFailure,
            ..Sight::default()
        };
        let mut always = false;
        let mut stops = false;
        let known = match kind {
            Some("do") => fields::DO,
            Some("if") => fields::IF,
            Some("set") => fields::SET,
            Some("reply") => fields::REPLY,
            Some("stop") => fields::STOP,
            _ => return false,
        };
        step.refuse_unknown(&format!("a `{}` step", known[2]), known, &mut self.problems);
        let kind = match known[2] {
            "do" => {
                always = step
                    .choice("run_when", &["always"], &mut self.problems)
                    .is_some();
                action::read(self, &step, sight).map(|action| Kind::Do(Box::new(action)))
            }
            "if" => self.branches(&step, list, index, sight, &mut stops),
            "set" => step
                .get("set")
                .map(|value| Kind::Set(self.named(value, &step.place("set"), "`set`", sight))),
            "reply" => self.reply(&step, sight),
            _ => {
                stops = true;
                self.stop(&step, sight)
            }
        };
        if let (Some(id), Some(kind)) = (id, kind) {
            self.ops[index] = Some(Op {
                id,
                list,
                always,
                next: None,
                kind,
            });
        }
        stops
    }

    /// Which kind of step this is; `None` when that is not clear or not possible, which is a problem.
    fn step_kind(&mut self, step: &Object<'_>) -> Option<&'static str> {
        if let Some(later) = LATER_KINDS.iter().find(|name| step.get(name).is_some()) {
            self.problem(
                step.place(later),
                &format!("step kind `{later}` is not supported yet in this version"),
            );
            return None;
        }
        let named: Vec<&'static str> = KINDS
            .iter()
            .copied()
            .filter(|name| step.get(name).is_some())
            .collect();
        match named.as_slice() {
            [] => {
                let near = step
                    .names()
                    .find_map(|name| nearest(name, KINDS.iter().copied()));
                let near = near
                    .map(|name| format!("; did you mean `{name}`?"))
                    .unwrap_or_default();
                self.problem(
                    &step.at,
                    &format!("a step needs one of `do`, `if`, `set`, `reply`, `stop`{near}"),
                );
                None
            }
            [kind] | [kind, "if"] => Some(kind),
            [first, second, ..] => {
                self.problem(
                    &step.at,
                    &format!("a step is one thing: this one has `{first}` and `{second}`"),
                );
                None
            }
        }
    }

    fn step_id(&mut self, step: &Object<'_>, has_output: bool) -> Option<String> {
        let at = step.place("id");
        let problem = match step.get("id") {
            None => "a step needs an `id`".to_owned(),
            Some(Value::String(id)) if !is_step_id(id) => {
                format!(
                    "{} is no step id: 1 to 64 letters, digits, `_` and `-` are allowed",
                    shown(id)
                )
            }
            Some(Value::String(id)) if self.ids.contains_key(id) => {
                format!("the step id `{id}` is taken by an earlier step")
            }
            Some(Value::String(id)) => {
                self.ids.insert(id.clone(), has_output);
                return Some(id.clone());
            }
            Some(other) => format!("`id` must be a text, not {}", kind(other)),
        };
        self.problem(at, &problem);
        None
    }

    fn branches(
        &mut self,
        step: &Object<'a>,
        list: List,
        index: usize,
        sight: Sight,
        stops: &mut bool,
    ) -> Option<Kind> {
        let condition = self.condition(step, sight);
        if step.get("then").is_none() {
            self.problem(
                step.place("then"),
                "an `if` step needs `then`: the steps to take when the condition holds",
            );
        }
        let [then, otherwise] = ["then", "else"].map(|name| {
            step.get(name)
                .map(|steps| self.list(steps, &step.place(name), list, Some(index)))
                .unwrap_or_default()
        });
        *stops = then.stops && otherwise.stops;
        Some(Kind::If {
            condition: condition?,
            then: then.first,
            otherwise: otherwise.first,
        })
    }

    fn stop(&mut self, step: &Object<'a>, sight: Sight) -> Option<Kind> {
        const STATUS: &[&str] = &["succeeded", "failed"];
        let at = step.place("stop");
        let problems = &mut self.problems;
        let (status, reason) = match step.get("stop")? {
            Value::String(_) => (step.choice("stop", STATUS, problems), None),
            value => {
                let object = Object::strict(value, &at, "`stop`", fields::STOP_OBJECT, problems)?;
                if object.get("status").is_none() {
                    self.problem(
                        object.place("status"),
                        "`stop` needs a `status`: `succeeded` or `failed`",
                    );
                }
                let status = object.choice("status", STATUS, &mut self.problems);
                object.text("reason", MAX_NOTE, &mut self.problems);
                let at = object.place("reason");
                (
                    status,
                    object
                        .get("reason")
                        .map(|reason| self.template(reason, Place::Text, &at, sight)),
                )
            }
        };
        Some(Kind::Stop {
            failed: status? == "failed",
            reason,
        })
    }

    /// `reply` makes sense only where somebody waits.
    fn reply(&mut self, step: &Object<'a>, sight: Sight) -> Option<Kind> {
        let at = step.place("reply");
        if !self.asked {
            let asks = ASKS
                .iter()
                .map(|kind| format!("`{kind}`"))
                .collect::<Vec<_>>()
                .join(", ");
            self.problem(
                &at,
                &format!("nobody waits for a reply here: `on` has none of {asks}"),
            );
        }
        step.get("reply")
            .map(|value| Kind::Reply(self.template(value, Place::Json, &at, sight)))
    }
}
