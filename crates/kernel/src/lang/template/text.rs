//! A text template as a flat list of parts, each value with the escape of its position.

use super::super::escape::Escape;
use super::super::eval::Evaluation;
use super::super::node::Node;
use super::super::output::Output;
use super::super::{Mistake, secret};
use super::{Piece, headers, url};

#[derive(Debug, Clone, Default)]
pub(super) struct Text {
    parts: Vec<Part>,
    /// The length of all literals.
    fixed: usize,
    guard: Guard,
}

#[derive(Debug, Clone)]
enum Part {
    Literal(String),
    Value(Node, Escape),
}

/// What the whole text must be once it is filled.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Guard {
    #[default]
    None,
    Header,
    Url,
}

impl Text {
    pub fn plain(pieces: Vec<Piece>) -> Result<Text, String> {
        Ok(Text::with(pieces))
    }

    pub fn form(pieces: Vec<Piece>) -> Result<Text, String> {
        Ok(pieces
            .into_iter()
            .fold(Text::default(), |text, piece| text.and(piece, Escape::Url)))
    }

    pub fn with(pieces: Vec<Piece>) -> Text {
        pieces.into_iter().fold(Text::default(), |text, piece| {
            text.and(piece, Escape::Plain)
        })
    }

    pub fn guarded(self, guard: Guard) -> Text {
        Text { guard, ..self }
    }

    pub fn and(mut self, piece: Piece, escape: Escape) -> Text {
        let literal = match piece {
            Piece::Literal(text) => text,
            Piece::Placeholder(expr) => match expr.secret() {
                Some(name) => secret::write(escape.mode(), name),
                None => {
                    self.parts.push(Part::Value(expr.node, escape));
                    return self;
                }
            },
        };
        self.fixed += literal.len();
        match self.parts.last_mut() {
            Some(Part::Literal(before)) => before.push_str(&literal),
            _ => self.parts.push(Part::Literal(literal)),
        }
        self
    }

    pub fn render<'a>(
        &'a self,
        on: &mut Evaluation<'a, '_>,
        room: &mut usize,
    ) -> Result<String, Mistake> {
        let mut output = Output::with_capacity(self.fixed + 24 * self.parts.len(), *room);
        for part in &self.parts {
            match part {
                Part::Literal(text) => output.push(text),
                Part::Value(node, escape) => {
                    let value = on.value(node)?;
                    let from = output.len();
                    let written = escape.write(&value, &mut output);
                    output.neutralise(from);
                    written
                }
            }
            .map_err(Mistake)?;
        }
        *room = output.room();
        let text = output.finish();
        match self.guard {
            Guard::None => Ok(()),
            Guard::Header => headers::check_value(&text),
            Guard::Url => url::check_path(&text),
        }
        .map_err(Mistake)?;
        Ok(text)
    }
}
