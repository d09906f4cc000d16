//! The words of a phrase: small letters, numbers read, what is written together taken apart (`8pm`, `5th`).

use crate::numerals::{TENS, UNITS};
use jiff::civil::{Date, Time};

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Word {
    /// `tuesday`, `at`, `pm`.
    Plain(String),
    Number(u32),
    /// `5th`, `fifth`.
    Ordinal(u32),
    /// `9:30`, and whether it can only be meant by the 24 hours (`09:30`, `15:30`).
    Clock(Time, bool),
    /// `2026-12-05`, `25.12.`: the year where it is written.
    Date(Option<i16>, i8, i8),
}

const ORDINALS: [&str; 20] = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
];

/// `None` when something in it cannot be a word of a phrase.
pub(super) fn words(text: &str) -> Option<Vec<Word>> {
    let text = text
        .to_lowercase()
        .replace(['’', '‘'], "'")
        .replace("o'clock", "oclock")
        .replace("a.m.", "am")
        .replace("p.m.", "pm")
        .replace("a.m", "am")
        .replace("p.m", "pm");
    let parts: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '!' | '?' | ';'))
        .filter(|part| !part.is_empty())
        .collect();
    let hour = |at: Option<usize>| {
        at.and_then(|at| parts.get(at))
            .is_some_and(|part| is_hour(part))
    };
    let mut words = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        // `10 to 12` in digits is a range; `ten to twelve` is not.
        if *part == "to" && hour(at.checked_sub(1)) && hour(Some(at + 1)) {
            words.push(Word::Plain("-".to_owned()));
        } else {
            read(part, &mut words)?;
        }
    }
    Some(words)
}

fn is_hour(part: &str) -> bool {
    let digits = part.trim_end_matches(|c: char| !c.is_ascii_digit());
    digits.parse::<u8>().is_ok_and(|hour| hour <= 12)
}

fn read(part: &str, words: &mut Vec<Word>) -> Option<()> {
    if let Some(word) = dated(part).or_else(|| timed(part)) {
        words.push(word);
        return Some(());
    }
    let part = part.trim_end_matches('.');
    let half = part.strip_suffix("am").or(part.strip_suffix("pm"));
    if let Some(time) = half.filter(|time| time.ends_with(|c: char| c.is_ascii_digit())) {
        read(time, words)?;
        words.push(Word::Plain(part[time.len()..].to_owned()));
        return Some(());
    }
    let digits = part.len() - part.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = part.split_at(digits);
    if number.is_empty() {
        part.split('-').for_each(|word| named(word, words));
        return Some(());
    }
    let number = number.parse().ok()?;
    match rest {
        "st" | "nd" | "rd" | "th" => words.push(Word::Ordinal(number)),
        "" => words.push(Word::Number(number)),
        // `2-4`, `2-day`, `15h`.
        rest => {
            words.push(Word::Number(number));
            let after = rest.trim_start_matches(['-', '–']);
            if after.len() < rest.len() && after.starts_with(|c: char| c.is_ascii_digit()) {
                words.push(Word::Plain("-".to_owned()));
            }
            if !after.is_empty() {
                read(after, words)?;
            }
        }
    }
    Some(())
}

fn named(word: &str, words: &mut Vec<Word>) {
    let at = |list: &[&str]| list.iter().position(|known| *known == word);
    let tens = match words.last() {
        Some(Word::Number(tens @ (20 | 30 | 40 | 50))) => *tens,
        _ => 0,
    };
    // `twenty five`, `twenty-fifth`; but `8 thirty` is two numbers.
    let joins = |unit: usize| tens > 0 && (1..10).contains(&unit);
    // Neither a clock nor a date goes beyond fifty-nine.
    let word = match (at(&UNITS), at(&TENS[..4]), at(&ORDINALS)) {
        (Some(unit), ..) if joins(unit) => {
            words.pop();
            Word::Number(tens + unit as u32)
        }
        (_, _, Some(unit)) if joins(unit) => {
            words.pop();
            Word::Ordinal(tens + unit as u32)
        }
        (Some(unit), ..) => Word::Number(unit as u32),
        (_, Some(tens), _) => Word::Number(20 + 10 * tens as u32),
        (_, _, Some(unit)) => Word::Ordinal(unit as u32),
        _ if word == "twentieth" => Word::Ordinal(20),
        _ if word == "thirtieth" => Word::Ordinal(30),
        _ => Word::Plain(word.to_owned()),
    };
    words.push(word);
}

/// `2026-12-05`; `25.12.2026` and `25.12.`, day first as all write it who use points; with strokes only where it is clear
/// which is the day.
fn dated(part: &str) -> Option<Word> {
    if let Ok(date) = part.parse::<Date>() {
        let full = matches!(part.len(), 8 | 10);
        return full.then(|| Word::Date(Some(date.year()), date.month(), date.day()));
    }
    let pointed = part.contains('.');
    let numbers: Vec<&str> = part.split(['.', '/']).collect();
    let (first, second, year) = match *numbers.as_slice() {
        [first, second, ""] if pointed => (first, second, None),
        [first, second] if !pointed => (first, second, None),
        [first, second, year] => (first, second, Some(year)),
        _ => return None,
    };
    let short =
        |text: &str| -> Option<i8> { text.parse().ok().filter(|_| (1..=2).contains(&text.len())) };
    let (first, second) = (short(first)?, short(second)?);
    let year = match year {
        Some(year) if year.len() == 4 => Some(year.parse().ok()?),
        Some(year) => Some(2000 + i16::from(short(year)?)),
        None => None,
    };
    match (pointed, first, second) {
        (true, day, month) => Some(Word::Date(year, month, day)),
        (false, day, month) if day > 12 || day == month => Some(Word::Date(year, month, day)),
        (false, month, day) if day > 12 => Some(Word::Date(year, month, day)),
        _ => None,
    }
}

/// `9:30`, `15h30`, `9:30pm`.
fn timed(part: &str) -> Option<Word> {
    let (hour, minute) = part.split_once([':', 'h'])?;
    if hour.is_empty() || hour.len() > 2 || minute.len() != 2 {
        return None;
    }
    let strict = hour.len() == 2 && hour.starts_with('0');
    let (hour, minute): (i8, i8) = (hour.parse().ok()?, minute.parse().ok()?);
    let time = Time::new(hour, minute, 0, 0).ok()?;
    Some(Word::Clock(time, strict || hour > 12 || hour == 0))
}
