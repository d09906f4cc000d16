//! Questions of the agent and the turns that answer them.

use crate::about::About;
use crate::quote::plain;

pub(super) struct Asked {
    words: Vec<String>,
    /// The turn that answers.
    pub(super) answer: usize,
}

/// Words that say nothing about what is meant.
const EMPTY: [&str; 66] = [
    "the", "and", "for", "you", "your", "are", "was", "were", "what", "when", "where", "which",
    "who", "how", "can", "could", "would", "will", "shall", "should", "may", "might", "does",
    "did", "have", "has", "had", "that", "this", "these", "those", "with", "from", "about", "into",
    "any", "all", "some", "please", "tell", "give", "get", "like", "want", "customer", "caller",
    "call", "whether", "their", "they", "them", "there", "then", "than", "our", "its", "his",
    "her", "yes", "not", "one", "said", "says", "much", "many", "name",
];

/// The words of a text that can tell what it is about, in the singular.
pub(super) fn words(text: &str) -> Vec<String> {
    let plain = plain(text);
    let mut words: Vec<String> = Vec::new();
    for word in plain.split(' ').filter(|word| word.chars().count() >= 3) {
        let is_name = word == "name";
        if EMPTY.contains(&word) && !is_name {
            continue;
        }
        let stem = match word.strip_suffix('s') {
            Some(stem) if stem.len() >= 3 && !stem.ends_with('s') => stem,
            _ => word,
        };
        if words.len() < 60 && !words.iter().any(|known| known == stem) {
            words.push(stem.to_owned());
        }
    }
    words
}

pub(super) fn all(about: &About) -> Vec<Asked> {
    let mut asked = Vec::new();
    let mut open: Option<Vec<String>> = None;
    for (number, turn) in about.turns.iter().enumerate() {
        match turn.role.as_str() {
            "agent" => {
                let question = turn
                    .text
                    .trim()
                    .rsplit(['.', '!'])
                    .find(|part| part.contains('?'));
                open = question.map(words);
            }
            "customer" => {
                if let Some(words) = open.take() {
                    asked.push(Asked {
                        words,
                        answer: number,
                    });
                }
            }
            _ => {}
        }
    }
    asked
}

impl Asked {
    /// How many words the question shares with what is looked for.
    pub(super) fn matches(&self, about: &[String]) -> usize {
        self.words
            .iter()
            .filter(|word| about.contains(word))
            .count()
    }
}
