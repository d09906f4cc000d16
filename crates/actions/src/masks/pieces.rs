//! Finds parts of long texts in other texts: a quote out of a transcript, a body that was cut. Each text is known by eight bytes at
//! every eighth place, so that whatever has sixteen of its bytes in a row has such a place in it.

use std::collections::HashMap;
use std::ops::Range;

const STEP: usize = 8;
/// Bytes that are in both: fewer are found only as a whole value.
pub(super) const LEAST: usize = 16;
/// Places with the same eight bytes that are looked at.
const MOST_PLACES: usize = 32;

#[derive(Default)]
pub(super) struct Pieces {
    texts: Vec<String>,
    /// Number of the text, and where in it.
    places: HashMap<[u8; STEP], Vec<(usize, usize)>>,
}

impl Pieces {
    pub fn add(&mut self, text: String) {
        let number = self.texts.len();
        for (chunk, at) in text
            .as_bytes()
            .as_chunks::<STEP>()
            .0
            .iter()
            .zip((0..).step_by(STEP))
        {
            let places = self.places.entry(*chunk).or_default();
            if places.len() < MOST_PLACES {
                places.push((number, at));
            }
        }
        self.texts.push(text);
    }

    /// Where parts of the texts stand, none over another.
    pub fn find(&self, text: &str) -> Vec<Range<usize>> {
        let (bytes, mut at, mut found) = (text.as_bytes(), 0, Vec::<Range<usize>>::new());
        if self.places.is_empty() {
            return found;
        }
        while let Some(chunk) = bytes[at..].first_chunk::<STEP>() {
            let from = found.last().map_or(0, |last| last.end);
            let places = self.places.get(chunk).into_iter().flatten();
            let longest = places
                .map(|(number, place)| {
                    common(bytes, (from, at), self.texts[*number].as_bytes(), *place)
                })
                .max_by_key(|range| range.len())
                .filter(|range| range.len() >= LEAST);
            match longest {
                Some(range) => {
                    at = range.end;
                    found.push(range);
                }
                None => at += 1,
            }
        }
        found
    }
}

/// What is the same around a place in both, in the first not before `from`.
fn common(text: &[u8], (from, at): (usize, usize), known: &[u8], place: usize) -> Range<usize> {
    let before = text[from..at].iter().rev().zip(known[..place].iter().rev());
    let before = before.take_while(|(a, b)| a == b).count();
    let behind = text[at..].iter().zip(&known[place..]);
    at - before..at + behind.take_while(|(a, b)| a == b).count()
}
