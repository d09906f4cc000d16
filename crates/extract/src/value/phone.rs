//! Phone numbers as they are written and said, digit by digit: `+1 415 555 2671`, `four one five, double five …`.

use crate::about::About;

const DIGITS: [(&str, char); 12] = [
    ("zero", '0'),
    ("oh", '0'),
    ("o", '0'),
    ("one", '1'),
    ("two", '2'),
    ("three", '3'),
    ("four", '4'),
    ("five", '5'),
    ("six", '6'),
    ("seven", '7'),
    ("eight", '8'),
    ("nine", '9'),
];

/// In E.164, where the text says exactly one.
pub(crate) fn only(text: &str, about: &About) -> Option<String> {
    let region = about.region.as_deref();
    if let Some((number, _)) = filters::number_in(text, region) {
        return Some(number);
    }
    match all(text, about).as_slice() {
        [(one, _)] => Some(one.clone()),
        _ => None,
    }
}

/// Every number with where it begins, in words.
pub(crate) fn all(text: &str, about: &About) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    let mut run = String::new();
    let mut start = 0;
    let mut times = 1;
    let words: Vec<&str> = text.split_whitespace().collect();
    for (at, word) in words.iter().enumerate() {
        let lower = word.to_lowercase();
        let word = lower.trim_matches(|c: char| !c.is_alphanumeric() && c != '+');
        let ends = lower.ends_with([';', '?', '!']);
        if run.is_empty() {
            start = at;
        }
        let digit = DIGITS
            .iter()
            .find(|(name, _)| *name == word)
            .map(|(_, digit)| *digit);
        match (word, digit) {
            ("double", _) => times = 2,
            ("triple", _) => times = 3,
            ("plus", _) if run.is_empty() => run.push('+'),
            (_, Some(digit)) => {
                run.extend(std::iter::repeat_n(digit, times));
                times = 1;
            }
            (written, _) if is_part(written) => {
                run.extend(written.chars().filter(|c| c.is_ascii_digit() || *c == '+'));
                times = 1;
            }
            // A sign alone, such as a dash.
            ("", _) => {}
            _ => {
                close(&mut run, start, about, &mut found);
                times = 1;
            }
        }
        if ends {
            close(&mut run, start, about, &mut found);
        }
    }
    close(&mut run, start, about, &mut found);
    found
}

fn is_part(word: &str) -> bool {
    let signs = |c: char| c.is_ascii_digit() || "+-()./".contains(c);
    word.chars().any(|c| c.is_ascii_digit()) && word.chars().all(signs) && word.len() <= 30
}

fn close(run: &mut String, start: usize, about: &About, found: &mut Vec<(String, usize)>) {
    let digits = run.trim_start_matches('+').len();
    if (7..=15).contains(&digits)
        && let Some((number, _)) = filters::number_in(run, about.region.as_deref())
    {
        found.push((number, start));
    }
    run.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_and_say_them() {
        let at = "2026-11-20T12:00:00Z[UTC]".parse().unwrap();
        let about = About::new(Vec::new(), at, Some("US".into()));
        for (text, number) in [
            ("call me at +1 (415) 555-2671.", Some("+14155552671")),
            (
                "four one five, double five five, two six seven one",
                Some("+14155552671"),
            ),
            (
                "plus four four two oh seven nine four six oh four six oh",
                Some("+442079460460"),
            ),
            ("it is 415-555-2671; room 12", Some("+14155552671")),
            ("I have 12 seats", None),
            ("order 12345", None),
        ] {
            assert_eq!(only(text, &about).as_deref(), number, "{text}");
        }
    }
}
