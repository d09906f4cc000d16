//! Finds numbers that people write in many ways (telephones, cards, social security) by their digits alone.

use super::values::Values;
use std::ops::Range;

/// Digits of a number that is found by them.
const LEAST: usize = 6;
/// Of a telephone number: what comes before may be its country, which is often left out.
const LEAST_OF_TELEPHONE: usize = 7;
const LONGEST_COUNTRY: usize = 3;

fn is_between(byte: u8) -> bool {
    b" ()-.+/".contains(&byte)
}

/// The digits by which a value is found; `None` where it is no such number.
fn of(value: &str) -> Option<String> {
    let is_number = |byte: u8| byte.is_ascii_digit() || is_between(byte);
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    if digits.len() < LEAST || !value.bytes().all(is_number) {
        return None;
    }
    let country = match value.starts_with('+') {
        true => LONGEST_COUNTRY.min(digits.len().saturating_sub(LEAST_OF_TELEPHONE)),
        false => 0,
    };
    Some(digits[country..].to_owned())
}

/// Numbers, however they are grouped.
#[derive(Default)]
pub(super) struct Digits(Values);

impl Digits {
    /// Where the value is such a number.
    pub fn add(&mut self, value: &str) {
        if let Some(number) = of(value) {
            self.0.add("", vec![number.into()]);
        }
    }

    /// Where any of these numbers stands.
    pub fn find(&self, text: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        if self.0.is_empty() {
            return found;
        }
        let (mut digits, mut places) = (Vec::new(), Vec::new());
        let mut look = |digits: &mut Vec<u8>, places: &mut Vec<usize>| {
            for at in 0..digits.len() {
                let Some((length, _)) = self.0.longest(&digits[at..]) else {
                    continue;
                };
                // With a country before it.
                let first = at.saturating_sub(LONGEST_COUNTRY);
                let together = |from: &usize| places[at] - places[*from] <= 2 * LONGEST_COUNTRY;
                let first = (first..=at).find(together).unwrap_or(at);
                found.push(places[first]..places[at + length - 1] + 1);
            }
            digits.clear();
            places.clear();
        };
        for (at, byte) in text.bytes().enumerate() {
            if byte.is_ascii_digit() {
                digits.push(byte);
                places.push(at);
            } else if !is_between(byte) && !digits.is_empty() {
                look(&mut digits, &mut places);
            }
        }
        look(&mut digits, &mut places);
        found
    }
}
