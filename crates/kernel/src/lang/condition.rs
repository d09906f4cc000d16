//! A condition as a tree of groups and comparisons, for people who build it from fields instead of writing it. Text and tree
//! turn into each other and mean the same; what the tree has no form for stands in it as text.

mod read;
mod tree;

use super::Filters;
use super::expr::Expr;
use super::relation::Relation;
use super::token::{Lexeme, Token, tokens};
use crate::Problem;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    Compare {
        /// An expression.
        left: String,
        /// `==`, `contains`, `exists`, …
        operator: String,
        /// An expression; none for `exists` and `is_empty`.
        right: Option<String>,
    },
    /// A value that counts as true or not: `outcome.interested`.
    Text(String),
}

const UNARY: [&str; 2] = ["is_empty", "exists"];

impl Condition {
    /// Reads a condition; the problem's path is empty.
    pub fn of_text(text: &str, filters: Filters) -> Result<Condition, Problem> {
        Expr::parse(text, "", filters)?;
        let lexemes = tokens(text).map_err(|reason| Problem::new("", reason))?;
        Ok(read::condition(text, &lexemes))
    }

    /// The condition as people write it.
    pub fn text(&self) -> String {
        match self {
            Condition::All(terms) => join(terms, " and ", |term| {
                matches!(term, Condition::All(_) | Condition::Any(_))
            }),
            Condition::Any(terms) => join(terms, " or ", |term| matches!(term, Condition::Any(_))),
            Condition::Not(term) => {
                let grouped = matches!(**term, Condition::All(_) | Condition::Any(_));
                format!("not {}", term.within(grouped))
            }
            Condition::Compare {
                left,
                operator,
                right,
            } => match right {
                Some(right) => format!("{} {operator} {}", left.trim(), right.trim()),
                None => format!("{} {operator}", left.trim()),
            },
            Condition::Text(text) => text.trim().to_owned(),
        }
    }

    fn within(&self, grouped: bool) -> String {
        let text = self.text();
        let loose = matches!(self, Condition::Text(text) if !is_operand(text));
        // A group of one is that one.
        let single =
            matches!(self, Condition::All(terms) | Condition::Any(terms) if terms.len() == 1);
        match grouped && !single || loose {
            true => format!("({text})"),
            false => text,
        }
    }
}

fn join(terms: &[Condition], word: &str, grouped: fn(&Condition) -> bool) -> String {
    match terms {
        [one] => one.within(grouped(one)),
        terms => {
            let terms: Vec<String> = terms.iter().map(|t| t.within(grouped(t))).collect();
            terms.join(word)
        }
    }
}

/// Whether a text is one value: no `and`, `or`, `not` or comparison outside its brackets.
fn is_operand(text: &str) -> bool {
    let lexemes = tokens(text).unwrap_or_default();
    let mut outside = outside(&lexemes);
    !outside.any(|at| {
        let lexeme = &lexemes[at];
        is_comparing(lexeme)
            || ["and", "or", "not"]
                .iter()
                .any(|word| is_word(lexeme, word))
    })
}

fn is_word(lexeme: &Lexeme<'_>, word: &str) -> bool {
    lexeme.token == Token::Word && lexeme.text == word
}

fn is_comparing(lexeme: &Lexeme<'_>) -> bool {
    match lexeme.token {
        Token::Word => Relation::named(lexeme.text).is_some() || UNARY.contains(&lexeme.text),
        Token::Sign(sign) => Relation::named(sign).is_some(),
        _ => false,
    }
}

/// Where the lexemes stand that no bracket encloses.
fn outside<'l>(lexemes: &'l [Lexeme<'_>]) -> impl Iterator<Item = usize> + 'l {
    let mut depth = 0_usize;
    lexemes.iter().enumerate().filter_map(move |(at, lexeme)| {
        match lexeme.token {
            Token::Sign("(" | "[") => depth += 1,
            Token::Sign(")" | "]") => depth = depth.saturating_sub(1),
            _ if depth == 0 => return Some(at),
            _ => {}
        }
        None
    })
}
