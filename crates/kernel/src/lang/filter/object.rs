//! Filters on objects, and the two that fill or refuse a gap.

use super::super::MAX_RENDERED;
use super::super::value::{excerpt, weigh};
use super::arguments::text;
use super::{Input, Made};
use serde_json::{Map, Value, json};
use std::borrow::Cow;

pub(super) fn default(_: Input<'_>, arguments: &[Input<'_>]) -> Made {
    Ok(arguments[0].clone().into_owned())
}

pub(super) fn required(_: Input<'_>, _: &[Input<'_>]) -> Made {
    Err("it is missing or empty".to_owned())
}

/// An object as it is, null as an empty one.
fn object(input: Input<'_>) -> Result<Map<String, Value>, String> {
    match input.into_owned() {
        Value::Object(map) => Ok(map),
        Value::Null => Ok(Map::new()),
        other => Err(format!("{} is not an object", excerpt(&other))),
    }
}

fn names<'a>(arguments: &'a [Input<'_>]) -> Result<Vec<Cow<'a, str>>, String> {
    arguments.iter().map(|name| text(name)).collect()
}

pub(super) fn pick(input: Input<'_>, arguments: &[Input<'_>]) -> Made {
    let names = names(arguments)?;
    let mut map = object(input)?;
    map.retain(|key, _| names.iter().any(|name| name == key));
    Ok(map.into())
}

pub(super) fn omit(input: Input<'_>, arguments: &[Input<'_>]) -> Made {
    let names = names(arguments)?;
    let mut map = object(input)?;
    map.retain(|key, _| !names.iter().any(|name| name == key));
    Ok(map.into())
}

/// The members of both, the argument's where both have one.
pub(super) fn merge(input: Input<'_>, arguments: &[Input<'_>]) -> Made {
    let mut room = MAX_RENDERED;
    weigh(&input, &mut room)?;
    weigh(&arguments[0], &mut room)?;
    let mut map = object(input)?;
    map.extend(object(arguments[0].clone())?);
    Ok(map.into())
}

/// A list of `{key, value}`.
pub(super) fn entries(input: Input<'_>, _: &[Input<'_>]) -> Made {
    Ok(object(input)?
        .into_iter()
        .map(|(key, value)| json!({ "key": key, "value": value }))
        .collect())
}
