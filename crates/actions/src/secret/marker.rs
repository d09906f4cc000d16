//! The opaque markers under which the kernel renders secrets: `U+FDD0 <mode> <name> U+FDD1`. The kernel takes both
//! characters out of everything else that it puts out, so a marker cannot be forged.

use std::borrow::Cow;

const OPEN: char = '\u{FDD0}';
const CLOSE: char = '\u{FDD1}';

/// How a secret's value is to be written into the text that holds its marker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// `t`: as it is; what encodes the whole text afterwards does so to the secret too.
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

const MODES: [(Mode, char); 5] = [
    (Mode::Plain, 't'),
    (Mode::JsonText, 'j'),
    (Mode::JsonBare, 'q'),
    (Mode::Url, 'u'),
    (Mode::Markup, 'h'),
];

impl Mode {
    /// The value as this mode writes it.
    pub fn escape(self, value: &str) -> String {
        match self {
            Mode::Plain => value.into(),
            Mode::JsonBare => serde_json::Value::from(value).to_string(),
            Mode::JsonText => {
                let quoted = Mode::JsonBare.escape(value);
                quoted[1..quoted.len() - 1].into()
            }
            Mode::Url => super::percent_encoded(value),
            Mode::Markup => value
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;")
                .replace('"', "&quot;")
                .replace('\'', "&#39;"),
        }
    }
}

/// The marker that stands for a secret.
pub fn write(mode: Mode, name: &str) -> String {
    let letter = MODES
        .iter()
        .find(|(known, _)| *known == mode)
        .map_or('t', |(_, letter)| *letter);
    format!("{OPEN}{letter}{name}{CLOSE}")
}

/// Replaces every marker in `text` by what `secret` says for it, which is not looked at again.
pub fn replace<E>(
    text: &str,
    mut secret: impl FnMut(Mode, &str) -> Result<String, E>,
) -> Result<Cow<'_, str>, E> {
    let mut replaced = String::new();
    let mut rest = text;
    while let Some((before, mode, name, after)) = first(rest) {
        replaced.push_str(before);
        replaced.push_str(&secret(mode, name)?);
        rest = after;
    }
    if rest.len() == text.len() {
        return Ok(Cow::Borrowed(text));
    }
    replaced.push_str(rest);
    Ok(Cow::Owned(replaced))
}

/// The first marker: what is before it, its mode and name, what is after it.
fn first(text: &str) -> Option<(&str, Mode, &str, &str)> {
    let (before, rest) = text.split_once(OPEN)?;
    let (marker, after) = rest.split_once(CLOSE)?;
    let letter = marker.chars().next()?;
    let (mode, _) = MODES.iter().find(|(_, known)| *known == letter)?;
    Some((before, *mode, &marker[letter.len_utf8()..], after))
}
