//! Texts with holes. A hole is `[[name]]`, in a text and inside an expression; `[[!name]]` is the text `[[name]]`. What fills a
//! hole of a template stays data: signs of the language in it are written so that they mean themselves.

use crate::flow::names::is_variable;
use crate::lang::expression_end;
use serde_json::Value;
use std::borrow::Cow;

/// A part of a text, in order.
#[derive(Debug, PartialEq)]
pub(super) enum Part<'t> {
    /// What it says, signs of the language decoded.
    Literal(Cow<'t, str>),
    /// A placeholder of the language with its signs, as written.
    Placeholder(&'t str),
    Hole(&'t str),
}

/// The first hole of a text, or what is written to say a hole's signs.
pub(super) enum Mark<'t> {
    Hole(&'t str),
    /// `[[!name]]`, without the outer signs: `!name`.
    Said(&'t str),
}

/// Where the first mark begins, what it is, and where the text goes on.
pub(super) fn mark(text: &str) -> Option<(usize, Mark<'_>, usize)> {
    let mut from = 0;
    while let Some(found) = text[from..].find("[[") {
        let at = from + found;
        let inside = &text[at + 2..];
        if let Some(end) = inside.find("]]") {
            let written = &inside[..end];
            let name = written.trim_start_matches('!');
            if is_variable(name) {
                let mark = match written.len() == name.len() {
                    true => Mark::Hole(name),
                    false => Mark::Said(written),
                };
                return Some((at, mark, at + 2 + end + 2));
            }
        }
        from = at + 1;
    }
    None
}

/// The parts of a text that is no template.
pub(super) fn plain(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    literal(text, &mut parts);
    parts
}

fn literal<'t>(text: &'t str, parts: &mut Vec<Part<'t>>) {
    let mut rest = text;
    while let Some((at, mark, end)) = mark(rest) {
        parts.push(Part::Literal(rest[..at].into()));
        parts.push(match mark {
            Mark::Hole(name) => Part::Hole(name),
            Mark::Said(written) => Part::Literal(format!("[[{}]]", &written[1..]).into()),
        });
        rest = &rest[end..];
    }
    parts.push(Part::Literal(rest.into()));
}

/// The parts of a template. What is never closed stays as it is written: the compiler says so.
pub(super) fn template(text: &str) -> Vec<Part<'_>> {
    parts(text, literal)
}

/// The parts of a template in which nothing is a hole.
pub(super) fn without_holes(text: &str) -> Vec<Part<'_>> {
    parts(text, |text, parts| parts.push(Part::Literal(text.into())))
}

fn parts<'t>(text: &'t str, literal: fn(&'t str, &mut Vec<Part<'t>>)) -> Vec<Part<'t>> {
    let (mut parts, mut rest, mut from) = (Vec::new(), text, 0);
    while let Some(found) = rest[from..].find(['{', '$']) {
        let at = from + found;
        let sign = &rest[at..];
        let length = if sign.starts_with("$${") {
            literal(&rest[..at], &mut parts);
            parts.push(Part::Literal("${".into()));
            (rest, from) = (&sign[3..], 0);
            continue;
        } else if let Some(inside) = sign.strip_prefix("${") {
            inside.find('}').map(|end| end + 3)
        } else if let Some(inside) = sign.strip_prefix("{{") {
            expression_end(inside).map(|end| end + 4)
        } else {
            from = at + 1;
            continue;
        };
        literal(&rest[..at], &mut parts);
        let length = length.unwrap_or(sign.len());
        parts.push(Part::Placeholder(&sign[..length]));
        (rest, from) = (&sign[length..], 0);
    }
    literal(rest, &mut parts);
    parts
}

