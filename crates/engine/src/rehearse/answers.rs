//! What the world would answer in a dry run, by step: an answer, or a list of them for its rounds. Where nothing is given, a
//! receiver that is content: 200 and an empty object.

use kernel::Timestamp;
use kernel::run::{Failure, Output, Response};
use serde_json::{Map, Value, json};
use std::collections::HashMap;

#[derive(Debug, Clone, Default)]
pub struct Answers(HashMap<String, Vec<Answer>>);

#[derive(Debug, Clone)]
pub(super) struct Answer {
    status: u16,
    headers: Map<String, Value>,
    body: Value,
    /// No answer at all, for this reason.
    error: Option<String>,
    imagined: bool,
}

impl Default for Answer {
    fn default() -> Self {
        Self {
            status: 200,
            headers: Map::new(),
            body: json!({}),
            error: None,
            imagined: false,
        }
    }
}

const SHAPE: &str = "an answer is {\"status\", \"headers\", \"body\"}, or {\"error\": \"timeout\"}, or a list of them";

impl Answers {
    /// Reads `{step: answer | [answer, …]}`; what is wrong is said with its path below `at`.
    pub fn read(given: &Map<String, Value>, at: &str) -> Result<Self, Vec<kernel::Problem>> {
        let mut problems = Vec::new();
        let mut answers = HashMap::new();
        for (step, given) in given {
            let at = format!("{at}/{}", step.replace('~', "~0").replace('/', "~1"));
            let list = match given {
                Value::Array(list) => list.as_slice(),
                one => std::slice::from_ref(one),
            };
            let read = list.iter().enumerate().filter_map(|(number, one)| {
                let at = match given {
                    Value::Array(_) => format!("{at}/{number}"),
                    _ => at.clone(),
                };
                let read = read(one);
                if read.is_none() {
                    problems.push(kernel::Problem::new(at, SHAPE));
                }
                read
            });
            let mut read: Vec<Answer> = read.collect();
            read.reverse();
            answers.insert(step.clone(), read);
        }
        match problems.is_empty() {
            true => Ok(Self(answers)),
            false => Err(problems),
        }
    }

    /// The names of the steps that have one.
    pub fn steps(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The next one of a step; the last of a list stays.
    pub(super) fn next(&mut self, step: &str) -> Option<Answer> {
        let list = self.0.get_mut(step)?;
        match list.len() {
            0 | 1 => list.first().cloned(),
            _ => list.pop(),
        }
    }
}

fn read(given: &Value) -> Option<Answer> {
    let given = given.as_object()?;
    let known = ["status", "headers", "body", "error"];
    if given.is_empty() || given.keys().any(|name| !known.contains(&name.as_str())) {
        return None;
    }
    let status = given.get("status").map_or(Some(200), Value::as_u64)?;
    let headers = match given.get("headers") {
        None | Some(Value::Null) => Map::new(),
        Some(headers) => headers.as_object()?.clone(),
    };
    let headers = headers.into_iter();
    let error = match given.get("error") {
        None | Some(Value::Null) => None,
        Some(error) => Some(error.as_str()?.to_owned()),
    };
    Some(Answer {
        status: u16::try_from(status)
            .ok()
            .filter(|s| (100..1000).contains(s))?,
        headers: headers
            .map(|(name, value)| (name.to_lowercase(), value))
            .collect(),
        body: given.get("body").cloned().unwrap_or_default(),
        error,
        imagined: true,
    })
}

impl Answer {
    pub fn result(self, now: Timestamp) -> Result<Output, Box<Failure>> {
        match self.error {
            Some(code) => {
                let message = format!("{code}, as the test says");
                Err(Box::new(kernel::rehearse::failure(&code, &message)))
            }
            None => actions::imagined(self.status, &self.headers, self.body, now),
        }
    }

    /// As people see it; none where nothing was said about it.
    pub fn response(&self) -> Option<Response> {
        let text = |value: &Value| {
            value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned)
        };
        let headers = self.headers.iter();
        (self.imagined && self.error.is_none()).then(|| Response {
            status: self.status,
            headers: headers
                .map(|(name, value)| (name.clone(), text(value)))
                .collect(),
            body: (!self.body.is_null()).then(|| text(&self.body)),
            truncated: false,
        })
    }
}
