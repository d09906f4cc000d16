//! Form-encoded bodies and query strings. A signature sees every pair; a reader sees the first value of each name.

use serde_json::{Map, Value};

/// More pairs than this are not looked at.
const MOST_PAIRS: usize = 1_000;

/// Names and values, decoded, in order.
pub fn pairs(bytes: &[u8]) -> Vec<(String, String)> {
    let pairs = form_urlencoded::parse(bytes).take(MOST_PAIRS);
    pairs
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect()
}

pub fn object(bytes: &[u8]) -> Map<String, Value> {
    let mut object = Map::new();
    for (name, value) in pairs(bytes) {
        object.entry(name).or_insert_with(|| value.into());
    }
    object
}

/// A form with these texts, as platforms send one.
pub fn written(fields: &[(&str, &str)]) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(fields).finish()
}

/// `%XX` decoded, everything else (a plus too) as it is.
pub fn percent_decoded(text: &str) -> String {
    let decoded = percent_encoding::percent_decode_str(text);
    decoded.decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_decoded_and_the_first_of_a_name_is_read() {
        let read = object(b"a=1+2&a=3&b=%2B1%C3%A9&c&=d&%FF=x");
        assert_eq!(read["a"], "1 2");
        assert_eq!(read["b"], "+1é");
        assert_eq!(read["c"], "");
        assert_eq!(pairs(b"a=1&a=3").len(), 2);
        assert_eq!(pairs("a&".repeat(5_000).as_bytes()).len(), MOST_PAIRS);
    }

    #[test]
    fn only_percent_signs_are_decoded() {
        for (text, decoded) in [
            ("%2B14155550123", "+14155550123"),
            ("+14155550123", "+14155550123"),
            ("2025-11-13%2002%3A13", "2025-11-13 02:13"),
            ("a=%31&b=c%", "a=1&b=c%"),
            ("", ""),
            ("&&=", "&&="),
        ] {
            assert_eq!(percent_decoded(text), decoded, "{text}");
        }
    }
}
