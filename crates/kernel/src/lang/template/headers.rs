//! Objects of names and texts: headers, query, form. A name is never a template, and a header's is a token (RFC 9110)
//! that the sender leaves to the flow.

use super::text::Guard;
use super::{Compiler, Piece, Text, Tree};
use crate::problem::below;
use serde_json::Value;
use std::collections::HashSet;

/// What the connection decides, not the flow.
const OURS: [&str; 11] = [
    "connection",
    "content-length",
    "host",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

impl Compiler<'_> {
    pub(super) fn named(&mut self, value: &Value, at: &str, guard: Guard) -> Tree {
        let Value::Object(map) = value else {
            self.problem(at, "must be an object of names and texts".to_owned());
            return Tree::fixed(Value::Null);
        };
        let mut seen = HashSet::new();
        let mut members = Vec::with_capacity(map.len());
        for (name, value) in map {
            let at = below(at, name);
            self.key(name, &at);
            if guard == Guard::Header {
                let wrong = check_name(name).err().or_else(|| {
                    let again = !seen.insert(name.to_ascii_lowercase());
                    again.then(|| format!("the header `{name}` is given twice"))
                });
                wrong
                    .into_iter()
                    .for_each(|message| self.problem(&at, message));
            }
            let pieces = match value {
                Value::String(text) => self.pieces(text, &at),
                Value::Number(_) | Value::Bool(_) => vec![Piece::Literal(value.to_string())],
                _ => {
                    self.problem(&at, format!("`{name}` must be a text"));
                    continue;
                }
            };
            if guard == Guard::Header {
                let literals = pieces.iter().filter_map(|piece| match piece {
                    Piece::Literal(text) => check_value(text).err(),
                    Piece::Placeholder(_) => None,
                });
                literals
                    .take(1)
                    .for_each(|message| self.problem(&at, message));
            }
            members.push((name.clone(), Tree::Text(Text::with(pieces).guarded(guard))));
        }
        Tree::object(members)
    }
}

fn check_name(name: &str) -> Result<(), String> {
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if name.is_empty() || !name.bytes().all(token) {
        return Err(format!(
            "`{}` is not the name of a header",
            name.escape_debug()
        ));
    }
    if OURS.contains(&name.to_ascii_lowercase().as_str()) {
        return Err(format!(
            "the header `{name}` belongs to the connection and cannot be set"
        ));
    }
    Ok(())
}

pub(super) fn check_value(text: &str) -> Result<(), String> {
    match text
        .bytes()
        .find(|byte| (*byte < b' ' && *byte != b'\t') || *byte == 0x7F)
    {
        Some(byte) => Err(format!(
            "a header cannot hold the control character 0x{byte:02X}"
        )),
        None => Ok(()),
    }
}
