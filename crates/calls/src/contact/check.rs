//! What is wrong with a contact, each with its path; its number is looked at by whoever knows the numbering plans.

use super::{Contact, LONGEST_NAME, LONGEST_VALUE, MOST_COLUMNS};
use kernel::problem::{Problem, below};
use serde_json::Value;

/// Names that mean something of their own in `contact`.
const TAKEN: [&str; 8] = [
    "id",
    "phone",
    "first_name",
    "last_name",
    "email",
    "company",
    "do_not_call",
    "name",
];

impl Contact {
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let texts = [
            ("first_name", &self.first_name),
            ("last_name", &self.last_name),
            ("email", &self.email),
            ("company", &self.company),
        ];
        for (name, text) in texts {
            if let Some(message) = text.as_deref().and_then(wrong_text) {
                problems.push(Problem::new(format!("/{name}"), message));
            }
        }
        if let Some(email) = &self.email
            && !looks_like_an_address(email)
        {
            let message = "is no e-mail address such as ada@example.com";
            problems.push(Problem::new("/email", message));
        }
        if self.columns.len() > MOST_COLUMNS {
            let message = format!(
                "has {} columns, at most {MOST_COLUMNS} are kept",
                self.columns.len()
            );
            problems.push(Problem::new("/columns", message));
        }
        for (name, value) in &self.columns {
            let at = || below("/columns", name);
            if let Some(message) = wrong_name(name) {
                problems.push(Problem::new(at(), message));
            }
            let wrong = match value {
                Value::Null | Value::Bool(_) | Value::Number(_) => None,
                Value::String(text) => wrong_text(text),
                _ => Some("is a text, a number or true or false".into()),
            };
            problems.extend(wrong.map(|message| Problem::new(at(), message)));
        }
        problems
    }
}

/// What is wrong with the name of a column.
pub(super) fn wrong_name(name: &str) -> Option<String> {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if TAKEN.contains(&name) {
        return Some(format!(
            "`{name}` is a field of every contact, not a column"
        ));
    }
    let fits = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.len() <= LONGEST_NAME
        && name.chars().all(is_plain);
    (!fits).then(|| {
        format!(
            "a column's name has 1 to {LONGEST_NAME} of a–z, 0–9 and `_`, and begins with a letter"
        )
    })
}

fn wrong_text(text: &str) -> Option<String> {
    if text.chars().nth(LONGEST_VALUE).is_some() {
        return Some(format!("has more than {LONGEST_VALUE} characters"));
    }
    let is_odd = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    text.contains(is_odd)
        .then(|| "has control characters in it".into())
}

fn looks_like_an_address(text: &str) -> bool {
    let Some((name, host)) = text.rsplit_once('@') else {
        return false;
    };
    let is_odd = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | ',' | ';');
    !name.is_empty()
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && !text.contains(is_odd)
}
