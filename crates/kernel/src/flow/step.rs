//! Reading lists of steps into the arena. Bounds on count and depth are kept here, before anything is read.

use super::action;
use super::compile::{Compiler, MAX_DEPTH, MAX_NOTE, MAX_STEPS};
use super::fields::{self, KINDS};
use super::names::{is_step_id, nearest, shown};
use super::object::{Object, kind};
use super::plan::{Block, Kind, Op, Owner};
use super::reads::Leaves;
use super::reads::Sight;
use serde_json::{Value, json};

/// A list of steps as read: where it begins, and whether it always ends in a `stop`.
#[derive(Default, Clone, Copy)]
pub(super) struct Span {
    pub(super) first: Option<usize>,
    pub(super) stops: bool,
}

/// What surrounds a step.
#[derive(Default, Clone, Copy)]
pub(super) struct Inside {
    pub(super) block: usize,
    /// Whether `error` is known.
    pub(super) error: bool,
    /// Whether the steps run although their block is being left.
    pub(super) always: bool,
    /// Whether they are taken beside others, by a run of their own.
    pub(super) beside: bool,
}

impl<'a> Compiler<'a> {
    /// Reads a list of steps that is a block; `inside` is what surrounds it.
    pub(super) fn block(
        &mut self,
        value: &'a Value,
        at: &str,
        owner: Owner,
        inside: Inside,
        parent: Option<usize>,
    ) -> (usize, Span) {
        let block = self.blocks.len();
        self.blocks.push(Block { owner, first: None });
        let span = self.list(value, at, Inside { block, ..inside }, parent);
        self.blocks[block].first = span.first;
        (block, span)
    }

    pub(super) fn list(
        &mut self,
        value: &'a Value,
        at: &str,
        inside: Inside,
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
                    self.reserve(None, at);
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
            let index = self.reserve(parent, &at);
            span.stops |= self.step(value, &at, inside, index);
            if let Some(last) = last.and_then(|last| self.ops[last].as_mut()) {
                last.next = Some(index);
            }
            span.first = span.first.or(Some(index));
            last = Some(index);
        }
        span
    }

    fn reserve(&mut self, parent: Option<usize>, at: &str) -> usize {
        self.places.push(format!("{at}/"));
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
    fn step(&mut self, value: &'a Value, at: &str, inside: Inside, index: usize) -> bool {
        let Some(step) = Object::open(value, at, "a step", &mut self.problems) else {
            return false;
        };
        let kind = self.step_kind(&step);
        let id = self.step_id(&step, kind.map_or("", |(name, _)| name));
        step.text("note", MAX_NOTE, &mut self.problems);
        let Some((name, known)) = kind else {
            return false;
        };
        step.refuse_unknown(&format!("a `{name}` step"), known, &mut self.problems);
        let sight = Sight {
            error: inside.error,
            ..Sight::default()
        };
        // A branch of a step that always runs is taken to its end.
        let always = inside.always
            || step
                .choice("run_when", &["always"], &mut self.problems)
                .is_some();
        let within = Inside { always, ..inside };
        let (kind, stops) = match name {
            "do" => (
                action::read(self, &step, sight).map(|action| Kind::Do(Box::new(action))),
                false,
            ),
            "set" => (self.set(&step, sight), false),
            "wait" => (self.wait(&step, sight), false),
            "reply" => (self.reply(&step, inside, sight), false),
            "stop" => (self.stop(&step, sight), true),
            "for_each" => (self.each(&step, within, index, sight), false),
            "parallel" => self.parallel(&step, within, index),
            "flow" => (self.call(&step, sight), false),
            "try" => self.attempt(&step, within, index),
            "switch" => self.switch(&step, within, index, sight),
            _ => self.branches(&step, within, index, sight),
        };
        if let (Some(id), Some(kind)) = (id, kind) {
            self.ops[index] = Some(Op {
                id,
                block: inside.block,
                always,
                next: None,
                kind,
            });
        }
        stops
    }

    /// Which kind of step this is, with its fields; `None` when that is not clear or not possible, which is a problem.
    fn step_kind(&mut self, step: &Object<'_>) -> Option<(&'static str, &'static [&'static str])> {
        let mut kinds = KINDS
            .iter()
            .copied()
            .filter(|(name, _)| step.get(name).is_some());
        let problem = match kinds.next() {
            Some(kind) => match kinds.find(|(name, _)| *name != "if" && !kind.1.contains(name)) {
                None => return Some(kind),
                Some((second, _)) => {
                    format!(
                        "a step is one thing: this one has `{}` and `{second}`",
                        kind.0
                    )
                }
            },
            None => {
                let names = KINDS.iter().map(|(name, _)| *name);
                let near = step.names().find_map(|name| nearest(name, names.clone()));
                let near = near
                    .map(|name| format!("; did you mean `{name}`?"))
                    .unwrap_or_default();
                if step.get("catch").is_some() {
                    let message = "`catch` stands beside the `try` whose errors it is for";
                    self.problem(step.place("catch"), message);
                    return None;
                }
                let names = names.map(|name| format!("`{name}`")).collect::<Vec<_>>();
                format!("a step needs one of {}{near}", names.join(", "))
            }
        };
        self.problem(&step.at, &problem);
        None
    }

    fn step_id(&mut self, step: &Object<'_>, kind_name: &str) -> Option<String> {
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
                let leaves = Leaves {
                    fields: fields::leaves(kind_name),
                    scope: self.scopes.last().cloned().unwrap_or_default(),
                };
                self.ids.insert(id.clone(), leaves);
                return Some(id.clone());
            }
            Some(other) => format!("`id` must be a text, not {}", kind(other)),
        };
        self.problem(at, &problem);
        None
    }
}
