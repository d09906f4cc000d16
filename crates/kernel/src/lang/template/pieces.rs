//! A template's text, cut into what stands as written and what is filled in. One pass; an expression ends at the first
//! `}}` outside its quoted texts.

use super::super::expr::{Expr, excerpt};
use super::super::node::Node;
use super::super::{Filters, Path, secret};
use std::ops::Range;

#[derive(Debug, Clone)]
pub(in super::super) enum Piece {
    Literal(String),
    Placeholder(Expr),
}

/// What is wrong with a text, and the part of it that is.
pub(in super::super) type Wrong = (String, Range<usize>);

/// The pieces of a text, no two literals side by side, and what is wrong with it.
pub(in super::super) fn pieces(text: &str, filters: Filters) -> (Vec<Piece>, Vec<Wrong>) {
    let mut cutter = Cutter {
        whole: text.len(),
        pieces: Vec::new(),
        wrong: Vec::new(),
        filters,
    };
    let mut rest = text;
    while let Some(at) = rest.find(['{', '$']) {
        cutter.literal(&rest[..at]);
        rest = cutter.sign(&rest[at..]);
    }
    cutter.literal(rest);
    if secret::is_marked(text) {
        cutter
            .wrong
            .push((secret::FORGED.to_owned(), 0..text.len()));
    }
    (cutter.pieces, cutter.wrong)
}

struct Cutter {
    /// The length of the text.
    whole: usize,
    pieces: Vec<Piece>,
    wrong: Vec<Wrong>,
    filters: Filters,
}

impl Cutter {
    fn literal(&mut self, text: &str) {
        match self.pieces.last_mut() {
            _ if text.is_empty() => {}
            Some(Piece::Literal(before)) => before.push_str(text),
            _ => self.pieces.push(Piece::Literal(text.to_owned())),
        }
    }

    /// `text` is what remains of the whole, its first `length` bytes are wrong.
    fn wrong(&mut self, reason: String, text: &str, length: usize) {
        let from = self.whole - text.len();
        self.wrong.push((reason, from..from + length));
    }

    /// Takes a `{` or `$` and what belongs to it; gives what is after that.
    fn sign<'t>(&mut self, text: &'t str) -> &'t str {
        if let Some(rest) = text.strip_prefix("$${") {
            self.literal("${");
            return rest;
        }
        if let Some(rest) = text.strip_prefix("${") {
            return self.dotted(rest);
        }
        let Some(inside) = text.strip_prefix("{{") else {
            let (sign, rest) = text.split_at(1);
            self.literal(sign);
            return rest;
        };
        let Some(end) = end(inside) else {
            let reason = format!(
                "`{}`: `{{{{` is never closed; for the sign itself write {{{{ '{{{{' }}}}",
                excerpt(text)
            );
            self.wrong(reason, text, text.len());
            return "";
        };
        match Expr::read(&inside[..end], self.filters).and_then(Expr::checked) {
            Ok(expr) => self.pieces.push(Piece::Placeholder(expr)),
            Err(reason) => self.wrong(reason, text, end + 4),
        }
        &inside[end + 2..]
    }

    fn dotted<'t>(&mut self, inside: &'t str) -> &'t str {
        let Some((written, rest)) = inside.split_once('}') else {
            let reason = format!(
                "`${{{}`: `${{` is never closed; for the sign itself write `$${{`",
                excerpt(inside)
            );
            self.wrong(reason, inside, inside.len());
            return "";
        };
        let expr = Path::dotted(written.trim())
            .ok_or_else(|| {
                format!(
                    "`${{{}}}`: only a dotted path may stand here; for the sign itself write `$${{`",
                    excerpt(written)
                )
            })
            .map(|path| Expr {
                paths: vec![path.clone()],
                node: Node::Path { path, written: written.trim().into() },
            })
            .and_then(Expr::checked);
        match expr {
            Ok(expr) => self.pieces.push(Piece::Placeholder(expr)),
            Err(reason) => self.wrong(reason, inside, written.len()),
        }
        rest
    }
}

/// Where an expression's `}}` begins.
pub(crate) fn end(inside: &str) -> Option<usize> {
    let bytes = inside.as_bytes();
    let mut quote = None;
    let mut at = 0;
    while at < bytes.len() {
        match (quote, bytes[at]) {
            (Some(_), b'\\') => at += 1,
            (Some(open), byte) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, byte @ (b'\'' | b'"')) => quote = Some(byte),
            (None, b'}') if bytes.get(at + 1) == Some(&b'}') => return Some(at),
            (None, _) => {}
        }
        at += 1;
    }
    None
}

impl Expr {
    /// The secret's name, if the expression is one and nothing else.
    pub(super) fn secret(&self) -> Option<&str> {
        match &self.node {
            Node::Path { path, .. } => path.secret(),
            _ => None,
        }
    }

    /// A secret can only stand alone: what cannot read it cannot leak it.
    fn checked(self) -> Result<Expr, String> {
        match self.paths.iter().find(|path| path.is_secret()) {
            Some(path) if path.secret().is_none() => Err(
                "a secret is written `secrets.<name>`, its name 1 to 64 letters, digits or _"
                    .to_owned(),
            ),
            Some(path) if self.secret().is_none() => Err(format!(
                "`secrets.{0}` can only stand alone, as {{{{ secrets.{0} }}}}",
                path.secret().unwrap_or_default()
            )),
            _ => Ok(self),
        }
    }
}
