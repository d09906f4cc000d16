//! What starts a flow: the kinds of event it is for and the filters that must all hold. Matching never fails: a condition
//! that has no value (a filter refused its input) does not hold.

use super::compile::Compiler;
use super::names::{shown, suggest};
use super::object::Object;
use super::reads::Sight;
use super::{Facts, fields};
use crate::Problem;
use crate::lang::{Expr, Path, Report};
use serde_json::Value;
use std::time::Duration;

/// The kind that is offered twice: when the call ends, and again once it is settled.
pub(super) const ENDED: &str = "call.ended";
/// Kinds whose sender waits for a reply.
pub(super) const ASKS: &[&str] = &["call.dialing", "call.incoming", "tool.called"];

/// A run has failed.
pub const RUN_FAILED: &str = "run.failed";
/// Kinds that are about runs and flows: what a flow that watches others starts on.
pub const WATCHES: &[&str] = &[
    RUN_FAILED,
    "flow.failing",
    "flow.paused",
    "destination.failing",
    "budget.reached",
];

const MAX_ITEMS: usize = 1_000;
/// A day.
const LONGEST_EVERY_S: f64 = 86_400.0;

#[derive(Debug, Clone)]
pub struct Trigger {
    /// Event kinds that start the flow.
    pub kinds: Vec<String>,
    /// The flow reads what is known only when the call is settled: on `call.ended` it waits for that.
    pub settles: bool,
    pub condition: Option<Expr>,
    pub filters: Filters,
    /// On `run.failed`: at most one run in so long for each flow that fails, for all its failures since the one before.
    pub every: Option<Duration>,
}

impl Trigger {
    /// Whether the flow watches other flows: it is started by what becomes of their runs.
    pub fn watches(&self) -> bool {
        self.kinds
            .iter()
            .any(|kind| WATCHES.contains(&kind.as_str()))
    }
}

/// An empty list, like an absent bound, lets everything pass.
#[derive(Debug, Clone, Default)]
pub struct Filters {
    /// Names or ids, exact.
    pub campaigns: Vec<String>,
    pub agents: Vec<String>,
    /// In lower case.
    pub dispositions: Vec<String>,
    pub statuses: Vec<String>,
    /// Digits as dialled, without spaces and punctuation; `*` at the end stands for any rest.
    pub numbers: Vec<String>,
    pub connected: Option<bool>,
    pub min_duration_s: Option<f64>,
    pub max_duration_s: Option<f64>,
    /// Names or ids of the flow that an event is about.
    pub flows: Vec<String>,
}

/// Whether an event starts the flow: its kind and every given filter hold.
pub fn matches(trigger: &Trigger, facts: &Facts<'_>) -> bool {
    trigger.kinds.iter().any(|kind| kind == facts.kind)
        && (facts.kind != ENDED || trigger.settles == facts.settled)
        && trigger.filters.hold(facts)
        && trigger.condition.as_ref().is_none_or(|condition| {
            condition
                .holds(facts.scope, &mut Report::default())
                .unwrap_or(false)
        })
}

impl Filters {
    fn hold(&self, facts: &Facts<'_>) -> bool {
        let named = |wanted: &[String], found: &[Option<&str>]| {
            wanted.is_empty()
                || found
                    .iter()
                    .flatten()
                    .any(|name| wanted.iter().any(|w| w == name))
        };
        let worded = |wanted: &[String], found: Option<&str>| {
            wanted.is_empty() || found.is_some_and(|word| wanted.contains(&word.to_lowercase()))
        };
        let dialled = |number: &str| {
            self.numbers
                .iter()
                .any(|pattern| covers(pattern, &digits(number)))
        };
        named(&self.campaigns, &facts.campaign)
            && named(&self.agents, &facts.agent)
            && named(&self.flows, &facts.flow)
            && worded(&self.dispositions, facts.disposition)
            && worded(&self.statuses, facts.status)
            && self
                .connected
                .is_none_or(|wanted| facts.connected == Some(wanted))
            && self
                .min_duration_s
                .is_none_or(|min| facts.duration_s.is_some_and(|s| s >= min))
            && self
                .max_duration_s
                .is_none_or(|max| facts.duration_s.is_some_and(|s| s <= max))
            && (self.numbers.is_empty() || facts.numbers.into_iter().flatten().any(dialled))
    }
}

pub(super) fn covers(pattern: &str, number: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => number.starts_with(start),
        None => number == pattern,
    }
}

pub(super) fn digits(number: &str) -> String {
    number
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | '(' | ')' | '.' | '/' | '\u{a0}'))
        .collect()
}

