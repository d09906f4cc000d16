//! One thing that is wrong in a document a person wrote, with its place. Checks return all of them, never just the first.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// JSON Pointer (RFC 6901) into the document, e.g. `/steps/0/with/url`; empty for the document itself.
    pub path: String,
    /// What is wrong and what to do, lower case, naming the value.
    pub message: String,
}

impl Problem {
    pub fn new(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            message: message.into(),
        }
    }
}

/// `at` with one more reference token, escaped as RFC 6901 wants it.
pub fn below(at: &str, token: &str) -> String {
    format!("{at}/{}", token.replace('~', "~0").replace('/', "~1"))
}

#[cfg(test)]
mod tests {
    use super::below;

    #[test]
    fn pointers_escape_what_rfc_6901_reserves() {
        assert_eq!(below("/steps/0/save", "a/b~c"), "/steps/0/save/a~1b~0c");
    }
}
