//! Filters on lists. Null is taken as the empty list; a key is a dotted path inside each item.

use super::super::Path;
use super::super::number::{Arithmetic, Number};
use super::super::relation::equal;
use super::super::value::{self, excerpt, is_true, within};
use super::arguments::{inside, key, text};
use super::{Input, Made};
use serde_json::Value;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashSet;

fn list(input: Input<'_>) -> Result<Vec<Value>, String> {
    match input.into_owned() {
        Value::Array(items) => Ok(items),
        Value::Null => Ok(Vec::new()),
        other => Err(format!("{} is not a list", excerpt(&other))),
    }
}

fn items(input: &Value) -> Result<&[Value], String> {
    match input {
        Value::Array(items) => Ok(items),
        Value::Null => Ok(&[]),
        other => Err(format!("{} is not a list", excerpt(other))),
    }
}

/// What the filter looks at in an item: the item itself unless a key is given.
struct Look(Option<Path>);

impl Look {
    fn new(arguments: &[Input<'_>]) -> Result<Look, String> {
        arguments
            .first()
            .map(|argument| key(argument))
            .transpose()
            .map(Look)
    }

    fn at<'a>(&self, item: &'a Value) -> Cow<'a, Value> {
        self.0
            .as_ref()
            .map_or(Cow::Borrowed(item), |key| inside(item, key))
    }
}

/// A total order over all values, as sorting needs one: null, truths, numbers, texts, all else.
#[derive(Debug, PartialEq)]
enum Rank {
    Null,
    Truth(bool),
    Number(f64),
    Text(String),
    Other,
}

impl Rank {
    fn of(value: &Value) -> Rank {
        match (value, Number::of(value)) {
            (_, Some(number)) => Rank::Number(number.real()),
            (Value::Null, _) => Rank::Null,
            (Value::Bool(truth), _) => Rank::Truth(*truth),
            (Value::String(text), _) => Rank::Text(text.clone()),
            _ => Rank::Other,
        }
    }

    fn order(&self, other: &Rank) -> Ordering {
        let class = |rank: &Rank| match rank {
            Rank::Null => 0,
            Rank::Truth(_) => 1,
            Rank::Number(_) => 2,
            Rank::Text(_) => 3,
            Rank::Other => 4,
        };
        match (self, other) {
            (Rank::Truth(a), Rank::Truth(b)) => a.cmp(b),
            (Rank::Number(a), Rank::Number(b)) => a.total_cmp(b),
            (Rank::Text(a), Rank::Text(b)) => a.cmp(b),
            (a, b) => class(a).cmp(&class(b)),
        }
    }
}

pub(super) fn sort(input: Input<'_>, arguments: &[Input<'_>]) -> Made {
    let look = Look::new(arguments)?;
    let mut ranked: Vec<(Rank, Value)> = list(input)?
        .into_iter()
        .map(|item| (Rank::of(&look.at(&item)), item))
        .collect();
    ranked.sort_by(|(a, _), (b, _)| a.order(b));
    Ok(ranked.into_iter().map(|(_, item)| item).collect())
}

pub(super) fn min(input: Input<'_>, arguments: &[Input<'_>]) -> Made {
    extreme(&input, arguments, Ordering::Less)
}

pub(super) fn max(input: Input<'_>, arguments: &[Input<'_>]) -> Made {
    extreme(&input, arguments, Ordering::Greater)
}

fn extreme(input: &Value, arguments: &[Input<'_>], wanted: Ordering) -> Made {
    let look = Look::new(arguments)?;
    let mut best: Option<(Rank, Cow<'_, Value>)> = None;
    for value in items(input)?
        .iter()
        .map(|item| look.at(item))
        .filter(|value| !value.is_null())
    {
        let rank = Rank::of(&value);
        if best
            .as_ref()
            .is_none_or(|(known, _)| rank.order(known) == wanted)
        {
            best = Some((rank, value));
        }
    }
    Ok(best.map_or(Value::Null, |(_, value)| value.into_owned()))
}

pub(super) fn sum(input: Input<'_>, arguments: &[Input<'_>]) -> Made {
    let look = Look::new(arguments)?;
    let values = items(&input)?
        .iter()
        .map(|item| look.at(item))
        .filter(|value| !value.is_null());
    values.into_iter().try_fold(Value::from(0), |sum, value| {
        Arithmetic::Plus.apply(&sum, &value)
    })
}

pub(super) fn unique(input: Input<'_>, arguments: &[Input<'_>]) -> Made {
    let look = Look::new(arguments)?;
    let mut seen = HashSet::new();
    let mut items = list(input)?;
    items.retain(|item| seen.insert(look.at(item).to_string()));
    Ok(items.into())
}

pub(super) fn map(input: Input<'_>, arguments: &[Input<'_>]) -> Made {
    let key = key(&arguments[0])?;
    Ok(items(&input)?
        .iter()
        .map(|item| inside(item, &key).into_owned())
        .collect())
}

/// The items whose key is true, or equals the second argument.
pub(super) fn r#where(input: Input<'_>, arguments: &[Input<'_>]) -> Made {
    let key = key(&arguments[0])?;
    let wanted = |item: &&Value| {
        let value = inside(item, &key);
        arguments
            .get(1)
            .map_or_else(|| is_true(&value), |wanted| equal(&value, wanted))
    };
    Ok(items(&input)?.iter().filter(wanted).cloned().collect())
}

pub(super) fn first(input: Input<'_>, _: &[Input<'_>]) -> Made {
    match &*input {
        Value::String(text) => Ok(text
            .chars()
            .next()
            .map(String::from)
            .unwrap_or_default()
            .into()),
        list => Ok(items(list)?.first().cloned().unwrap_or_default()),
    }
}

pub(super) fn last(input: Input<'_>, _: &[Input<'_>]) -> Made {
    match &*input {
        Value::String(text) => Ok(text
            .chars()
            .last()
            .map(String::from)
            .unwrap_or_default()
            .into()),
        list => Ok(items(list)?.last().cloned().unwrap_or_default()),
    }
}

/// Of a text its characters, of a list its items, of an object its members.
pub(super) fn length(input: Input<'_>, _: &[Input<'_>]) -> Made {
    Ok(match &*input {
        Value::Array(items) => items.len(),
        Value::Object(map) => map.len(),
        other => value::text(other)?.chars().count(),
    }
    .into())
}

/// One text of all items, `, ` between them unless told.
pub(super) fn join(input: Input<'_>, arguments: &[Input<'_>]) -> Made {
    let separator = arguments
        .first()
        .map_or(Ok(Cow::Borrowed(", ")), |given| text(given))?;
    let mut joined = String::new();
    for (index, item) in items(&input)?.iter().enumerate() {
        let item = value::text(item)?;
        within(joined.len() + separator.len() + item.len())?;
        joined.push_str(if index > 0 { &separator } else { "" });
        joined.push_str(&item);
    }
    Ok(joined.into())
}
