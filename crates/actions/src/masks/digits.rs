//! Finds numbers that people write in many ways (telephones, cards, social security) by their digits alone.

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
pub(super) fn of(value: &str) -> Option<String> {
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

/// Where any of these numbers stands, however it is grouped.
pub(super) fn find(numbers: &[String], text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut digits, mut places) = (String::new(), Vec::new());
    let mut look = |digits: &mut String, places: &mut Vec<usize>| {
        for number in numbers {
            let at = digits.match_indices(number.as_str());
            found.extend(at.map(|(at, _)| {
                // With a country before it.
                let first = at.saturating_sub(LONGEST_COUNTRY);
                let together = |from: &usize| places[at] - places[*from] <= 2 * LONGEST_COUNTRY;
                let first = (first..=at).find(together).unwrap_or(at);
                places[first]..places[at + number.len() - 1] + 1
            }));
        }
        digits.clear();
        places.clear();
    };
    for (at, byte) in text.bytes().enumerate() {
        if byte.is_ascii_digit() {
            digits.push(char::from(byte));
            places.push(at);
        } else if !is_between(byte) && !digits.is_empty() {
            look(&mut digits, &mut places);
        }
    }
    look(&mut digits, &mut places);
    found
}
