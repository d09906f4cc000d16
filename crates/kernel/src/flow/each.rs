//! Reading a `for_each` step. It always has a bound; what its steps save stays inside unless it is collected.

use super::action::on_error;
use super::compile::Compiler;
use super::names::{is_variable, shown};
use super::object::{Object, kind};
use super::plan::{Each, Kind, Owner, Sees};
use super::reads::{self, Sight};
use super::step::Inside;
use crate::Problem;
use crate::lang::Place;
use serde_json::Value;

/// How many items are taken unless `max` says otherwise.
const DEFAULT_MAX: u32 = 1_000;
const MAX_ITEMS: u32 = 10_000;
const MAX_PARALLEL: u32 = 50;
const ITEM: &str = "item";

impl<'a> Compiler<'a> {
    pub(super) fn each(
        &mut self,
        step: &Object<'a>,
        inside: Inside,
        index: usize,
        sight: Sight,
    ) -> Option<Kind> {
        let at = step.place("for_each");
        let list = step.get("for_each")?;
        if !matches!(list, Value::String(_) | Value::Array(_)) {
            let found = kind(list);
            self.problem(
                &at,
                &format!("`for_each` must be a list or a placeholder, not {found}"),
            );
        }
        let list = self.template(list, Place::Json, &at, sight);
        if step.get("for_each").is_some_and(Value::is_string) && list.paths().is_empty() {
            let message =
                "`for_each` needs a list, or a placeholder for one: `{{ outcome.items }}`";
            self.problem(&at, message);
        }
        let name = self.item_name(step);
        let problems = &mut self.problems;
        let max = step.whole_number("max", 1..=MAX_ITEMS, problems);
        let most = max.unwrap_or(DEFAULT_MAX);
        if let Some(Value::Array(items)) = step.get("for_each")
            && items.len() > most as usize
        {
            let message = format!(
                "the list has {} items, at most {most} are taken",
                items.len()
            );
            problems.push(Problem::new(&at, message));
        }
        let batch = step.whole_number("batch", 1..=MAX_ITEMS, problems);
        let parallel = step.whole_number("parallel", 1..=MAX_PARALLEL, problems);
        let on_error = on_error(step, problems);
        let inside = Inside {
            beside: inside.beside || parallel.is_some(),
            ..inside
        };
        self.loops.push(name.clone());
        self.scopes.push(format!("{}/", step.at));
        let body = self.body(step, inside, index);
        let stop_when = self.condition(step, "stop_when", sight);
        // What is collected sees the inside of the loop; its names are saved outside.
        self.scopes.pop();
        let collect = match step.get("collect") {
            Some(value) => self.named(value, &step.place("collect"), "`collect`", sight),
            None => Vec::new(),
        };
        self.loops.pop();
        Some(Kind::Each(Box::new(Each {
            list,
            name,
            body: body?,
            inner: index + 1..self.ops.len(),
            max: most,
            batch,
            parallel,
            sees: Sees::default(),
            stop_when,
            collect,
            on_error,
        })))
    }

    fn body(&mut self, step: &Object<'a>, inside: Inside, index: usize) -> Option<usize> {
        let at = step.place("steps");
        match step.get("steps") {
            None => self.problem(
                at,
                "a `for_each` step needs `steps`: what to do with each item",
            ),
            Some(Value::Array(steps)) if steps.is_empty() => {
                self.problem(at, "`steps` must hold at least one step");
            }
            Some(steps) => {
                let inside = Inside {
                    always: false,
                    ..inside
                };
                return Some(
                    self.block(steps, &at, Owner::Each(index), inside, Some(index))
                        .0,
                );
            }
        }
        None
    }

    fn item_name(&mut self, step: &Object<'_>) -> String {
        let given = step.text("as", 64, &mut self.problems);
        let name = given.unwrap_or(ITEM);
        let at = step.place("as");
        let problem = if given.is_some() && !is_variable(name) {
            let rule = "a letter or `_`, then letters, digits and `_`";
            Some(format!("{} is no name: {rule}", shown(name)))
        } else if name != ITEM && reads::is_reserved(name, self.schema) {
            Some(format!(
                "`{name}` is a reserved name: call the item something else"
            ))
        } else if self.loops.iter().any(|outer| outer == name) {
            Some(format!(
                "`{name}` is the item of a loop around this one: give `as` another name"
            ))
        } else {
            None
        };
        if let Some(problem) = problem {
            self.problem(&at, &problem);
        }
        self.items.push((name.to_owned(), at));
        name.to_owned()
    }
}
