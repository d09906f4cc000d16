//! The places a template can stand in, which decide how a value is written there.

use serde_json::{Map, Value};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Not a template: taken as it is.
    Literal,
    /// A program: taken as it is, and nothing that is given becomes a part of it.
    Program,
    /// Plain text; in a JSON tree, text leaves (a leaf that is one placeholder keeps its type).
    Text,
    Url,
    /// An object of header name → text: CR, LF and NUL are refused.
    Headers,
    /// An object of name → text: the action encodes it.
    Query,
    Form,
    /// A JSON tree.
    Json,
    /// A raw body: JSON when it starts with `{` or `[`, text otherwise.
    Body,
    /// A raw body that is JSON whatever it starts with.
    JsonBody,
    /// A raw body of `name=value&…`: values are percent-encoded.
    FormBody,
    Html,
    Xml,
    /// A statement: becomes `{"text": […], "values": […]}`, where each value is bound between two texts.
    Sql,
}

impl Place {
    /// This place in a `with`: a raw body is written as the content type beside it says.
    pub fn beside(self, with: &Map<String, Value>) -> Place {
        match self {
            Place::Body => content_type(with).map_or(Place::Body, |kind| body(&kind)),
            other => other,
        }
    }
}

/// The media type in `headers`, if it is written there and no template.
fn content_type(with: &Map<String, Value>) -> Option<String> {
    let headers = with.get("headers")?.as_object()?;
    let (_, written) = headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("content-type"))?;
    let written = written.as_str().filter(|text| !text.contains(['{', '$']))?;
    let kind = written.split(';').next().unwrap_or_default();
    Some(kind.trim().to_ascii_lowercase())
}

fn body(kind: &str) -> Place {
    match kind {
        "application/json" | "text/json" => Place::JsonBody,
        "application/x-www-form-urlencoded" => Place::FormBody,
        "text/html" | "application/xhtml+xml" => Place::Html,
        "application/xml" | "text/xml" => Place::Xml,
        kind if kind.ends_with("+json") => Place::JsonBody,
        kind if kind.ends_with("+xml") => Place::Xml,
        _ => Place::Text,
    }
}
