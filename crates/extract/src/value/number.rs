//! Numbers as they are written and said: `1,200.50`, `2k`, `twelve hundred`, `two and a half million`, with the currency that
//! stands beside them.

use filters::numerals::{TENS, UNITS};
use serde_json::Value;

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Number {
    pub(crate) value: f64,
    pub(crate) currency: Option<&'static str>,
    /// Where it begins, in bytes.
    pub(crate) start: usize,
}

const CURRENCIES: [(&str, &str); 16] = [
    ("$", "USD"),
    ("usd", "USD"),
    ("dollar", "USD"),
    ("dollars", "USD"),
    ("bucks", "USD"),
    ("€", "EUR"),
    ("eur", "EUR"),
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("£", "GBP"),
    ("gbp", "GBP"),
    ("pounds", "GBP"),
    ("chf", "CHF"),
    ("francs", "CHF"),
    ("rupees", "INR"),
    ("yen", "JPY"),
];
const MOST: usize = 1_000;

/// A number as JSON: whole where it is whole.
pub(crate) fn json(value: f64) -> Value {
    // Whole numbers up to here are exact in both.
    if value.fract() == 0.0 && value.abs() < 9e15 {
        return Value::from(value as i64);
    }
    serde_json::Number::from_f64(value).map_or(Value::Null, Value::Number)
}

/// The number, where the text says exactly one.
pub(crate) fn only(text: &str) -> Option<Number> {
    if let Ok(value) = text.trim().parse::<f64>() {
        return value.is_finite().then_some(Number {
            value,
            currency: None,
            start: 0,
        });
    }
    match all(text).as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

struct Token<'t> {
    text: &'t str,
    start: usize,
}

pub(crate) fn all(text: &str) -> Vec<Number> {
    let lower = text.to_lowercase();
    let tokens = tokens(&lower);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() && found.len() < MOST {
        match number(&tokens, at) {
            Some((value, next)) => {
                let before = at.checked_sub(1).and_then(|before| tokens.get(before));
                let beside = [before, tokens.get(next)].into_iter().flatten();
                let currency = beside
                    .filter_map(|token| CURRENCIES.iter().find(|(word, _)| *word == token.text))
                    .map(|(_, currency)| *currency)
                    .next();
                found.push(Number {
                    value,
                    currency,
                    start: tokens[at].start,
                });
                at = next;
            }
            None => at += 1,
        }
    }
    found
}

/// Words, numbers with their separators, and signs of currencies. Times, ordinals and what hangs together with letters are
/// tokens that are no number.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut signs = text.char_indices().peekable();
    while let Some((start, sign)) = signs.next() {
        if "$€£".contains(sign) {
            tokens.push(Token {
                text: &text[start..start + sign.len_utf8()],
                start,
            });
            continue;
        }
        if !sign.is_alphanumeric() {
            continue;
        }
        let mut end = start + sign.len_utf8();
        let mut last = sign;
        while let Some((at, next)) = signs.peek().copied() {
            let inside = ".,:@".contains(next)
                && last.is_ascii_digit()
                && text[at + 1..].starts_with(|c: char| c.is_ascii_digit());
            if !next.is_alphanumeric() && !inside && next != '\'' && next != '’' {
                break;
            }
            end = at + next.len_utf8();
            last = next;
            signs.next();
        }
        tokens.push(Token {
            text: &text[start..end],
            start,
        });
    }
    tokens
}

/// The number that begins at this token, and the token after it.
fn number(tokens: &[Token<'_>], at: usize) -> Option<(f64, usize)> {
    let first = tokens.get(at)?.text;
    if let Some(mut value) = written(first) {
        let mut next = at + 1;
        while let Some(scale) = tokens.get(next).and_then(|token| scale(token.text)) {
            value *= scale;
            next += 1;
        }
        return value.is_finite().then_some((value, next));
    }
    said(tokens, at)
}

/// `1,200.50`, `1.200,50`, `2k`, `1.5m`.
fn written(token: &str) -> Option<f64> {
    let digits = token.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let times = match &token[digits.len()..] {
        "" => 1.0,
        "k" => 1e3,
        "m" | "mio" | "mn" => 1e6,
        "bn" => 1e9,
        _ => return None,
    };
    if digits.is_empty()
        || digits.len() > 30
        || !digits
            .bytes()
            .all(|b| b.is_ascii_digit() || b == b'.' || b == b',')
    {
        return None;
    }
    let groups = |sign: char| {
        let mut parts = digits.split(sign);
        parts
            .next()
            .is_some_and(|first| (1..=3).contains(&first.len()))
            && parts.all(|part| part.len() == 3 && part.bytes().all(|b| b.is_ascii_digit()))
    };
    let plain = match (digits.rfind('.'), digits.rfind(',')) {
        (None, None) => digits.to_owned(),
        (Some(dot), Some(comma)) if comma < dot => digits.replace(',', ""),
        (Some(_), Some(_)) => digits.replace('.', "").replace(',', "."),
        (None, Some(_)) if groups(',') => digits.replace(',', ""),
        (None, Some(_)) => digits.replace(',', "."),
        (Some(_), None) if digits.matches('.').count() > 1 && groups('.') => {
            digits.replace('.', "")
        }
        (Some(_), None) => digits.to_owned(),
    };
    plain.parse::<f64>().ok().map(|value| value * times)
}

fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "hundred" => 1e2,
        "thousand" | "k" | "grand" => 1e3,
        "million" | "mio" => 1e6,
        "billion" => 1e9,
        _ => return None,
    })
}

