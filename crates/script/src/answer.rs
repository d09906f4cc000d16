//! What code returned, as JSON. Where JSON would quietly say something else, this refuses: NaN, an infinity, a BigInt, a
//! function, a value that holds itself. Nothing (`undefined`) is null.

use crate::engine::Fault;
use crate::{LARGEST_ANSWER, Mistake, Why};
use rquickjs::{Ctx, Error, Exception, Function};
use serde_json::Value;

const CIRCULAR: &str = "circular";

pub(crate) fn of<'js>(ctx: &Ctx<'js>, value: rquickjs::Value<'js>) -> Result<Value, Fault> {
    if value.is_function() || value.is_symbol() {
        return Err(wrong(
            "the code returned a function or a symbol, which JSON has no word for",
        ));
    }
    let keep = Function::new(ctx.clone(), kept)?;
    let text = match ctx.json_stringify_replacer(value, keep) {
        Ok(Some(text)) => text,
        Ok(None) => return Ok(Value::Null),
        Err(error) => return Err(circular(ctx, error)),
    };
    let text = text.to_string().map_err(|_| Fault::Known(Why::Memory))?;
    if text.len() > LARGEST_ANSWER {
        return Err(Fault::Known(Why::Answer));
    }
    serde_json::from_str(&whole(&text)).map_err(|error| {
        wrong(&format!(
            "what the code returned cannot be read as JSON: {error}"
        ))
    })
}

fn wrong(message: &str) -> Fault {
    Fault::Known(Why::Wrong(Mistake {
        message: message.to_owned(),
        at: None,
    }))
}

/// A value inside what was returned, if it is one of JSON.
fn kept<'js>(
    ctx: Ctx<'js>,
    key: rquickjs::Value<'js>,
    value: rquickjs::Value<'js>,
) -> rquickjs::Result<rquickjs::Value<'js>> {
    let what = match value.as_number() {
        Some(number) if number.is_nan() => "NaN",
        Some(number) if number.is_infinite() => "infinite",
        Some(_) => return Ok(value),
        None if value.is_big_int() => "a BigInt",
        None => return Ok(value),
    };
    let at = match crate::console::text(&ctx, &key) {
        key if key.is_empty() => "it".to_owned(),
        key => format!("`{}`", key.chars().take(100).collect::<String>()),
    };
    let message = format!(
        "in what the code returned {at} is {what}, which JSON has no word for: return a number, a text or null"
    );
    Err(Exception::throw_type(&ctx, &message))
}

fn circular(ctx: &Ctx<'_>, error: Error) -> Fault {
    if !matches!(error, Error::Exception) {
        return error.into();
    }
    let thrown = ctx.catch();
    let message = thrown
        .as_object()
        .filter(|object| object.is_error())
        .and_then(|object| object.get::<_, String>("message").ok());
    match message {
        Some(message) if message.contains(CIRCULAR) => {
            wrong("what the code returned holds itself: JSON has no word for that")
        }
        _ => ctx.throw(thrown).into(),
    }
}

/// Half a character (a lone surrogate, which JSON from JavaScript spells out) becomes U+FFFD.
fn whole(json: &str) -> String {
    let mut whole = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        whole.push_str(before);
        let is_half = escape.get(..4).is_some_and(|start| {
            start.starts_with("\\ud")
                && start.as_bytes()[3].is_ascii_hexdigit()
                && start.as_bytes()[3] >= b'8'
        });
        let length = if escape.starts_with("\\u") { 6 } else { 2 };
        let (escape, after) = escape.split_at_checked(length).unwrap_or((escape, ""));
        whole.push_str(if is_half { "\u{fffd}" } else { escape });
        rest = after;
    }
    whole.push_str(rest);
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_character_is_replaced_and_nothing_else() {
        for (json, read) in [
            (r#""a\ud800b""#, "\"a\u{fffd}b\""),
            (r#""\udfff""#, "\"\u{fffd}\""),
            (r#""\\ud800""#, r#""\\ud800""#),
            (r#""\u0000\n\"é""#, r#""\u0000\n\"é""#),
            (r#""\ud7ff""#, r#""\ud7ff""#),
            ("[]", "[]"),
        ] {
            assert_eq!(whole(json), read);
        }
    }
}
