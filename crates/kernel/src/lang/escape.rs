//! The ways a value is written into a text, one per kind of position.

use super::output::Output;
use super::secret::Mode;
use super::value;
use serde_json::Value;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Escape {
    Plain,
    /// Inside a string of a JSON text.
    JsonText,
    /// Outside the strings of a JSON text, where a value keeps its type.
    JsonBare,
    Url,
    /// HTML and XML.
    Markup,
    /// A whole link in an attribute of HTML: of a kind that runs nothing.
    Link,
}

impl Escape {
    pub fn write(self, value: &Value, output: &mut Output) -> Result<(), String> {
        if self == Escape::JsonBare {
            return output.json(value);
        }
        self.write_text(&value::text(value)?, output)
    }

    pub fn write_text(self, text: &str, output: &mut Output) -> Result<(), String> {
        match self {
            Escape::Plain => output.push(text),
            Escape::JsonText => json(text, output),
            Escape::JsonBare => {
                output.push("\"")?;
                json(text, output)?;
                output.push("\"")
            }
            Escape::Url => percent(text, output),
            Escape::Markup => markup(text, output),
            Escape::Link => {
                check_link(text)?;
                markup(text, output)
            }
        }
    }

    pub fn mode(self) -> Mode {
        match self {
            Escape::Plain => Mode::Plain,
            Escape::JsonText => Mode::JsonText,
            Escape::JsonBare => Mode::JsonBare,
            Escape::Url => Mode::Url,
            Escape::Markup | Escape::Link => Mode::Markup,
        }
    }
}

fn json(text: &str, output: &mut Output) -> Result<(), String> {
    let special = |byte| byte < b' ' || byte == b'"' || byte == b'\\';
    special_bytes(text, output, special, |byte, output| match byte {
        b'"' => output.push("\\\""),
        b'\\' => output.push("\\\\"),
        b'\n' => output.push("\\n"),
        b'\r' => output.push("\\r"),
        b'\t' => output.push("\\t"),
        byte => output.push(&format!("\\u{byte:04x}")),
    })
}

/// All but RFC 3986's unreserved characters, so that a value is one component wherever it stands.
pub(super) fn percent(text: &str, output: &mut Output) -> Result<(), String> {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let special = |byte: u8| !byte.is_ascii_alphanumeric() && !b"-._~".contains(&byte);
    special_bytes(text, output, special, |byte, output| {
        output.raw(&[
            b'%',
            DIGITS[usize::from(byte >> 4)],
            DIGITS[usize::from(byte & 15)],
        ])
    })
}

fn check_link(text: &str) -> Result<(), String> {
    let known = ["https://", "http://", "mailto:", "tel:", "sms:"];
    let starts = |scheme: &&str| {
        text.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    if text.is_empty() || known.iter().any(starts) {
        Ok(())
    } else {
        Err("a link must begin with https://, http://, mailto:, tel: or sms:".to_owned())
    }
}

/// Controls that XML cannot hold become U+FFFD.
pub(super) fn markup(text: &str, output: &mut Output) -> Result<(), String> {
    let special = |byte| match byte {
        b'&' | b'<' | b'>' | b'"' | b'\'' => true,
        byte => byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r'),
    };
    special_bytes(text, output, special, |byte, output| {
        output.push(match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => "\u{FFFD}",
        })
    })
}

fn special_bytes(
    text: &str,
    output: &mut Output,
    special: impl Fn(u8) -> bool,
    write: impl Fn(u8, &mut Output) -> Result<(), String>,
) -> Result<(), String> {
    let mut rest = text.as_bytes();
    while let Some(at) = rest.iter().position(|byte| special(*byte)) {
        output.raw(&rest[..at])?;
        write(rest[at], output)?;
        rest = &rest[at + 1..];
    }
    output.raw(rest)
}
