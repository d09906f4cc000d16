//! Reads a step's rendered inputs. Values come from templates, so a number may stand where a text is meant.

use crate::failure::{Code, Fault};
use http::Method;
use kernel::Problem;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// A number or truth as its JSON text; null as nothing.
pub(crate) fn text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => Cow::Borrowed(text),
        Value::Null => Cow::Borrowed(""),
        other => Cow::Owned(other.to_string()),
    }
}

/// The input's value, unless it is absent or null.
pub(crate) fn given<'w>(with: &'w Map<String, Value>, name: &str) -> Option<&'w Value> {
    with.get(name).filter(|value| !value.is_null())
}

/// Names and texts of an object input; a list gives its name several times.
pub(crate) fn pairs<'w>(
    with: &'w Map<String, Value>,
    name: &str,
) -> Result<Vec<(&'w str, Cow<'w, str>)>, Fault> {
    let object = match given(with, name) {
        None => return Ok(Vec::new()),
        Some(Value::Object(object)) => object,
        Some(_) => return Err(Code::BadInput.because(format!("`{name}` is not an object"))),
    };
    let mut pairs = Vec::with_capacity(object.len());
    for (key, value) in object {
        match value {
            Value::Array(list) => pairs.extend(list.iter().map(|item| (key.as_str(), text(item)))),
            other => pairs.push((key.as_str(), text(other))),
        }
    }
    Ok(pairs)
}

pub(crate) fn url(with: &Map<String, Value>) -> Result<&str, Fault> {
    match with.get("url") {
        Some(Value::String(url)) => Ok(url),
        _ => Err(Code::BadUrl.because("there is no URL")),
    }
}

/// The method as given, in capitals.
pub(crate) fn method(with: &Map<String, Value>, default: Method) -> Result<Method, Fault> {
    match given(with, "method").map(text) {
        None => Ok(default),
        Some(name) => parse_method(&name).map_err(|message| Code::BadInput.because(message)),
    }
}

pub(crate) fn parse_method(name: &str) -> Result<Method, String> {
    match Method::from_bytes(name.trim().to_ascii_uppercase().as_bytes()) {
        Ok(Method::CONNECT | Method::TRACE) | Err(_) => {
            Err(format!("`{name}` is not a method to send"))
        }
        Ok(method) if method.as_str().len() > 32 => {
            Err(format!("`{name}` is not a method to send"))
        }
        Ok(method) => Ok(method),
    }
}

/// What is wrong with a method that is no template.
pub(crate) fn check_method(with: &Map<String, Value>) -> Option<Problem> {
    let name = text(given(with, "method")?);
    if name.contains("{{") || name.contains("${") {
        return None;
    }
    parse_method(&name)
        .err()
        .map(|message| Problem::new("/method", message))
}
