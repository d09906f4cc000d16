//! Query parameters (and the same filters inside a JSON body), taken one by one; all that is wrong is said at once and a
//! parameter that nobody took is refused, so that a misspelt filter never widens a request.

use crate::errors::{Code, Error, Result};
use axum::extract::FromRequestParts;
use http::request::Parts;
use kernel::id::{Id, Kind};
use kernel::{Problem, Timestamp};
use serde_json::{Map, Value};
use std::fmt::Display;
use std::str::FromStr;

const LONGEST_SEARCH: usize = 200;

#[derive(Debug, Default)]
pub struct Params {
    /// Put before a name to give its path: empty for a query, `/filter/` for a member of a body.
    prefix: &'static str,
    given: Vec<(String, String)>,
    problems: Vec<Problem>,
}

impl Params {
    pub fn of_query(query: &str) -> Self {
        let pairs = url::form_urlencoded::parse(query.as_bytes()).into_owned();
        Self {
            given: pairs.collect(),
            ..Self::default()
        }
    }

    /// The same names as members of an object in a body.
    pub fn of_object(object: &Map<String, Value>, prefix: &'static str) -> Self {
        let mut params = Self {
            prefix,
            ..Self::default()
        };
        for (name, value) in object {
            let values = match value {
                Value::Null => continue,
                Value::Array(values) => values.as_slice(),
                value => std::slice::from_ref(value),
            };
            // As a query it would count as not given, and the request would mean everything.
            if !values.iter().any(says) {
                params.wrong(name, "is empty: give a value, or leave it out");
                continue;
            }
            values.iter().for_each(|value| params.give(name, value));
        }
        params
    }

    fn give(&mut self, name: &str, value: &Value) {
        match value {
            Value::Null => {}
            Value::String(text) => self.given.push((name.into(), text.clone())),
            Value::Number(number) => self.given.push((name.into(), number.to_string())),
            Value::Bool(flag) => self.given.push((name.into(), flag.to_string())),
            other => self.wrong(name, format!("`{other}` is not a text")),
        }
    }

    /// Notes that a parameter is wrong that reads well by itself.
    pub fn wrong(&mut self, name: &str, message: impl Into<String>) {
        let path = format!("{}{name}", self.prefix);
        self.problems.push(Problem::new(path, message));
    }

    /// Notes something wrong at a full path.
    pub fn refuse(&mut self, path: &str, message: impl Into<String>) {
        let path = if path.is_empty() {
            self.prefix.trim_end_matches('/')
        } else {
            path
        };
        self.problems.push(Problem::new(path, message));
    }

    /// A filter in a body that leaves nothing out is taken for a mistake.
    pub fn narrowed(&mut self, filter: &Map<String, Value>) {
        if filter.values().all(Value::is_null) {
            self.refuse("", "give at least one member");
        }
    }

    /// All values of a parameter that may be repeated or hold several, separated by commas.
    pub fn texts(&mut self, name: &str) -> Vec<String> {
        let (taken, rest) = std::mem::take(&mut self.given)
            .into_iter()
            .partition(|(n, _)| n == name);
        self.given = rest;
        let taken: Vec<(String, String)> = taken;
        let split = taken.iter().flat_map(|(_, value)| value.split(','));
        split
            .map(str::trim)
            .filter(|v| !v.is_empty())
            .map(String::from)
            .collect()
    }

    /// The value of a parameter that is given once; an empty one counts as not given.
    pub fn text(&mut self, name: &str) -> Option<String> {
        let position = self.given.iter().position(|(n, _)| n == name)?;
        let (_, value) = self.given.remove(position);
        if self.given.iter().any(|(n, _)| n == name) {
            self.given.retain(|(n, _)| n != name);
            self.wrong(name, "is given more than once");
        }
        (!value.is_empty()).then_some(value)
    }

    /// Words to look for; none unless given.
    pub fn search(&mut self) -> String {
        let search = self.text("search").unwrap_or_default();
        if search.len() > LONGEST_SEARCH {
            self.wrong("search", format!("has more than {LONGEST_SEARCH} bytes"));
        }
        search
    }

    pub fn parsed<T: FromStr<Err: Display>>(&mut self, name: &str) -> Option<T> {
        let text = self.text(name)?;
        self.parse(name, &text)
    }

