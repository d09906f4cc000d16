//! A statement. Its values never become part of its text: each is bound as a parameter, whose sign (`$1`, `?`) only the
//! action that sends it knows.

use super::{Piece, Text, Tree};
use serde_json::Value;

/// What names a table or column stands after these, and no database binds a name.
const BEFORE_NAMES: [&str; 5] = ["from", "into", "update", "table", "join"];

pub(super) fn compile(pieces: Vec<Piece>) -> Result<Tree, String> {
    let mut texts = Vec::new();
    let mut before = String::new();
    let mut values = Vec::new();
    let mut position = Position::Bare;
    for piece in pieces {
        match piece {
            Piece::Literal(text) => {
                position = position.after(&text);
                before.push_str(&text);
            }
            Piece::Placeholder(expr) => {
                if position != Position::Bare {
                    return Err(
                        "a placeholder cannot stand inside quotes or a comment of a \
                                statement: write it without quotes, it is bound as a value"
                            .to_owned(),
                    );
                }
                let word = before.split_whitespace().next_back().unwrap_or_default();
                if before.ends_with(char::is_whitespace)
                    && BEFORE_NAMES.contains(&word.to_ascii_lowercase().as_str())
                {
                    return Err(format!(
                        "a placeholder cannot stand after `{word}`: names of tables and columns are written out"
                    ));
                }
                values.push(match expr.secret() {
                    Some(_) => Tree::Text(Text::with(vec![Piece::Placeholder(expr)])),
                    None => Tree::Typed(expr.node),
                });
                texts.push(std::mem::take(&mut before));
            }
        }
    }
    texts.push(before);
    let texts = texts.into_iter().map(Value::from).collect();
    Ok(Tree::object(vec![
        ("text".to_owned(), Tree::fixed(texts)),
        ("values".to_owned(), Tree::List(values)),
    ]))
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Position {
    Bare,
    Quoted(char),
    /// `-- …` to the end of the line.
    Line,
    /// `/* … */`.
    Block,
}

impl Position {
    /// A doubled quote closes and opens again, which comes to the same.
    fn after(self, text: &str) -> Position {
        let mut position = self;
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            position = match (position, c, chars.peek()) {
                (Position::Bare, '\'' | '"' | '`', _) => Position::Quoted(c),
                (Position::Bare, '-', Some('-')) => Position::Line,
                (Position::Bare, '/', Some('*')) => Position::Block,
                (Position::Quoted(quote), c, _) if c == quote => Position::Bare,
                (Position::Line, '\n', _) => Position::Bare,
                (Position::Block, '*', Some('/')) => {
                    chars.next();
                    Position::Bare
                }
                (position, ..) => position,
            };
        }
        position
    }
}
