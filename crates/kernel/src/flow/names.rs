//! Names in a flow document: which ones are well formed, where they stand (JSON Pointer), which known one was meant.

use crate::lang::{self, Path, Segment};

/// 1–64 of letters, digits, `_` and `-`.
pub(crate) fn is_step_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

/// A name that a path can start with: a letter or `_`, then letters, digits and `_`, at most 64.
pub(crate) fn is_variable(text: &str) -> bool {
    text.len() <= 64
        && text
            .bytes()
            .next()
            .is_some_and(|b| b.is_ascii_alphabetic() || b == b'_')
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// A path as people write it.
pub(crate) fn written(path: &Path) -> String {
    let mut text = path.root.clone();
    for segment in &path.rest {
        match segment {
            Segment::Key(key) if is_variable(key) => text.extend([".", key]),
            Segment::Key(key) => text.extend(["['", key, "']"]),
            Segment::Index(index) => text.push_str(&format!("[{index}]")),
        }
    }
    text
}

/// A segment as the key of an object: step ids may be digits.
pub(crate) fn key(segment: &Segment) -> String {
    match segment {
        Segment::Key(key) => key.clone(),
        Segment::Index(index) => index.to_string(),
    }
}

/// Text of a document as it may stand in a message: never longer than a line.
pub(crate) fn shown(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("`{}…`", &text[..end]),
        None => format!("`{text}`"),
    }
}

/// `; did you mean …?` when a known name is near, else nothing.
pub(crate) fn suggest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> String {
    nearest(name, known)
        .map(|near| format!("; did you mean `{near}`?"))
        .unwrap_or_default()
}

/// The known name that was probably meant; one or two letters resemble too much.
pub(crate) fn nearest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    if name.chars().count() < 3 {
        return None;
    }
    lang::nearest(name, known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_finds_the_name_that_was_meant() {
        let known = ["http.request", "webhook.send", "slack.post_message"];
        assert_eq!(nearest("htp.request", known), Some("http.request"));
        assert_eq!(nearest("webhook_send", known), Some("webhook.send"));
        assert_eq!(nearest("carrier.pigeon", known), None);
        assert_eq!(nearest("", known), None);
    }
}