    fn parse<T: FromStr<Err: Display>>(&mut self, name: &str, text: &str) -> Option<T> {
        match text.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                self.wrong(name, format!("`{text}`: {error}"));
                None
            }
        }
    }

    pub fn id<K: Kind>(&mut self, name: &str) -> Option<Id<K>> {
        self.parsed(name)
    }

    pub fn time(&mut self, name: &str) -> Option<Timestamp> {
        let text = self.text(name)?;
        let time = text.parse().ok();
        if time.is_none() {
            self.wrong(
                name,
                format!("`{text}` is not a time such as 2026-11-20T17:30:05Z"),
            );
        }
        time
    }

    /// A value of a closed list of words, as `serde` spells them.
    pub fn words<T: serde::de::DeserializeOwned>(&mut self, name: &str) -> Vec<T> {
        let mut values = Vec::new();
        for text in self.texts(name) {
            match serde_json::from_value(Value::String(text)) {
                Ok(value) => values.push(value),
                Err(error) => self.wrong(name, error.to_string()),
            }
        }
        values
    }

    pub fn number(
        &mut self,
        name: &str,
        range: std::ops::RangeInclusive<u32>,
        default: u32,
    ) -> u32 {
        let Some(text) = self.text(name) else {
            return default;
        };
        match text.parse() {
            Ok(number) if range.contains(&number) => number,
            _ => {
                let (low, high) = (range.start(), range.end());
                self.wrong(
                    name,
                    format!("`{text}` is not a number from {low} to {high}"),
                );
                default
            }
        }
    }

    /// Refuses when anything was wrong or is left over.
    pub fn finish(mut self) -> Result<()> {
        let mut unknown: Vec<String> = self.given.drain(..).map(|(name, _)| name).collect();
        unknown.dedup();
        unknown
            .iter()
            .for_each(|name| self.wrong(name, "is not known here"));
        if self.problems.is_empty() {
            return Ok(());
        }
        Err(Error::invalid(Code::InvalidRequest, self.problems))
    }
}

/// Whether a value names anything: commas alone do not.
fn says(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => text.chars().any(|c| c != ',' && !c.is_whitespace()),
        _ => true,
    }
}

impl<S: Sync> FromRequestParts<S> for Params {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self::of_query(parts.uri.query().unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::run::Status;

    #[test]
    fn repeated_and_comma_separated_values_are_the_same() {
        for query in ["status=failed&status=cancelled", "status=failed,cancelled"] {
            let mut params = Params::of_query(query);
            assert_eq!(
                params.words::<Status>("status"),
                [Status::Failed, Status::Cancelled]
            );
            assert!(params.finish().is_ok());
        }
    }

    #[test]
    fn everything_wrong_is_said_at_once_with_its_name() {
        let mut params = Params::of_query(
            "flow=x&from=yesterday&limit=0&agent=a&agent=b&statuss=failed&status=odd",
        );
        params.id::<kernel::id::Flow>("flow");
        params.time("from");
        params.number("limit", 1..=200, 50);
        params.text("agent");
        params.words::<Status>("status");
        let error = params.finish().unwrap_err();
        let paths: Vec<&str> = error.errors.iter().map(|p| p.path.as_str()).collect();
        assert_eq!(
            paths,
            ["flow", "from", "limit", "agent", "status", "statuss"]
        );
    }

    #[test]
    fn a_filter_in_a_body_reads_like_a_query() {
        let object =
            serde_json::json!({"status": ["failed"], "limit": 5, "agent": null, "campaign": {}});
        let mut params = Params::of_object(object.as_object().unwrap(), "/filter/");
        assert_eq!(params.words::<Status>("status"), [Status::Failed]);
        assert_eq!(params.number("limit", 1..=9, 3), 5);
        assert_eq!(params.text("agent"), None);
        assert_eq!(
            params.finish().unwrap_err().errors[0].path,
            "/filter/campaign"
        );
    }

    #[test]
    fn an_empty_value_in_a_body_is_refused_with_its_path() {
        use serde_json::json;
        for empty in [
            json!(""),
            json!(" "),
            json!(","),
            json!([]),
            json!([null, ""]),
        ] {
            let object = json!({ "status": empty });
            let mut params = Params::of_object(object.as_object().unwrap(), "/filter/");
            assert!(params.words::<Status>("status").is_empty());
            let error = params.finish().unwrap_err();
            assert_eq!(error.errors[0].path, "/filter/status", "{object}");
        }
    }
}
