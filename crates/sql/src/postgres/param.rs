//! A JSON value as PostgreSQL reads it: as text, from which the server makes what the place's type wants. So it is the server
//! that says what is no number or no date.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::BytesMut;
use serde_json::Value;
use std::error::Error;
use std::fmt::Write;

use tokio_postgres::types::{Format, IsNull, Kind, ToSql, Type, to_sql_checked};

/// `None`: null.
#[derive(Debug)]
pub(super) struct Param(Option<String>);

impl Param {
    pub(super) fn new(value: &Value, kind: &Type) -> Result<Param, String> {
        written(value, kind).map(Param)
    }
}

fn written(value: &Value, kind: &Type) -> Result<Option<String>, String> {
    if value.is_null() {
        return Ok(None);
    }
    if let Kind::Domain(inner) = kind.kind() {
        return written(value, inner);
    }
    if let Kind::Array(inner) = kind.kind() {
        let Value::Array(items) = value else {
            return Err(format!("a list is needed for `{kind}`"));
        };
        return list(items, inner).map(Some);
    }
    Ok(Some(match (value, kind) {
        (value, &Type::JSON | &Type::JSONB) => value.to_string(),
        (Value::String(text), &Type::BYTEA) => bytes(text)?,
        (Value::String(text), _) => text.clone(),
        (Value::Number(number), _) => match number.as_f64() {
            Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < 1e15 => {
                format!("{float:.0}")
            }
            _ => number.to_string(),
        },
        (other, _) => other.to_string(),
    }))
}

/// `{"a","b",NULL}`; every item in quotes.
fn list(items: &[Value], kind: &Type) -> Result<String, String> {
    let mut text = String::from("{");
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            text.push(',');
        }
        match item {
            Value::Array(inner) if !matches!(*kind, Type::JSON | Type::JSONB) => {
                text += &list(inner, kind)?;
            }
            item => match written(item, kind)? {
                None => text.push_str("NULL"),
                Some(item) => {
                    text.push('"');
                    for c in item.chars() {
                        if matches!(c, '"' | '\\') {
                            text.push('\\');
                        }
                        text.push(c);
                    }
                    text.push('"');
                }
            },
        }
    }
    text.push('}');
    Ok(text)
}

/// Bytes are given, as they are read, in base64.
fn bytes(text: &str) -> Result<String, String> {
    let bytes = STANDARD.decode(text);
    let bytes = bytes.map_err(|_| "bytes (`bytea`) are given in base64".to_owned())?;
    let mut hex = String::from("\\x");
    for byte in bytes {
        let _ = write!(hex, "{byte:02x}");
    }
    Ok(hex)
}

impl ToSql for Param {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match &self.0 {
            None => Ok(IsNull::Yes),
            Some(text) => {
                out.extend_from_slice(text.as_bytes());
                Ok(IsNull::No)
            }
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    fn encode_format(&self, _: &Type) -> Format {
        Format::Text
    }

    to_sql_checked!();
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_value_is_written_as_its_place_wants_it() {
        for (value, kind, text) in [
            (json!("5"), Type::INT4, "5"),
            (json!(5.0), Type::INT4, "5"),
            (json!(0.1), Type::NUMERIC, "0.1"),
            (json!(true), Type::BOOL, "true"),
            (json!({ "a": 1 }), Type::TEXT, "{\"a\":1}"),
            (json!("a"), Type::JSONB, "\"a\""),
            (json!("aGk="), Type::BYTEA, "\\x6869"),
            (
                json!(["a\"b\\", null, 7]),
                Type::TEXT_ARRAY,
                "{\"a\\\"b\\\\\",NULL,\"7\"}",
            ),
            (json!([[1], [2]]), Type::INT4_ARRAY, "{{\"1\"},{\"2\"}}"),
        ] {
            assert_eq!(written(&value, &kind).unwrap().unwrap(), text);
        }
        assert_eq!(written(&json!(null), &Type::INT4), Ok(None));
        assert!(written(&json!("x"), &Type::INT4_ARRAY).is_err());
        assert!(written(&json!("?"), &Type::BYTEA).is_err());
    }
}
