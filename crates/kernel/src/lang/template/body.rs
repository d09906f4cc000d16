//! A raw body. One that starts with `{` or `[`, or that its content type says so of, is JSON and stays so whatever its values hold: checked once, with every
//! placeholder taken for a text or a null.

use super::super::escape::Escape;
use super::super::expr::Expr;
use super::super::node::Node;
use super::{Piece, Text};
use serde::de::IgnoredAny;

pub(super) fn compile(pieces: Vec<Piece>) -> Result<Text, String> {
    match pieces.first() {
        Some(Piece::Literal(text)) if text.trim_start().starts_with(['{', '[']) => json(pieces),
        _ => Ok(Text::with(pieces)),
    }
}

pub(super) fn json(pieces: Vec<Piece>) -> Result<Text, String> {
    let mut text = Text::default();
    let mut sample = String::new();
    let mut position = Position::default();
    for piece in pieces {
        let piece = match piece {
            Piece::Literal(literal) => {
                position.pass(&literal);
                sample.push_str(&literal);
                Piece::Literal(literal)
            }
            Piece::Placeholder(expr) if position.inside => {
                sample.push('x');
                Piece::Placeholder(expr)
            }
            Piece::Placeholder(expr) => {
                sample.push_str("null");
                Piece::Placeholder(bare(expr))
            }
        };
        text = text.and(
            piece,
            if position.inside {
                Escape::JsonText
            } else {
                Escape::JsonBare
            },
        );
    }
    serde_json::from_str::<IgnoredAny>(&sample).map_err(|error| {
        format!("the body is meant as JSON but is none, with `null` and `x` for its placeholders: {error}")
    })?;
    Ok(text)
}

/// Outside a string a value is written as JSON anyway: `| json` there would do it twice.
fn bare(expr: Expr) -> Expr {
    match expr.node {
        Node::Filter { filter, input, .. } if filter.name == "json" => Expr {
            node: *input,
            ..expr
        },
        _ => expr,
    }
}

#[derive(Default)]
struct Position {
    inside: bool,
    escaped: bool,
}

impl Position {
    fn pass(&mut self, literal: &str) {
        for byte in literal.bytes() {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' if self.inside => self.escaped = true,
                b'"' => self.inside = !self.inside,
                _ => {}
            }
        }
    }
}
