//! Dotted paths: how they are read from text, and how their values are found, borrowing wherever the scope lends.

use super::{MAX_DEPTH, Path, Segment};
use crate::Scope;
use serde_json::Value;
use std::borrow::Cow;

pub(super) fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

impl Path {
    /// Reads the plain dotted form of `${…}`, where names may also have inner hyphens.
    pub(super) fn dotted(text: &str) -> Option<Path> {
        let plain = |part: &str| {
            !part.is_empty()
                && !part.starts_with('-')
                && part.chars().all(|c| is_name(c) || c == '-')
        };
        let mut parts = text.split('.');
        let root = parts
            .next()
            .filter(|part| plain(part) && !part.starts_with(|c: char| c.is_numeric()))?;
        let rest = parts
            .map(|part| plain(part).then(|| Segment::read(part)))
            .collect::<Option<Vec<_>>>()?;
        (rest.len() <= MAX_DEPTH).then(|| Path {
            root: root.to_owned(),
            rest,
            view: true,
        })
    }

    /// The name, if this is `secrets.<name>` with a name that a secret can have.
    pub(super) fn secret(&self) -> Option<&str> {
        match self.rest.as_slice() {
            [Segment::Key(name)] if self.is_secret() && super::secret::is_name(name) => Some(name),
            _ => None,
        }
    }

    pub(super) fn is_secret(&self) -> bool {
        self.root == "secrets"
    }

    pub(crate) fn find<'a>(&self, scope: &'a dyn Scope) -> Option<Cow<'a, Value>> {
        let viewed = self.view.then(|| scope.view(&self.root)).flatten();
        viewed
            .and_then(|value| descend(value, &self.rest))
            .or_else(|| descend(scope.get(&self.root)?, &self.rest))
    }
}

impl Segment {
    /// `0` and `17` are indexes; `007`, `2fa` and what no list can hold are keys.
    pub(super) fn read(part: &str) -> Segment {
        match part.parse() {
            Ok(index) if part == "0" || !part.starts_with(['0', '+']) => Segment::Index(index),
            _ => Segment::Key(part.to_owned()),
        }
    }
}

/// Walks down; an owned value is taken apart, never copied.
pub(super) fn descend<'a>(value: Cow<'a, Value>, rest: &[Segment]) -> Option<Cow<'a, Value>> {
    match value {
        Cow::Borrowed(value) => rest.iter().try_fold(value, step).map(Cow::Borrowed),
        Cow::Owned(value) => rest.iter().try_fold(value, step_owned).map(Cow::Owned),
    }
}

fn step<'a>(value: &'a Value, segment: &Segment) -> Option<&'a Value> {
    match (value, segment) {
        (Value::Object(map), Segment::Key(key)) => map.get(key),
        (Value::Object(map), Segment::Index(index)) => map.get(&index.to_string()),
        (Value::Array(list), Segment::Index(index)) => list.get(*index),
        _ => None,
    }
}

fn step_owned(value: Value, segment: &Segment) -> Option<Value> {
    match (value, segment) {
        (Value::Object(mut map), Segment::Key(key)) => map.swap_remove(key),
        (Value::Object(mut map), Segment::Index(index)) => map.swap_remove(&index.to_string()),
        (Value::Array(mut list), Segment::Index(index)) => {
            (*index < list.len()).then(|| list.swap_remove(*index))
        }
        _ => None,
    }
}
