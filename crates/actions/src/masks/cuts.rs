//! Finds a text that ends where a value has just begun: whoever cut it left too little to be known as a piece.

use super::pieces;
use std::collections::BTreeSet;
use std::ops::{Bound, Range};

/// Bytes at the end of a text that are taken for the beginning of a value.
const SHORTEST: usize = 6;

/// How the texts begin, as far as pieces of them are too short to be found.
#[derive(Default)]
pub(super) struct Cuts(BTreeSet<Box<[u8]>>);

impl Cuts {
    pub fn add(&mut self, text: &str) {
        let begin = &text.as_bytes()[..text.len().min(pieces::LEAST)];
        if begin.len() > SHORTEST && !self.0.contains(begin) {
            self.0.insert(begin.into());
        }
    }

    /// The longest beginning of a known text with which this one ends.
    pub fn find(&self, text: &str) -> Option<Range<usize>> {
        let bytes = text.as_bytes();
        let from = bytes.len().saturating_sub(pieces::LEAST - 1);
        let begins = |end: &[u8]| {
            let range = (Bound::Included(end), Bound::Unbounded);
            let next = self.0.range::<[u8], _>(range).next();
            next.is_some_and(|begin| begin.starts_with(end))
        };
        let last = (bytes.len() + 1).checked_sub(SHORTEST)?;
        let at = (from..last).find(|at| begins(&bytes[*at..]))?;
        Some(at..bytes.len())
    }
}
