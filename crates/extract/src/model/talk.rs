//! The transcript as a model reads it: one line a turn, its words as a JSON string, so that nothing said in it can look like
//! another turn. A long call is cut into stretches that overlap.

use super::Part;
use crate::about::About;
use serde_json::Value;

/// How much is asked about at once, in bytes: some 50,000 tokens.
const LARGEST: usize = 200_000;
/// How many turns two stretches share.
const SHARED: usize = 10;
/// At most so many questions a call: of a longer one the middle is left out.
const MOST: usize = 20;
/// How much of one turn is shown, in characters.
const LONGEST_TURN: usize = 8_000;

pub(super) fn parts(about: &About) -> (Vec<Part>, bool) {
    let mut cut = false;
    let mut lines: Vec<String> = Vec::with_capacity(about.turns.len());
    for (number, turn) in about.turns.iter().enumerate() {
        let shown: String = turn.text.chars().take(LONGEST_TURN).collect();
        cut |= shown.len() < turn.text.len();
        let who = match turn.role.as_str() {
            known @ ("agent" | "customer" | "third_party" | "system" | "tool") => known,
            _ => "unknown",
        };
        lines.push(format!("{number} {who}: {}\n", Value::from(shown)));
    }
    let mut stretches: Vec<String> = Vec::new();
    let mut from = 0;
    while from < lines.len() {
        let mut stretch = String::new();
        let mut to = from;
        while to < lines.len() && (to == from || stretch.len() + lines[to].len() <= LARGEST) {
            stretch.push_str(&lines[to]);
            to += 1;
        }
        stretches.push(stretch);
        from = match to < lines.len() {
            true => to.saturating_sub(SHARED).max(from + 1),
            false => to,
        };
    }
    if stretches.len() > MOST {
        // How a call begins and how it ends says most.
        let left_out = stretches.len() - MOST;
        stretches.drain(2..2 + left_out);
        cut = true;
    }
    let last = stretches.len().saturating_sub(1);
    let parts = stretches
        .into_iter()
        .enumerate()
        .map(|(number, lines)| Part {
            lines,
            first: number == 0,
            last: number == last,
        });
    (parts.collect(), cut)
}
