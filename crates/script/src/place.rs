//! Where in the user's source something happened: read from the engine's trace, counted without the line that stands around it.

use crate::Mistake;

/// The name under which the engine knows the user's source.
pub(crate) const FILE: &str = "code";
const LONGEST: usize = 1_000;

/// The source as the engine reads it: the body of a function, beginning on a line of its own.
pub(crate) fn wrapped(source: &str) -> String {
    format!("export default async function (inputs) {{\n{source}\n}}")
}

/// A mistake with its first place in the source; `trace` has a line for each call, the innermost first.
pub(crate) fn mistake(message: &str, trace: &str, source: &str) -> Mistake {
    let places = trace.lines().filter_map(place);
    let lines = source.lines().count().max(1) as u32;
    let at = places
        .filter(|(line, _)| *line > 1)
        .map(|(line, column)| (line - 1, column))
        .next();
    // Past the end: something that was opened is not closed.
    let at = at.map(|(line, column)| match line > lines {
        true => (lines, last_column(source)),
        false => (line, column),
    });
    Mistake {
        message: cut(message),
        at,
    }
}

fn last_column(source: &str) -> u32 {
    let last = source.lines().last().unwrap_or_default();
    last.chars().count() as u32 + 1
}

/// `    at name (code:3:7)` or `    at code:3:7`.
fn place(line: &str) -> Option<(u32, u32)> {
    let (_, place) = line.rsplit_once(&format!("{FILE}:"))?;
    let (line, column) = place.trim_end_matches(')').split_once(':')?;
    Some((line.parse().ok()?, column.parse().ok()?))
}

fn cut(message: &str) -> String {
    match message.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &message[..end]),
        None => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_counted_in_the_users_own_lines() {
        let trace = "    at f (code:3:7)\n    at default (code:5:1)\n";
        let at = |trace| mistake("x", trace, "a\nb\nc\nd").at;
        assert_eq!(at(trace), Some((2, 7)));
        assert_eq!(at("    at code:2:1"), Some((1, 1)));
        assert_eq!(at("    at code:99:1"), Some((4, 2)));
        assert_eq!(at("    at native\n"), None);
        assert_eq!(at("    at x (code:18446744073709551616:1)"), None);
        assert_eq!(at("    at x (code:1:3)"), None);
    }
}
