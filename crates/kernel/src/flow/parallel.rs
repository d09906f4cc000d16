//! Reading the steps whose parts are runs of their own: `parallel` and `flow`.

use super::action::on_error;
use super::compile::Compiler;
use super::object::{Object, kind};
use super::plan::{Call, Kind, OnError, Owner, Parallel, Sees};
use super::reads::Sight;
use super::step::Inside;
use serde_json::Value;
use std::time::Duration;

const MAX_BRANCHES: usize = 50;
/// A day.
const MAX_WITHIN_S: u32 = 86_400;
const MAX_NAME: usize = 200;

impl<'a> Compiler<'a> {
    /// It stops the flow always when one of its branches does.
    pub(super) fn parallel(
        &mut self,
        step: &Object<'a>,
        inside: Inside,
        index: usize,
    ) -> (Option<Kind>, bool) {
        let at = step.place("parallel");
        let inside = Inside {
            always: false,
            beside: true,
            ..inside
        };
        let mut branches = Vec::new();
        let mut stops = false;
        match step.get("parallel") {
            Some(Value::Array(lists)) if (1..=MAX_BRANCHES).contains(&lists.len()) => {
                for (number, steps) in lists.iter().enumerate() {
                    let at = format!("{at}/{number}");
                    self.warn_if_empty(steps, &at);
                    let owner = Owner::Branch(index);
                    let (block, span) = self.block(steps, &at, owner, inside, Some(index));
                    branches.push(block);
                    stops |= span.stops;
                }
            }
            Some(Value::Array(lists)) => {
                let message = format!(
                    "`parallel` has 1 to {MAX_BRANCHES} branches, not {}",
                    lists.len()
                );
                self.problem(at, &message);
            }
            other => {
                let found = other.map_or("nothing", kind);
                self.problem(
                    at,
                    &format!("`parallel` must be a list of lists of steps, not {found}"),
                );
            }
        }
        let last_within = step.whole_number("last_within_s", 1..=MAX_WITHIN_S, &mut self.problems);
        if last_within.is_some() && branches.len() == 1 {
            let message =
                "`last_within_s` is for two branches or more: the last begins behind the others";
            self.problem(step.place("last_within_s"), message);
        }
        let on_error = on_error(step, &mut self.problems);
        let kind = Kind::Parallel(Box::new(Parallel {
            branches,
            last_within: last_within.map(|seconds| Duration::from_secs(seconds.into())),
            sees: Sees::default(),
            on_error,
        }));
        (Some(kind), stops && on_error == OnError::Stop)
    }

    pub(super) fn call(&mut self, step: &Object<'a>, sight: Sight) -> Option<Kind> {
        let flow = step.text("flow", MAX_NAME, &mut self.problems);
        let with = match step.get("with") {
            Some(value) => self.values(value, &step.place("with"), "`with`", sight),
            None => Vec::new(),
        };
        let save = match step.get("save") {
            Some(value) => {
                let sight = Sight { own: true, ..sight };
                self.named(value, &step.place("save"), "`save`", sight)
            }
            None => Vec::new(),
        };
        let on_error = on_error(step, &mut self.problems);
        Some(Kind::Flow(Box::new(Call {
            flow: flow?.to_owned(),
            with,
            save,
            on_error,
        })))
    }
}