/// `two hundred and fifty`, `twelve hundred`, `a thousand`, `two point five`.
fn said(tokens: &[Token<'_>], from: usize) -> Option<(f64, usize)> {
    let word = |at: usize| tokens.get(at).map(|token| token.text);
    let unit = |at: usize| word(at).and_then(|word| UNITS.iter().position(|unit| *unit == word));
    let ten = |at: usize| word(at).and_then(|word| TENS.iter().position(|ten| *ten == word));
    let (mut total, mut part, mut at) = (0.0, 0.0, from);
    // The least value of a word that was said in this part: smaller ones may follow.
    let mut open = f64::INFINITY;
    if word(at) == Some("a") && word(at + 1).and_then(scale).is_some() {
        (part, at) = (1.0, at + 1);
        open = 1.0;
    }
    let begun = at;
    loop {
        if let Some(value) = unit(at)
            .filter(|value| (*value as f64) < 10.0 && open > 9.0 || *value >= 10 && open > 20.0)
        {
            part += value as f64;
            open = 1.0;
        } else if let Some(value) = ten(at).filter(|_| open > 90.0) {
            part += (value as f64 + 2.0) * 10.0;
            open = 10.0;
        } else if let Some(times) = word(at)
            .and_then(scale)
            .filter(|_| part > 0.0 || total > 0.0)
        {
            if times == 1e2 {
                part *= times;
                open = 100.0;
            } else {
                total += if part > 0.0 { part * times } else { 0.0 };
                (part, open) = (0.0, 1_000.0);
            }
        } else if word(at) == Some("and")
            && open >= 100.0
            && at > begun
            && (unit(at + 1).is_some() || ten(at + 1).is_some())
        {
            // `two hundred and fifty`
        } else {
            break;
        }
        at += 1;
    }
    if at == begun {
        return None;
    }
    let mut value = total + part;
    if word(at) == Some("point") && unit(at + 1).is_some_and(|digit| digit < 10) {
        let mut place = 0.1;
        at += 1;
        while let Some(digit) = unit(at).filter(|digit| *digit < 10) {
            value += digit as f64 * place;
            place /= 10.0;
            at += 1;
        }
        while let Some(times) = word(at).and_then(scale) {
            value *= times;
            at += 1;
        }
        value = (value * 1e6).round() / 1e6;
    }
    Some((value, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_and_say_them() {
        for (text, values) in [
            ("we have 12 seats", vec![12.0]),
            ("about 1,200.50 or 1.200,50", vec![1200.5, 1200.5]),
            ("2k, 1.5m and 3 million", vec![2e3, 1.5e6, 3e6]),
            ("two hundred and fifty", vec![250.0]),
            ("twelve hundred", vec![1200.0]),
            ("a thousand", vec![1000.0]),
            ("twenty-five thousand three hundred", vec![25_300.0]),
            ("five five five", vec![5.0, 5.0, 5.0]),
            ("two point five million", vec![2.5e6]),
            ("between ten and twenty", vec![10.0, 20.0]),
            ("one million two hundred thousand", vec![1.2e6]),
            ("at 3pm on the 24th, 15:30", vec![]),
            ("nobody", vec![]),
            ("1.000.000", vec![1e6]),
            ("0,5", vec![0.5]),
        ] {
            let found: Vec<f64> = all(text).into_iter().map(|number| number.value).collect();
            assert_eq!(found, values, "{text}");
        }
        let money = all("$1,500 or 2000 euros, or five");
        let currencies: Vec<_> = money.iter().map(|number| number.currency).collect();
        assert_eq!(currencies, [Some("USD"), Some("EUR"), None]);
        assert_eq!(only("-3").unwrap().value, -3.0);
        assert_eq!(only("1 or 2"), None);
    }
}
