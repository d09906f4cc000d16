//! From text to tree, along the words of a text that is known to parse: `or` binds least, then `and`, `not`, a comparison.

use super::{Condition, is_comparing, is_word, outside};
use crate::lang::token::{Lexeme, Token};

pub(super) fn condition(source: &str, lexemes: &[Lexeme<'_>]) -> Condition {
    for (word, group) in [
        ("or", Condition::Any as fn(Vec<Condition>) -> Condition),
        ("and", Condition::All),
    ] {
        let cuts: Vec<usize> = outside(lexemes)
            .filter(|at| is_word(&lexemes[*at], word))
            .collect();
        if !cuts.is_empty() {
            return group(terms(source, lexemes, &cuts));
        }
    }
    match lexemes {
        [not, rest @ ..] if is_word(not, "not") => {
            Condition::Not(Box::new(condition(source, rest)))
        }
        [open, inside @ .., _] if is_wrapped(open, lexemes) => condition(source, inside),
        _ => comparison(source, lexemes),
    }
}

fn terms(source: &str, lexemes: &[Lexeme<'_>], cuts: &[usize]) -> Vec<Condition> {
    let mut from = 0;
    let ends = cuts.iter().copied().chain([lexemes.len()]);
    let term = ends.map(|end| {
        let term = condition(source, &lexemes[from..end]);
        from = end + 1;
        term
    });
    term.collect()
}

/// Whether one pair of brackets holds everything.
fn is_wrapped(open: &Lexeme<'_>, lexemes: &[Lexeme<'_>]) -> bool {
    let mut depth = 0_usize;
    let closes = |lexeme: &Lexeme<'_>| {
        match lexeme.token {
            Token::Sign("(" | "[") => depth += 1,
            Token::Sign(")" | "]") => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    };
    open.token == Token::Sign("(")
        && lexemes.iter().position(closes) == Some(lexemes.len().saturating_sub(1))
}

fn comparison(source: &str, lexemes: &[Lexeme<'_>]) -> Condition {
    let operator = outside(lexemes).find(|at| is_comparing(&lexemes[*at]));
    let Some(at) = operator else {
        return Condition::Text(text(source, lexemes));
    };
    let negated = at > 0 && is_word(&lexemes[at - 1], "not");
    let right = &lexemes[at + 1..];
    let compare = Condition::Compare {
        left: text(source, &lexemes[..at - usize::from(negated)]),
        operator: lexemes[at].text.to_owned(),
        right: (!right.is_empty()).then(|| text(source, right)),
    };
    match negated {
        true => Condition::Not(Box::new(compare)),
        false => compare,
    }
}

fn text(source: &str, lexemes: &[Lexeme<'_>]) -> String {
    match (lexemes.first(), lexemes.last()) {
        (Some(first), Some(last)) => source[first.from..last.from + last.text.len()].to_owned(),
        _ => String::new(),
    }
}