/// A template of these parts, none of them a hole: side by side they mean what each means alone.
pub(super) fn written(parts: &[Part<'_>]) -> String {
    let (mut text, mut said) = (String::new(), String::new());
    for part in parts {
        match part {
            Part::Literal(literal) => said.push_str(literal),
            Part::Placeholder(written) => {
                say(&said, true, &mut text);
                said.clear();
                text.push_str(written);
            }
            Part::Hole(_) => {}
        }
    }
    say(&said, false, &mut text);
    text
}

/// Writes what a text says as a template; `before` a placeholder, a sign must not run into that.
fn say(said: &str, before: bool, text: &mut String) {
    let mut rest = said;
    while let Some(at) = rest.find(['{', '$']) {
        text.push_str(&rest[..at]);
        let sign = &rest[at..];
        let (written, taken) = match sign {
            _ if sign.starts_with("${") => ("$${", 2),
            _ if sign.starts_with("{{") => ("{{ '{{' }}", 2),
            "{" if before => ("{{ '{' }}", 1),
            "$" if before => ("{{ '$' }}", 1),
            _ => (&sign[..1], 1),
        };
        text.push_str(written);
        rest = &sign[taken..];
    }
    text.push_str(rest);
}

/// An expression with its holes filled; `fill` is given the name, the quote of the text that the hole stands in, and what
/// stands before it.
pub(super) fn expression(
    text: &str,
    mut fill: impl FnMut(&str, Option<char>, &str) -> String,
) -> String {
    let (mut filled, mut rest, mut quote) = (String::new(), text, None);
    while let Some((at, mark, end)) = mark(rest) {
        quote = quoted(&rest[..at], quote);
        filled.push_str(&rest[..at]);
        match mark {
            Mark::Hole(name) => {
                let value = fill(name, quote, &filled);
                filled.push_str(&value);
            }
            Mark::Said(written) => filled.push_str(&format!("[[{}]]", &written[1..])),
        }
        rest = &rest[end..];
    }
    filled.push_str(rest);
    filled
}

/// The quote of the text that is open behind these signs.
fn quoted(signs: &str, mut quote: Option<char>) -> Option<char> {
    let mut chars = signs.chars();
    while let Some(c) = chars.next() {
        match quote {
            Some(_) if c == '\\' => drop(chars.next()),
            Some(open) if c == open => quote = None,
            None if c == '\'' || c == '"' => quote = Some(c),
            _ => {}
        }
    }
    quote
}

/// What a quoted text of the language must hold to say this.
pub(super) fn in_quotes(said: &str, quote: char) -> String {
    let mut text = String::with_capacity(said.len());
    for c in said.chars() {
        match c {
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            c if c == quote || c == '\\' => text.extend(['\\', c]),
            c => text.push(c),
        }
    }
    text
}

/// A value as people read it inside a text; nothing where there is none.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.iter().all(Value::is_string) => {
            let texts: Vec<String> = items.iter().map(shown).collect();
            texts.join(", ")
        }
        other => other.to_string(),
    }
}

/// The same text with its marks written so that it means itself in a recipe.
pub(super) fn said(text: &str) -> String {
    let (mut said, mut rest) = (String::new(), text);
    while let Some((at, _, end)) = mark(rest) {
        said.push_str(&rest[..at]);
        said.push_str("[[!");
        said.push_str(&rest[at + 2..end]);
        rest = &rest[end..];
    }
    said.push_str(rest);
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fills_a_hole_never_becomes_a_placeholder_whatever_stands_around_it() {
        for (recipe, value, flow) in [
            (
                "Hi [[x]]!",
                "{{ secrets.a }}",
                "Hi {{ '{{' }} secrets.a }}!",
            ),
            ("[[x]]", "${callInfo.from}", "$${callInfo.from}"),
            ("{[[x]]", "{ a }}", "{{ '{{' }} a }}"),
            ("$[[x]]", "{a}", "$${a}"),
            ("$[[x]]", "5", "$5"),
            ("[[x]]{{ a }}", "{", "{{ '{' }}{{ a }}"),
            ("[[x]]{{ a }}", "$", "{{ '$' }}{{ a }}"),
            ("[[x]][[x]]a}}", "{", "{{ '{{' }}a}}"),
            ("$${[[x]]", "{a}}", "$${{a}}"),
            ("[[x]]", "{{{{{", "{{ '{{' }}{{ '{{' }}{"),
            ("[[x]]", "$${{", "$$${{"),
        ] {
            let parts = template(recipe).into_iter().map(|part| match part {
                Part::Hole(_) => Part::Literal(value.into()),
                other => other,
            });
            assert_eq!(
                written(&parts.collect::<Vec<_>>()),
                flow,
                "{recipe} {value}"
            );
        }
    }

    #[test]
    fn a_text_that_looks_like_a_hole_can_be_said() {
        for text in [
            "[[a]]",
            "[[!a]]",
            "x [[a]] [[!!b]] y",
            "[[[a]]]",
            "[[1, 2]]",
            "[[",
        ] {
            let parts = said(text);
            assert_eq!(written(&plain(&parts)), text);
        }
        assert_eq!(plain("[[[a]]]")[1], Part::Hole("a"));
    }

    #[test]
    fn holes_in_expressions_know_whether_they_stand_in_a_text() {
        let seen = |text: &str| {
            let mut seen = Vec::new();
            expression(text, |name, quote, _| {
                seen.push((name.to_owned(), quote));
                in_quotes("it's", quote.unwrap_or('|'))
            });
            seen
        };
        assert_eq!(
            seen(r#"a == [[x]] and b == 'c\' [[y]]' or "[[z]]" == [[x]]"#),
            [
                ("x".into(), None),
                ("y".into(), Some('\'')),
                ("z".into(), Some('"')),
                ("x".into(), None)
            ]
        );
    }
}
