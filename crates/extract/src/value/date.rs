//! Dates and times inside what people say: the longest run of words that can be read, against when it was said.

use filters::Heard;
use jiff::Zoned;
use jiff::civil::Time;

/// No date is said in more words.
const WORDS: usize = 8;
/// How much of one turn is looked at, in words.
const MOST: usize = 300;

/// Beginnings of words without which no date is said.
const HINTS: [&str; 34] = [
    "today",
    "tonight",
    "tomorrow",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "next",
    "this",
    "week",
    "weekend",
    "month",
    "year",
    "day",
    "hour",
    "minute",
    "noon",
    "midnight",
    "morning",
    "afternoon",
    "evening",
    "oclock",
    "january",
    "february",
    "april",
    "august",
    "september",
    "october",
    "november",
    "december",
    "half",
];
const ALSO: [&str; 10] = [
    "march", "may", "june", "july", "quarter", "end", "am", "pm", "later", "in",
];

pub(crate) fn day(heard: &Heard) -> String {
    heard.moment.date().to_string()
}

pub(crate) fn time(heard: &Heard) -> String {
    format!("{:02}:{:02}", heard.moment.hour(), heard.moment.minute())
}

/// `15:00`, `15:00:00`, or as people say it.
pub(crate) fn clock(text: &str, at: &Zoned) -> Option<String> {
    if let Ok(time) = text.parse::<Time>() {
        return Some(format!("{:02}:{:02}", time.hour(), time.minute()));
    }
    let heard = filters::heard(text, at).filter(|heard| heard.time)?;
    Some(time(&heard))
}

/// How many words of a turn `all` looks at.
pub(crate) fn looked_at(text: &str) -> usize {
    text.split_whitespace().take(MOST).count()
}

/// Every date or time, with where it begins in words.
pub(crate) fn all(text: &str, at: &Zoned) -> Vec<(Heard, usize)> {
    let words: Vec<&str> = text
        .split_whitespace()
        .take(MOST)
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .collect();
    let hints: Vec<bool> = words.iter().map(|word| is_hint(word)).collect();
    let mut found = Vec::new();
    let mut from = 0;
    while from < words.len() {
        let most = words.len().min(from + WORDS);
        let run = (from + 1..=most).rev().find_map(|end| {
            // A run without a hint is none, and what begins with a filler begins later.
            let hinted = hints[from..end].iter().any(|hint| *hint);
            let heard = hinted
                .then(|| filters::heard(&words[from..end].join(" "), at))
                .flatten();
            heard.map(|heard| (heard, end))
        });
        match run {
            Some((heard, end)) => {
                found.push((heard, from));
                from = end;
            }
            None => from += 1,
        }
    }
    found
}

fn is_hint(word: &str) -> bool {
    let word = word.to_lowercase();
    let digits = word.bytes().any(|b| b.is_ascii_digit());
    // A number alone is a number.
    (digits && word.bytes().any(|b| !b.is_ascii_digit()))
        || HINTS.iter().any(|hint| word.starts_with(hint))
        || ALSO.contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_found_inside_what_is_said() {
        let at: Zoned = "2026-11-20T12:00:00+01:00[Europe/Berlin]".parse().unwrap();
        for (text, days, times) in [
            (
                "Let's do next Tuesday at 3 pm, please",
                vec!["2026-11-24"],
                vec!["15:00"],
            ),
            ("tomorrow works", vec!["2026-11-21"], vec![]),
            ("we have 12 seats", vec![], vec![]),
            ("It was on 2026-12-05.", vec!["2026-12-05"], vec![]),
            ("", vec![], vec![]),
        ] {
            let found = all(text, &at);
            let day = |(heard, _): &(Heard, usize)| heard.day.then(|| day(heard));
            assert_eq!(
                found.iter().filter_map(day).collect::<Vec<_>>(),
                days,
                "{text}"
            );
            let time = |(heard, _): &(Heard, usize)| heard.time.then(|| time(heard));
            assert_eq!(
                found.iter().filter_map(time).collect::<Vec<_>>(),
                times,
                "{text}"
            );
        }
        assert_eq!(clock("15:00:00", &at).as_deref(), Some("15:00"));
        assert_eq!(clock("3 pm", &at).as_deref(), Some("15:00"));
    }
}
