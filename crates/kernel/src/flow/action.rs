//! Reading a `do` step: one call to the world with its inputs, time-out, retries and what to do when it fails.

use super::compile::Compiler;
use super::connection;
use super::fields;
use super::names::{shown, suggest};
use super::object::{Object, kind};
use super::plan::{Do, OnError};
use super::reads::Sight;
use super::{ActionSpec, OnUnknown};
use crate::Problem;
use crate::lang::{Place, Template};
use crate::retry::{Retry, Schedule};
use serde_json::{Map, Value};
use std::time::Duration;

const MAX_TIMEOUT_S: f64 = 300.0;
const MAX_ATTEMPTS: u32 = 20;
const MAX_WAIT_S: f64 = 86_400.0;
const MAX_FACTOR: f64 = 1_000.0;
const MAX_NAME: usize = 200;

/// Reads what stands beside `do`; `None` when the action is not known.
pub(super) fn read<'a>(compiler: &mut Compiler<'a>, step: &Object<'a>, sight: Sight) -> Option<Do> {
    let action = step.text("do", MAX_NAME, &mut compiler.problems);
    let spec = action.and_then(|name| find(compiler, step, name));
    let condition = compiler.condition(step, "if", sight);
    let with = with(compiler, step, spec, sight);
    let connection = connection::read(compiler, step, spec);
    let second = connection::second(compiler, step, spec);
    let problems = &mut compiler.problems;
    let timeout = timeout(step, problems);
    let retry = retry(step, spec.map(|spec| &spec.retry), problems);
    let on_error = on_error(step, problems);
    let on_unknown = step.choice("on_unknown", &["stop", "retry"], problems);
    let save = match step.get("save") {
        Some(value) => compiler.named(
            value,
            &step.place("save"),
            "`save`",
            Sight { own: true, ..sight },
        ),
        None => Vec::new(),
    };
    let spec = spec?;
    Some(Do {
        action: spec.name.to_owned(),
        connection,
        second,
        condition,
        with,
        timeout: timeout.unwrap_or(spec.timeout),
        retry,
        save,
        on_error,
        settles: spec.settles,
        on_unknown: match on_unknown {
            Some("stop") => OnUnknown::Stop,
            Some(_) => OnUnknown::Retry,
            None => spec.on_unknown,
        },
    })
}

pub(super) fn on_error(step: &Object<'_>, problems: &mut Vec<Problem>) -> OnError {
    match step.choice("on_error", &["stop", "continue"], problems) {
        Some("continue") => OnError::Continue,
        _ => OnError::Stop,
    }
}

fn find<'a>(compiler: &mut Compiler<'a>, step: &Object<'_>, name: &str) -> Option<&'a ActionSpec> {
    let schema = compiler.schema;
    let spec = schema.action(name);
    if spec.is_none() {
        let near = suggest(name, schema.actions());
        compiler.problem(
            step.place("do"),
            &format!("there is no action {}{near}", shown(name)),
        );
    }
    spec
}

fn with(
    compiler: &mut Compiler<'_>,
    step: &Object<'_>,
    spec: Option<&ActionSpec>,
    sight: Sight,
) -> Vec<(String, Template)> {
    let at = step.place("with");
    let mut with = match step.get("with") {
        None => Map::new(),
        Some(Value::Object(with)) => with.clone(),
        Some(other) => {
            compiler.problem(
                at,
                &format!("`with` must be an object, not {}", kind(other)),
            );
            return Vec::new();
        }
    };
    with.retain(|_, value| !value.is_null());
    let Some(spec) = spec else { return Vec::new() };
    let wrong = (spec.complete)(&mut with);
    compiler.problems.extend(
        wrong
            .into_iter()
            .map(|p| Problem::new(format!("{at}{}", p.path), p.message)),
    );
    let places = spec.fields.iter().map(|field| field.place.beside(&with));
    let places: Vec<Place> = places.collect();
    let given = Value::Object(with);
    let Some(object) = Object::open(&given, &at, "`with`", &mut compiler.problems) else {
        return Vec::new();
    };
    let known: Vec<&str> = spec.fields.iter().map(|field| field.name).collect();
    object.refuse_unknown(&format!("`{}`", spec.name), &known, &mut compiler.problems);
    let mut templates = Vec::new();
    for (field, place) in spec.fields.iter().zip(places) {
        let at = object.place(field.name);
        match object.get(field.name) {
            Some(value) => {
                let sight = Sight {
                    secrets: field.secrets,
                    ..sight
                };
                templates.push((
                    field.name.to_owned(),
                    compiler.template(value, place, &at, sight),
                ));
            }
            None if field.required
                && !compiler.problems.iter().any(|problem| problem.path == at) =>
            {
                compiler.problem(at, &format!("`{}` needs `{}`", spec.name, field.name));
            }
            None => {}
        }
    }
    templates
}

fn timeout(step: &Object<'_>, problems: &mut Vec<Problem>) -> Option<Duration> {
    let seconds = step.number("timeout_s", 0.0..=MAX_TIMEOUT_S, problems)?;
    if seconds == 0.0 {
        problems.push(Problem::new(
            step.place("timeout_s"),
            "`timeout_s` must be above 0",
        ));
    }
    Some(Duration::from_secs_f64(seconds))
}

/// The step's own retries; what it leaves out stays as the action has it.
fn retry(step: &Object<'_>, default: Option<&Retry>, problems: &mut Vec<Problem>) -> Retry {
    let mut retry = default.cloned().unwrap_or_default();
    let at = step.place("retry");
    let Some(own) = step
        .get("retry")
        .and_then(|v| Object::strict(v, &at, "`retry`", fields::RETRY, problems))
    else {
        return retry;
    };
    if let Some(attempts) = own.whole_number("attempts", 1..=MAX_ATTEMPTS, problems) {
        retry.attempts = attempts;
    }
    let first = own
        .number("first_s", 0.0..=MAX_WAIT_S, problems)
        .map(Duration::from_secs_f64);
    let factor = own.number("factor", 1.0..=MAX_FACTOR, problems);
    let max = own
        .number("max_s", 0.0..=MAX_WAIT_S, problems)
        .map(Duration::from_secs_f64);
    if let (Some(first), Some(max)) = (first, max)
        && first > max
    {
        problems.push(Problem::new(
            own.place("first_s"),
            "`first_s` must not be above `max_s`",
        ));
    }
    if first.is_some() || factor.is_some() || max.is_some() {
        let (old_first, old_factor, old_max) = match (&retry.schedule, Retry::default().schedule) {
            (Schedule::Exponential { first, factor, max }, _) => (*first, *factor, *max),
            (_, Schedule::Exponential { first, factor, max }) => (first, factor, max),
            _ => return retry,
        };
        let max = max.unwrap_or(old_max.max(first.unwrap_or_default()));
        let first = first.unwrap_or(old_first).min(max);
        retry.schedule = Schedule::Exponential {
            first,
            factor: factor.unwrap_or(old_factor),
            max,
        };
    }
    retry
}
