//! Secrets as opaque markers: `U+FDD0 <mode> <name> U+FDD1`, put where `{{ secrets.name }}` stands and replaced only when
//! the text that holds it is about to be sent. Both characters are taken out of everything else that is put out, so
//! a marker cannot be forged.

use super::escape::Escape;
use super::output::Output;
use serde_json::Value;
use std::borrow::Cow;

const OPEN: char = '\u{FDD0}';
const CLOSE: char = '\u{FDD1}';
/// What both characters begin with in UTF-8; the third byte tells them apart.
const PREFIX: &[u8] = b"\xEF\xB7";

pub(super) const FORGED: &str = "the characters U+FDD0 and U+FDD1 may not stand in a flow";

/// How a secret's value is to be written into the text (the string leaf) that holds its marker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// `t`: as it is. What encodes the whole text afterwards (a form, a JSON tree) does so to the secret too.
    Plain,
    /// `j`: inside a string of a JSON text.
    JsonText,
    /// `q`: as a JSON string with its quotes.
    JsonBare,
    /// `u`: percent-encoded.
    Url,
    /// `h`: for HTML and XML.
    Markup,
}

const MODES: [(Mode, char, Escape); 5] = [
    (Mode::Plain, 't', Escape::Plain),
    (Mode::JsonText, 'j', Escape::JsonText),
    (Mode::JsonBare, 'q', Escape::JsonBare),
    (Mode::Url, 'u', Escape::Url),
    (Mode::Markup, 'h', Escape::Markup),
];

impl Mode {
    /// The value as this mode writes it.
    pub fn escape(self, value: &str) -> String {
        let mut output = Output::new(usize::MAX);
        MODES
            .iter()
            .find(|(mode, ..)| *mode == self)
            .map(|(.., escape)| escape.write_text(value, &mut output))
            .and_then(Result::ok)
            .expect("every mode is listed, and the output is unbounded");
        output.finish()
    }

    fn letter(self) -> char {
        MODES
            .iter()
            .find(|(mode, ..)| *mode == self)
            .map_or('t', |(_, letter, _)| *letter)
    }
}

/// 1 to 64 of `[A-Za-z0-9_]`.
pub fn is_name(name: &str) -> bool {
    (1..=64).contains(&name.len()) && name.bytes().all(is_name_byte)
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// The marker that stands for a secret.
pub fn write(mode: Mode, name: &str) -> String {
    format!("{OPEN}{}{name}{CLOSE}", mode.letter())
}

/// Replaces every marker in `text` by what `secret` says for it, which is not looked at again.
pub fn replace<E>(
    text: &str,
    mut secret: impl FnMut(Mode, &str) -> Result<String, E>,
) -> Result<Cow<'_, str>, E> {
    let mut replaced = String::new();
    let mut rest = text;
    while let Some((before, marked)) = rest.split_once(OPEN) {
        replaced.push_str(before);
        match marker(marked) {
            Some((mode, name, after)) => {
                replaced.push_str(&secret(mode, name)?);
                rest = after;
            }
            None => {
                replaced.push(OPEN);
                rest = marked;
            }
        }
    }
    if rest.len() == text.len() {
        return Ok(Cow::Borrowed(text));
    }
    replaced.push_str(rest);
    Ok(Cow::Owned(replaced))
}

/// Mode and name of the marker that `text` goes on with, and what is after it.
fn marker(text: &str) -> Option<(Mode, &str, &str)> {
    let letter = text.chars().next()?;
    let (mode, ..) = MODES.iter().find(|(_, known, _)| *known == letter)?;
    let rest = &text[1..];
    let (name, after) = rest.split_at(rest.bytes().position(|byte| !is_name_byte(byte))?);
    is_name(name).then_some((*mode, name, after.strip_prefix(CLOSE)?))
}

/// Whether a text holds a character that only markers may hold. Their first byte is rare in text, so looking for it alone is fast.
pub fn is_marked(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(PREFIX[0], bytes)
        .any(|at| bytes[at + 1] == PREFIX[1] && matches!(bytes[at + 2], 0x90 | 0x91))
}

/// Turns U+FDD0 and U+FDD1 into U+FFFD, which is as long.
pub(super) fn neutralise(bytes: &mut [u8]) {
    let mut from = 0;
    while let Some(at) = memchr::memchr(PREFIX[0], &bytes[from..]) {
        let sign = from + at;
        if let Some([_, second, 0x90 | 0x91]) = bytes.get(sign..sign + 3)
            && *second == PREFIX[1]
        {
            bytes[sign..sign + 3].copy_from_slice("\u{FFFD}".as_bytes());
        }
        from = sign + 1;
    }
}

/// Every marker as people see it: `‹secret:name›`.
pub fn shown(value: Value) -> Value {
    match value {
        Value::String(text) => {
            let named =
                |_, name: &str| Ok::<_, std::convert::Infallible>(format!("‹secret:{name}›"));
            match replace(&text, named) {
                Ok(Cow::Owned(shown)) => shown.into(),
                _ => text.into(),
            }
        }
        Value::Array(list) => list.into_iter().map(shown).collect(),
        Value::Object(map) => map
            .into_iter()
            .map(|(key, value)| (key, shown(value)))
            .collect(),
        other => other,
    }
}

/// Takes both characters out of every text and key of a value: for what is sent without having been rendered.
pub fn neutral(value: Value) -> Value {
    if holds_mark(&value) {
        cleaned(value)
    } else {
        value
    }
}

fn holds_mark(value: &Value) -> bool {
    match value {
        Value::String(text) => is_marked(text),
        Value::Array(list) => list.iter().any(holds_mark),
        Value::Object(map) => map
            .iter()
            .any(|(key, value)| is_marked(key) || holds_mark(value)),
        _ => false,
    }
}

fn cleaned(value: Value) -> Value {
    let clean = |text: String| text.replace([OPEN, CLOSE], "\u{FFFD}");
    match value {
        Value::String(text) => Value::String(clean(text)),
        Value::Array(list) => list.into_iter().map(cleaned).collect(),
        Value::Object(map) => map
            .into_iter()
            .map(|(key, value)| (clean(key), cleaned(value)))
            .collect(),
        other => other,
    }
}