/// Reads `on` and `where`; the settling part of the trigger is known once all paths are.
pub(super) fn read(compiler: &mut Compiler<'_>, flow: &Object<'_>) -> Trigger {
    let kinds = read_kinds(compiler, flow);
    let mut trigger = Trigger {
        kinds,
        settles: false,
        condition: None,
        filters: Filters::default(),
        every: None,
    };
    let at = flow.place("where");
    let problems = &mut compiler.problems;
    let Some(filters) = flow
        .get("where")
        .and_then(|value| Object::strict(value, &at, "`where`", fields::WHERE, problems))
    else {
        return trigger;
    };
    trigger.filters = read_filters(&filters, problems);
    let every = filters.number("every_s", 0.0..=LONGEST_EVERY_S, problems);
    trigger.every = every
        .filter(|seconds| *seconds > 0.0)
        .map(Duration::from_secs_f64);
    if !trigger.watches() {
        for name in ["flows", "every_s"] {
            if filters.get(name).is_some_and(|value| !value.is_null()) {
                let message =
                    format!("`{name}` is for a flow that watches others, on {RUN_FAILED}");
                problems.push(Problem::new(filters.place(name), message));
            }
        }
    }
    if !trigger.filters.dispositions.is_empty() {
        let path = Path {
            root: "disposition".into(),
            rest: Vec::new(),
            view: false,
        };
        compiler.note_read(path, &filters.place("dispositions"), Sight::default());
    }
    trigger.condition = compiler.condition(&filters, "if", Sight::default());
    trigger
}

fn read_kinds(compiler: &mut Compiler<'_>, flow: &Object<'_>) -> Vec<String> {
    let problems = &mut compiler.problems;
    match flow.get("on") {
        None => problems.push(Problem::new(
            flow.place("on"),
            "a flow needs `on`: the event kinds that start it",
        )),
        Some(Value::Array(kinds)) if kinds.is_empty() => {
            problems.push(Problem::new(
                flow.place("on"),
                "`on` must name at least one event kind",
            ));
        }
        Some(_) => {}
    }
    let known = compiler.schema.kinds();
    let mut kinds: Vec<String> = Vec::new();
    for (kind, at) in flow.texts("on", MAX_ITEMS, problems) {
        if !known.contains(&kind) {
            let near = suggest(kind, known.iter().copied());
            problems.push(Problem::new(
                at,
                format!("there is no event kind {}{near}", shown(kind)),
            ));
        } else if !kinds.iter().any(|k| k == kind) {
            kinds.push(kind.to_owned());
        }
    }
    let watching = kinds.iter().filter(|kind| WATCHES.contains(&kind.as_str()));
    if !(kinds.is_empty() || [0, kinds.len()].contains(&watching.count())) {
        let message =
            "a flow starts on moments of calls, or watches other flows, not both: make two flows";
        problems.push(Problem::new(flow.place("on"), message));
    }
    kinds
}

fn read_filters(object: &Object<'_>, problems: &mut Vec<Problem>) -> Filters {
    let texts = |name, problems: &mut Vec<Problem>| -> Vec<String> {
        object
            .texts(name, MAX_ITEMS, problems)
            .into_iter()
            .map(|(text, _)| text.to_owned())
            .collect()
    };
    let words = |name, problems: &mut Vec<Problem>| -> Vec<String> {
        texts(name, problems)
            .iter()
            .map(|word| word.to_lowercase())
            .collect()
    };
    let mut numbers = Vec::new();
    for (text, at) in object.texts("numbers", MAX_ITEMS, problems) {
        let number = digits(text);
        if number.find('*').is_some_and(|star| star + 1 < number.len()) {
            problems.push(Problem::new(
                at,
                format!(
                    "`*` may stand only at the end of a number, not as in {}",
                    shown(text)
                ),
            ));
        }
        numbers.push(number);
    }
    let filters = Filters {
        campaigns: texts("campaigns", problems),
        agents: texts("agents", problems),
        dispositions: words("dispositions", problems),
        statuses: words("statuses", problems),
        numbers,
        connected: object.flag("connected", problems),
        min_duration_s: object.number("min_duration_s", 0.0..=f64::INFINITY, problems),
        max_duration_s: object.number("max_duration_s", 0.0..=f64::INFINITY, problems),
        flows: texts("flows", problems),
    };
    if let (Some(min), Some(max)) = (filters.min_duration_s, filters.max_duration_s)
        && min > max
    {
        let message =
            format!("`min_duration_s` is {min}, above `max_duration_s`, {max}: no call can match");
        problems.push(Problem::new(object.place("min_duration_s"), message));
    }
    filters
}
