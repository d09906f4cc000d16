//! The words of an expression: one pass over its text. A path is one word; knows nothing of grammar.

use super::path::is_name;
use super::{MAX_DEPTH, MAX_EXPRESSION, Path, Segment};
use serde_json::Value;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A number or a text.
    Literal(Value),
    /// A path of more than one segment; one of a single segment is a `Word`.
    Path(Path),
    /// A keyword, a filter's name or a root name.
    Word,
    Sign(&'static str),
}

#[derive(Debug, Clone)]
pub(super) struct Lexeme<'s> {
    pub token: Token,
    pub text: &'s str,
    /// Where it starts in the source.
    pub from: usize,
}

pub(super) const KEYWORDS: [&str; 13] = [
    "and",
    "or",
    "not",
    "in",
    "contains",
    "starts_with",
    "ends_with",
    "matches",
    "is_empty",
    "exists",
    "true",
    "false",
    "null",
];

/// Longer signs first, so that each is read whole.
const SIGNS: [&str; 16] = [
    "==", "!=", ">=", "<=", ">", "<", "+", "-", "*", "/", "(", ")", "[", "]", ",", "|",
];

/// What people write who know another language.
const FOREIGN: [(&str, &str); 5] = [
    ("&&", "and"),
    ("||", "or"),
    ("===", "=="),
    ("!==", "!="),
    ("<>", "!="),
];

pub(super) fn tokens(source: &str) -> Result<Vec<Lexeme<'_>>, String> {
    tokens_or_place(source).map_err(|(reason, _)| reason)
}

/// The words of a text, or what is wrong with it and where the word begins that is no word.
pub(super) fn tokens_or_place(source: &str) -> Result<Vec<Lexeme<'_>>, (String, usize)> {
    if source.len() > MAX_EXPRESSION {
        let reason = format!("an expression may have at most {MAX_EXPRESSION} bytes");
        return Err((reason, MAX_EXPRESSION));
    }
    let mut reader = Reader { source, at: 0 };
    let mut lexemes = Vec::new();
    loop {
        reader.skip_space();
        let from = reader.at;
        let Some(first) = reader.rest().chars().next() else {
            return Ok(lexemes);
        };
        let token = match first {
            '\'' | '"' => reader
                .text()
                .map(|text| Token::Literal(Value::String(text))),
            '0'..='9' => reader.number().map(Token::Literal),
            c if is_name(c) => reader.path(),
            _ => reader.sign().map(Token::Sign),
        };
        let token = token.map_err(|reason| (reason, from))?;
        lexemes.push(Lexeme {
            token,
            text: &source[from..reader.at],
            from,
        });
    }
}

struct Reader<'s> {
    source: &'s str,
    at: usize,
}

impl<'s> Reader<'s> {
    fn rest(&self) -> &'s str {
        &self.source[self.at..]
    }

    fn skip_space(&mut self) {
        self.at = self.source.len() - self.rest().trim_start().len();
    }

    fn take(&mut self, wanted: impl Fn(char) -> bool) -> &'s str {
        let rest = self.rest();
        let taken = &rest[..rest.find(|c| !wanted(c)).unwrap_or(rest.len())];
        self.at += taken.len();
        taken
    }

    fn eat(&mut self, sign: &str) -> bool {
        let found = self.rest().starts_with(sign);
        self.at += if found { sign.len() } else { 0 };
        found
    }

    fn sign(&mut self) -> Result<&'static str, String> {
        if let Some((theirs, ours)) = FOREIGN
            .iter()
            .find(|(sign, _)| self.rest().starts_with(sign))
        {
            return Err(format!("unexpected `{theirs}`, use `{ours}`"));
        }
        SIGNS
            .into_iter()
            .find(|sign| self.eat(sign))
            .ok_or_else(|| {
                let hint = match self.rest().chars().next() {
                    Some('=') => ", use `==`",
                    Some('!') => ", use `not`",
                    _ => "",
                };
                format!(
                    "unexpected `{}`{hint}",
                    self.rest().chars().take(10).collect::<String>()
                )
            })
    }

    /// A quoted text. `\\`, `\n`, `\r`, `\t` and a quote after `\` are escapes; any other `\` stands for itself, so that
    /// patterns read well.
    fn text(&mut self) -> Result<String, String> {
        let mut chars = self.rest().char_indices();
        let quote = chars.next().map_or('\'', |(_, c)| c);
        let mut text = String::new();
        while let Some((at, c)) = chars.next() {
            if c == quote {
                self.at += at + c.len_utf8();
                return Ok(text);
            }
            if c != '\\' {
                text.push(c);
                continue;
            }
            match chars.next().map(|(_, c)| c) {
                Some('n') => text.push('\n'),
                Some('r') => text.push('\r'),
                Some('t') => text.push('\t'),
                Some(c @ ('\\' | '\'' | '"')) => text.push(c),
                Some(c) => text.extend(['\\', c]),
                None => break,
            }
        }
        Err(format!("the text that starts with {quote} is never closed"))
    }

    fn number(&mut self) -> Result<Value, String> {
        let from = self.at;
        self.take(|c| c.is_ascii_digit());
        let after = self
            .rest()
            .strip_prefix('.')
            .and_then(|rest| rest.chars().next());
        if after.is_some_and(|c| c.is_ascii_digit()) {
            self.at += 1;
            self.take(|c| c.is_ascii_digit());
        }
        if self.eat("e") || self.eat("E") {
            let _ = self.eat("-") || self.eat("+");
            self.take(|c| c.is_ascii_digit());
        }
        let written = &self.source[from..self.at];
        if self.rest().starts_with(is_name) {
            return Err(format!(
                "`{written}{}` is neither a number nor a name",
                self.take(is_name)
            ));
        }
        serde_json::from_str(written).map_err(|_| format!("`{written}` is not a number"))
    }

    fn path(&mut self) -> Result<Token, String> {
        let root = self.take(is_name);
        if KEYWORDS.contains(&root) {
            return Ok(Token::Word);
        }
        let mut rest = Vec::new();
        loop {
            if self.eat(".") {
                let part = self.take(is_name);
                if part.is_empty() {
                    return Err(format!("a name is missing after `{root}….`"));
                }
                rest.push(Segment::read(part));
            } else if self.eat("[") {
                rest.push(self.bracket()?);
            } else {
                break;
            }
            if rest.len() > MAX_DEPTH {
                return Err(format!("a path may have at most {MAX_DEPTH} segments"));
            }
        }
        if rest.is_empty() {
            return Ok(Token::Word);
        }
        Ok(Token::Path(Path {
            root: root.to_owned(),
            rest,
            view: false,
        }))
    }

    fn bracket(&mut self) -> Result<Segment, String> {
        self.skip_space();
        let segment = if self.rest().starts_with(['\'', '"']) {
            Segment::Key(self.text()?)
        } else {
            let digits = self.take(|c| c.is_ascii_digit());
            Segment::Index(digits.parse().map_err(|_| {
                "only a number or a quoted key may stand in the brackets of a path".to_owned()
            })?)
        };
        self.skip_space();
        if self.eat("]") {
            Ok(segment)
        } else {
            Err("`]` is missing in a path".to_owned())
        }
    }
}
