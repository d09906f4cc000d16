//! The call that is looked at: what was said by whom, and when, so that what was said of times and numbers can be read.

use crate::quote::plain;
use calls::call::Turn;
use jiff::Zoned;
use serde_json::Value;

pub struct About {
    pub(crate) turns: Vec<Turn>,
    /// The turns' words alone, to look quotes up in.
    pub(crate) plain: Vec<String>,
    /// When it was said, in the zone in which it was meant.
    pub(crate) at: Zoned,
    /// Of numbers without a country, such as `DE`.
    pub(crate) region: Option<String>,
}

impl About {
    pub fn new(turns: Vec<Turn>, at: Zoned, region: Option<String>) -> Self {
        Self {
            plain: turns.iter().map(|turn| plain(&turn.text)).collect(),
            turns,
            at,
            region,
        }
    }

    /// Whether anybody said anything.
    pub fn has_words(&self) -> bool {
        (0..self.turns.len()).any(|turn| self.is_said(turn) && !self.plain[turn].is_empty())
    }

    /// Whether a person said this turn.
    pub(crate) fn is_said(&self, turn: usize) -> bool {
        let role = self.turns.get(turn).map(|turn| turn.role.as_str());
        matches!(role, Some("agent" | "customer" | "third_party"))
    }

    pub(crate) fn of<'a>(
        &'a self,
        role: &'a str,
    ) -> impl DoubleEndedIterator<Item = (usize, &'a str)> {
        let turns = self.turns.iter().enumerate();
        turns
            .filter(move |(_, turn)| turn.role == role)
            .map(|(number, turn)| (number, turn.text.as_str()))
    }
}

const AGENT: [&str; 5] = ["agent", "ai", "bot", "assistant", "rep"];
const CUSTOMER: [&str; 5] = ["customer", "user", "human", "caller", "client"];

/// The turns in a list of `{role, text}`, or in a text with a line `Customer: …` for each; `None`: it is neither.
pub fn turns(transcript: &Value) -> Option<Vec<Turn>> {
    match transcript {
        Value::Null => Some(Vec::new()),
        Value::Array(list) => {
            let turn = |turn: &Value| {
                let mut turn: Turn = serde_json::from_value(turn.clone()).ok()?;
                turn.role = role(&turn.role).unwrap_or(&turn.role).to_owned();
                Some(turn)
            };
            list.iter().map(turn).collect()
        }
        Value::String(text) => Some(lines(text)),
        _ => None,
    }
}

fn role(word: &str) -> Option<&'static str> {
    let word = word.trim().to_lowercase();
    if AGENT.contains(&word.as_str()) {
        Some("agent")
    } else if CUSTOMER.contains(&word.as_str()) {
        Some("customer")
    } else {
        None
    }
}

fn lines(text: &str) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let said = line
            .split_once(':')
            .and_then(|(who, said)| Some((role(who)?, said)));
        match (said, turns.last_mut()) {
            (Some((role, said)), _) => turns.push(Turn {
                role: role.to_owned(),
                text: said.trim().to_owned(),
                ..Turn::default()
            }),
            // A line that names nobody goes on with what the last one said.
            (None, Some(last)) => {
                last.text.push('\n');
                last.text.push_str(line.trim());
            }
            (None, None) => turns.push(Turn {
                role: "customer".into(),
                text: line.trim().to_owned(),
                ..Turn::default()
            }),
        }
    }
    turns
}
