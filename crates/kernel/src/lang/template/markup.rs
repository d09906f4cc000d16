//! HTML and XML: a placeholder stands in the text or in a quoted attribute, where escaping makes it harmless; anywhere else
//! (in a tag, a script, a style, a comment) no escaping would, so there it is refused.

use super::super::escape::Escape;
use super::{Piece, Text};

/// Attributes of HTML that a browser follows or loads.
const LINKS: [&str; 10] = [
    "href",
    "src",
    "action",
    "formaction",
    "background",
    "poster",
    "cite",
    "data",
    "ping",
    "xlink:href",
];

pub(super) fn html(pieces: Vec<Piece>) -> Result<Text, String> {
    compile(pieces, true)
}

pub(super) fn xml(pieces: Vec<Piece>) -> Result<Text, String> {
    compile(pieces, false)
}

fn compile(pieces: Vec<Piece>, html: bool) -> Result<Text, String> {
    let mut position = Position::new(html);
    let mut text = Text::default();
    for piece in pieces {
        let escape = match &piece {
            Piece::Literal(literal) => {
                position.pass(literal);
                Escape::Plain
            }
            Piece::Placeholder(_) => position.placeholder()?,
        };
        text = text.and(piece, escape);
    }
    Ok(text)
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum State {
    Text,
    Tag,
    /// Inside an attribute's quotes.
    Value(u8),
    /// Up to these signs: a comment, CDATA, a script, a style.
    Raw(&'static str),
}

struct Position {
    html: bool,
    state: State,
    tag: String,
    /// The name of the attribute being read, and its value so far.
    attribute: String,
    value: String,
}

impl Position {
    fn new(html: bool) -> Position {
        Position {
            html,
            state: State::Text,
            tag: String::new(),
            attribute: String::new(),
            value: String::new(),
        }
    }

    fn pass(&mut self, literal: &str) {
        let lower = literal.to_ascii_lowercase();
        let mut at = 0;
        while let Some(byte) = lower.as_bytes().get(at) {
            at += match self.state {
                State::Text => self.text(&lower, at),
                State::Tag => self.tag(*byte),
                State::Value(quote) if *byte == quote => {
                    self.state = State::Tag;
                    self.attribute.clear();
                    1
                }
                State::Value(_) => {
                    self.value.push(char::from(*byte));
                    1
                }
                State::Raw(end) => match lower.as_bytes()[at..].starts_with(end.as_bytes()) {
                    true => {
                        self.state = if end.starts_with('<') {
                            State::Tag
                        } else {
                            State::Text
                        };
                        end.len()
                    }
                    false => 1,
                },
            };
        }
    }

    /// Each of these takes what begins at `at` and says how many bytes that was.
    fn text(&mut self, lower: &str, at: usize) -> usize {
        let rest = &lower.as_bytes()[at..];
        if rest[0] != b'<' {
            return 1;
        }
        for (start, end) in [("<!--", "-->"), ("<![cdata[", "]]>")] {
            if rest.starts_with(start.as_bytes()) {
                self.state = State::Raw(end);
                return start.len();
            }
        }
        let name = rest[1..]
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric());
        self.tag = name.map(|byte| char::from(*byte)).collect();
        self.attribute.clear();
        self.state = State::Tag;
        1 + self.tag.len()
    }

    fn tag(&mut self, byte: u8) -> usize {
        match byte {
            b'>' => {
                self.state = match self.tag.as_str() {
                    "script" if self.html => State::Raw("</script"),
                    "style" if self.html => State::Raw("</style"),
                    _ => State::Text,
                };
                self.tag.clear();
            }
            b'"' | b'\'' => {
                self.value.clear();
                self.state = State::Value(byte);
            }
            b'/' => self.attribute.push(' '),
            byte if byte.is_ascii_whitespace() => self.attribute.push(' '),
            byte => self.attribute.push(char::from(byte)),
        }
        1
    }

    fn placeholder(&mut self) -> Result<Escape, String> {
        match self.state {
            State::Text => Ok(Escape::Markup),
            State::Tag => {
                Err("in a tag a placeholder can only stand in an attribute's quotes".to_owned())
            }
            State::Raw(_) => {
                Err("a placeholder cannot stand in a script, style, comment or CDATA".to_owned())
            }
            State::Value(_) if !self.html => Ok(Escape::Markup),
            State::Value(_) => self.attribute(),
        }
    }

    fn attribute(&mut self) -> Result<Escape, String> {
        let before = self.attribute.trim_end_matches(['=', ' ']);
        let name = before.rsplit([' ', '=']).next().unwrap_or_default();
        if name.starts_with("on") || ["style", "srcdoc"].contains(&name) {
            return Err(format!(
                "a placeholder cannot stand in the attribute `{name}`"
            ));
        }
        if !LINKS.contains(&name) {
            return Ok(Escape::Markup);
        }
        let begun = self.value.trim_start();
        let escape = if begun.is_empty() {
            Escape::Link
        } else if ["mailto:", "tel:", "sms:"]
            .iter()
            .any(|scheme| begun.starts_with(scheme))
        {
            Escape::Markup
        } else if !begun
            .split(['/', '?', '#'])
            .next()
            .unwrap_or_default()
            .contains(':')
            || ["https:", "http:"]
                .iter()
                .any(|scheme| begun.starts_with(scheme))
        {
            Escape::Url
        } else {
            return Err(format!(
                "`{begun}` in the attribute `{name}`: a link is one of https, http, mailto, tel, sms"
            ));
        };
        // Stands for the value, which must be a whole link.
        if escape == Escape::Link {
            self.value.push('/');
        }
        Ok(escape)
    }
}
