//! A phrase being read, word by word.

use super::words::Word;
use jiff::Zoned;

/// Words that change nothing where they stand.
const FILLERS: [&str; 22] = [
    "at",
    "on",
    "the",
    "in",
    "by",
    "around",
    "about",
    "approximately",
    "roughly",
    "exactly",
    "sharp",
    "sometime",
    "please",
    "maybe",
    "say",
    "let's",
    "oclock",
    "hours",
    "during",
    "for",
    "and",
    "of",
];

pub(super) struct Phrase<'b> {
    words: Vec<Word>,
    at: usize,
    pub base: &'b Zoned,
}

impl<'b> Phrase<'b> {
    pub fn new(words: Vec<Word>, base: &'b Zoned) -> Self {
        Phrase { words, at: 0, base }
    }

    pub fn is_over(&self) -> bool {
        self.at >= self.words.len()
    }

    /// The word so many places on.
    pub fn word(&self, ahead: usize) -> Option<&Word> {
        self.words.get(self.at + ahead)
    }

    pub fn plain(&self, ahead: usize) -> Option<&str> {
        match self.word(ahead)? {
            Word::Plain(word) => Some(word),
            _ => None,
        }
    }

    pub fn is(&self, ahead: usize, words: &[&str]) -> bool {
        self.plain(ahead).is_some_and(|word| words.contains(&word))
    }

    pub fn skip(&mut self, words: usize) {
        self.at += words;
    }

    /// Takes one of these words, if it is next.
    pub fn take(&mut self, words: &[&str]) -> bool {
        let found = self.is(0, words);
        self.skip(usize::from(found));
        found
    }

    /// Takes these words, if they are next, one after the other.
    pub fn takes(&mut self, words: &str) -> bool {
        let count = words.split(' ').count();
        let found = words
            .split(' ')
            .enumerate()
            .all(|(ahead, word)| self.is(ahead, &[word]));
        self.skip(if found { count } else { 0 });
        found
    }

    /// Takes one word that changes nothing. `for two hours` says how long, not when.
    pub fn filler(&mut self) -> bool {
        let how_long = self.is(0, &["for"])
            && (self.is(1, &["a", "an", "half"]) || matches!(self.word(1), Some(Word::Number(_))));
        // `in two days` is a stretch of time; `in two` is nothing.
        let in_some = self.is(0, &["in"])
            && (self.amount(1).is_some() || matches!(self.word(1), Some(Word::Number(_))));
        !how_long && !in_some && self.take(&FILLERS)
    }
}
