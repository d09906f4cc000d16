//! The body of a webhook as JSON, forgiving what real senders get wrong: a byte order mark, bytes that are not UTF-8 and halves of
//! surrogate pairs (a text cut inside an emoji). Signatures never see this: they cover the raw bytes.

use crate::{Request, Unreadable, form};
use serde_json::Value;
use std::borrow::Cow;

pub fn json(bytes: &[u8]) -> Result<Value, Unreadable> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = String::from_utf8_lossy(bytes);
    serde_json::from_str(&text)
        .or_else(|error| match whole_surrogates(&text) {
            Cow::Owned(repaired) => serde_json::from_str(&repaired),
            Cow::Borrowed(_) => Err(error),
        })
        .map_err(|error| Unreadable {
            path: String::new(),
            message: format!("the body is not JSON: {error}"),
        })
}

/// JSON, or a form as an object of texts. The content decides, not the header: senders get that wrong too.
pub fn read(request: &Request<'_>) -> Result<Value, Unreadable> {
    let content = request.content();
    match looks_like_json(content) || !content.contains(&b'=') {
        true => json(content),
        false => Ok(Value::Object(form::object(content))),
    }
}

pub fn looks_like_json(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let first = bytes.trim_ascii_start().first();
    matches!(first, Some(b'{' | b'['))
}

/// Replaces `\uD800`–`\uDFFF` escapes that are not part of a pair by U+FFFD; JSON parsers in Rust refuse them, JavaScript writes them.
fn whole_surrogates(text: &str) -> Cow<'_, str> {
    let mut repaired = String::new();
    let (mut kept, mut at) = (0, 0);
    while let Some(offset) = text[at..].find('\\') {
        at += offset;
        let (skip, lone) = match (escape(text, at), escape(text, at + 6)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => (12, false),
            (Some(0xD800..=0xDFFF), _) => (6, true),
            _ => (2, false),
        };
        if lone {
            repaired.push_str(&text[kept..at]);
            repaired.push_str("\\ufffd");
            kept = at + skip;
        }
        // The byte after a backslash may open a longer character; step to its boundary.
        at = (at + skip..=text.len())
            .find(|&index| text.is_char_boundary(index))
            .unwrap_or(text.len());
    }
    if kept == 0 {
        return Cow::Borrowed(text);
    }
    repaired.push_str(&text[kept..]);
    Cow::Owned(repaired)
}

fn escape(text: &str, at: usize) -> Option<u32> {
    let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
    u32::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json as value;

    #[test]
    fn a_byte_order_mark_and_half_a_surrogate_pair_are_forgiven() {
        let read = |text: &str| json(text.as_bytes()).unwrap();
        assert_eq!(read("\u{feff}{\"a\":1}"), value!({"a": 1}));
        assert_eq!(read(r#"["cut \ud83d"]"#), value!(["cut \u{fffd}"]));
        assert_eq!(read(r#"["\ud83d\ude00 \ude00"]"#), value!(["😀 \u{fffd}"]));
        assert_eq!(
            read(r#"["\\ud83d is text, \udc00 is not"]"#),
            value!(["\\ud83d is text, \u{fffd} is not"])
        );
        assert_eq!(json(b"[\"\xff\"]"), Ok(value!(["\u{fffd}"])));
    }

    #[test]
    fn what_is_no_json_is_refused_with_its_place() {
        for bytes in [&b""[..], b"{", b"a=1&b=2", b"\\\xc3\xa9", b"[1e400]"] {
            assert!(
                json(bytes)
                    .unwrap_err()
                    .message
                    .starts_with("the body is not JSON: ")
            );
        }
        assert!(json("[".repeat(100_000).as_bytes()).is_err());
    }
}
