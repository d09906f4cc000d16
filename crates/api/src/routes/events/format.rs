//! The forms in which events come over HTTP, taken apart into single documents; what a document says is `calls`' business.
//! All problems of all documents come back at once, each below the position of its document.

use crate::body::{malformed, media_type, without_mark};
use crate::errors::{Code, Error, Result};
use calls::{Observation, generic};
use http::HeaderMap;
use kernel::Problem;
use serde_json::{Map, Value};

const LINES: [&str; 3] = [
    "application/x-ndjson",
    "application/ndjson",
    "application/jsonl",
];
const DOCUMENTS: [&str; 3] = [
    "application/json",
    "application/cloudevents+json",
    "application/cloudevents-batch+json",
];
/// More problems than this help nobody.
const SHOWN: usize = 1000;

/// All observations of a request, or all problems of all its events.
pub fn read(headers: &HeaderMap, bytes: &[u8], most: usize) -> Result<Vec<Observation>> {
    let (mut events, several) = documents(headers, bytes, most)?;
    if let [data] = events.as_mut_slice()
        && headers.contains_key("ce-specversion")
    {
        *data = envelope(headers, data.take());
    }
    if events.is_empty() {
        return Err(invalid(vec![Problem::new(
            "",
            "there is no event in the body",
        )]));
    }
    let mut observations = Vec::with_capacity(events.len());
    let mut problems = Vec::new();
    for (index, event) in events.into_iter().enumerate() {
        match generic::read(event) {
            Ok(observation) => observations.push(observation),
            Err(found) if several => {
                problems.extend(found.into_iter().map(|problem| {
                    Problem::new(format!("/{index}{}", problem.path), problem.message)
                }))
            }
            Err(found) => problems.extend(found),
        }
        if problems.len() > SHOWN {
            break;
        }
    }
    match problems.is_empty() {
        true => Ok(observations),
        false => Err(invalid(problems)),
    }
}

fn invalid(problems: Vec<Problem>) -> Error {
    Error::invalid(Code::InvalidEvent, problems)
}

/// The documents of a body, and whether they are numbered: a list or several lines, even of one.
fn documents(headers: &HeaderMap, bytes: &[u8], most: usize) -> Result<(Vec<Value>, bool)> {
    let kind = media_type(headers);
    let kind = kind.as_deref();
    let lines = kind.is_some_and(|kind| LINES.contains(&kind));
    if !lines && !kind.is_none_or(|kind| DOCUMENTS.contains(&kind)) {
        let given = kind.unwrap_or_default();
        let detail =
            format!("send application/json, application/x-ndjson or CloudEvents, not {given}");
        return Err(Error::new(Code::UnsupportedMediaType, detail));
    }
    let mut found: Vec<Value> = Vec::new();
    for document in serde_json::Deserializer::from_slice(without_mark(bytes)).into_iter() {
        let place = if found.is_empty() {
            String::new()
        } else {
            format!("/{}", found.len())
        };
        found.push(document.map_err(|error| malformed(&error, &place))?);
        within(found.len(), most)?;
    }
    match found.as_mut_slice() {
        [Value::Array(list)] if !lines => {
            within(list.len(), most)?;
            Ok((std::mem::take(list), true))
        }
        several => {
            let several = lines || several.len() > 1;
            Ok((found, several))
        }
    }
}

fn within(count: usize, most: usize) -> Result<()> {
    if count <= most {
        return Ok(());
    }
    let detail = format!("more than {most} events in one request");
    Err(Error::new(Code::PayloadTooLarge, detail))
}

/// A CloudEvent in binary mode: its attributes are headers, its data the body.
fn envelope(headers: &HeaderMap, data: Value) -> Value {
    let mut envelope = Map::new();
    for (name, value) in headers {
        if let (Some(name), Ok(text)) = (name.as_str().strip_prefix("ce-"), value.to_str()) {
            envelope.insert(name.into(), text.into());
        }
    }
    envelope.insert("data".into(), data);
    Value::Object(envelope)
}

#[cfg(test)]
mod tests;
