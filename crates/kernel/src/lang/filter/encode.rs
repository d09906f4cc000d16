//! Filters that write a text for another place, or a digest of it.

use super::super::MAX_OUTPUT;
use super::super::escape::{markup, percent};
use super::super::output::Output;
use super::super::value::{self, excerpt};
use super::arguments::text;
use super::text::short;
use super::{Input, Made};
use ::base64::Engine;
use ::base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use ::hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::{Digest, Sha256, Sha512};

#[derive(Debug, Clone, Copy)]
pub(super) enum Algorithm {
    Sha256,
    Sha512,
}

impl Algorithm {
    pub fn named(name: &Value) -> Result<Algorithm, String> {
        match name.as_str() {
            Some("sha256") => Ok(Algorithm::Sha256),
            Some("sha512") => Ok(Algorithm::Sha512),
            _ => Err(format!(
                "{} is neither `sha256` nor `sha512`",
                excerpt(name)
            )),
        }
    }

    fn of(argument: Option<&Input<'_>>) -> Result<Algorithm, String> {
        argument.map_or(Ok(Algorithm::Sha256), |name| Algorithm::named(name))
    }
}

fn hexadecimal(bytes: &[u8]) -> Value {
    bytes
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect::<String>()
        .into()
}

pub(super) fn hash(input: Input<'_>, arguments: &[Input<'_>]) -> Made {
    let text = value::text(&input)?;
    Ok(match Algorithm::of(arguments.first())? {
        Algorithm::Sha256 => hexadecimal(&Sha256::digest(text.as_bytes())),
        Algorithm::Sha512 => hexadecimal(&Sha512::digest(text.as_bytes())),
    })
}

pub(super) fn hmac(input: Input<'_>, arguments: &[Input<'_>]) -> Made {
    const ANY_LENGTH: &str = "a key of any length will do";
    let (key, text) = (text(&arguments[0])?, value::text(&input)?);
    Ok(match Algorithm::of(arguments.get(1))? {
        Algorithm::Sha256 => {
            let mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect(ANY_LENGTH);
            hexadecimal(&mac.chain_update(text.as_bytes()).finalize().into_bytes())
        }
        Algorithm::Sha512 => {
            let mac = Hmac::<Sha512>::new_from_slice(key.as_bytes()).expect(ANY_LENGTH);
            hexadecimal(&mac.chain_update(text.as_bytes()).finalize().into_bytes())
        }
    })
}

pub(super) fn json(input: Input<'_>, _: &[Input<'_>]) -> Made {
    value::json(&input).map(Value::from)
}

pub(super) fn base64(input: Input<'_>, _: &[Input<'_>]) -> Made {
    Ok(STANDARD.encode(short(&input)?.as_bytes()).into())
}

/// Either alphabet, padded or not.
pub(super) fn unbase64(input: Input<'_>, _: &[Input<'_>]) -> Made {
    let text = short(&input)?;
    let bare = text.trim().trim_end_matches('=');
    let engine = if bare.contains(['-', '_']) {
        URL_SAFE_NO_PAD
    } else {
        STANDARD_NO_PAD
    };
    let bytes = engine
        .decode(bare)
        .map_err(|_| "the text is not base64".to_owned())?;
    String::from_utf8(bytes)
        .map(Value::from)
        .map_err(|_| "the bytes are not a text".to_owned())
}

pub(super) fn urlencode(input: Input<'_>, _: &[Input<'_>]) -> Made {
    let mut output = Output::new(MAX_OUTPUT);
    percent(&value::text(&input)?, &mut output)?;
    Ok(output.finish().into())
}

pub(super) fn html_escape(input: Input<'_>, _: &[Input<'_>]) -> Made {
    let mut output = Output::new(MAX_OUTPUT);
    markup(&value::text(&input)?, &mut output)?;
    Ok(output.finish().into())
}

pub(super) fn markdown_escape(input: Input<'_>, _: &[Input<'_>]) -> Made {
    let mut escaped = String::new();
    for c in short(&input)?.chars() {
        if "\\`*_{}[]()<>#+-.!|~".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    Ok(escaped.into())
}

/// One row of a list, or one cell.
pub(super) fn csv(input: Input<'_>, _: &[Input<'_>]) -> Made {
    let mut output = Output::new(MAX_OUTPUT);
    match &*input {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                output.push(if index > 0 { "," } else { "" })?;
                cell(item, &mut output)?;
            }
        }
        other => cell(other, &mut output)?,
    }
    Ok(output.finish().into())
}

/// A text that a spreadsheet would take for a formula gets a `'` before it.
fn cell(value: &Value, output: &mut Output) -> Result<(), String> {
    let text = value::text(value)?;
    let formula = value.is_string() && text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let prefix = if formula { "'" } else { "" };
    if text.contains([',', '"', '\n', '\r']) {
        output.push("\"")?;
        output.push(prefix)?;
        output.push(&text.replace('"', "\"\""))?;
        output.push("\"")
    } else {
        output.push(prefix)?;
        output.push(&text)
    }
}
