//! Somebody who can be called: what is kept of them, and how a call shows it. A contact is told apart by its number alone.

mod check;
mod columns;

pub use columns::{Column, guess};

use crate::confidential::MASK;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub const MOST_COLUMNS: usize = 100;
/// Characters of a value.
pub const LONGEST_VALUE: usize = 1_000;
/// Characters of a column's name.
pub const LONGEST_NAME: usize = 60;
/// Bytes of each text that a search looks at: an entry of PostgreSQL's index has room for 2,704 in all.
const SEARCHED: usize = 500;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Contact {
    /// In E.164.
    pub phone: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub do_not_call: bool,
    /// Any further columns: texts, numbers, truths.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub columns: Map<String, Value>,
}

impl Contact {
    /// The members of `contact` in a call.
    pub fn shown(&self, id: &str) -> Map<String, Value> {
        let mut shown = self.columns.clone();
        let texts = [
            ("first_name", &self.first_name),
            ("last_name", &self.last_name),
            ("email", &self.email),
            ("company", &self.company),
        ];
        for (name, text) in texts {
            if let Some(text) = text {
                shown.insert(name.into(), text.as_str().into());
            }
        }
        shown.insert("phone".into(), self.phone.as_str().into());
        shown.insert("do_not_call".into(), self.do_not_call.into());
        shown.insert("id".into(), id.into());
        shown
    }

    /// What a search looks at: how names, company and address begin, and the number, in lower case.
    pub fn search_text(&self) -> String {
        let texts = [
            &self.first_name,
            &self.last_name,
            &self.company,
            &self.email,
        ];
        let begins = |text: &String| {
            let mut text = text.to_lowercase();
            text.truncate(text.floor_char_boundary(SEARCHED));
            text
        };
        let texts = texts.into_iter().flatten().map(begins);
        let texts: Vec<String> = texts.chain([self.phone.clone()]).collect();
        texts.join(" ")
    }

    /// Whether fields and columns have these values, as texts.
    pub fn has(&self, columns: &Map<String, Value>) -> bool {
        if columns.is_empty() {
            return true;
        }
        let text = |value: &Value| match value {
            Value::String(text) => text.trim().to_owned(),
            other => other.to_string(),
        };
        let shown = self.shown("");
        let has = |(name, value): (&String, &Value)| {
            shown
                .get(name)
                .is_some_and(|kept| text(kept) == text(value))
        };
        columns.iter().all(has)
    }

    /// A table has texts only: one that a number or truth of `kept` prints as means that.
    pub fn typed_like(&mut self, kept: &Contact) {
        for (name, told) in &mut self.columns {
            let kept = kept.columns.get(name);
            let kept = kept.filter(|kept| kept.is_number() || kept.is_boolean());
            if let Some(kept) = kept
                && told.as_str() == Some(&kept.to_string())
            {
                *told = kept.clone();
            }
        }
    }

    /// With what is kept wherever the mask stands: whoever saves it has not seen the value.
    pub fn unmasked(mut self, kept: &Contact) -> Self {
        if self.phone == MASK {
            self.phone.clone_from(&kept.phone);
        }
        let texts = [
            (&mut self.first_name, &kept.first_name),
            (&mut self.last_name, &kept.last_name),
            (&mut self.email, &kept.email),
            (&mut self.company, &kept.company),
        ];
        for (told, kept) in texts {
            if told.as_deref() == Some(MASK) {
                told.clone_from(kept);
            }
        }
        self.columns.retain(|name, told| {
            if *told == MASK {
                *told = kept.columns.get(name).cloned().unwrap_or_default();
            }
            !told.is_null()
        });
        self
    }

    /// Takes over what another one says; what it leaves out stays.
    pub fn merge(&mut self, told: Contact) {
        let texts = [
            (&mut self.first_name, told.first_name),
            (&mut self.last_name, told.last_name),
            (&mut self.email, told.email),
            (&mut self.company, told.company),
        ];
        for (kept, told) in texts {
            if told.is_some() {
                *kept = told;
            }
        }
        self.do_not_call |= told.do_not_call;
        self.columns.extend(told.columns);
    }
}

/// The words of a search, as `search_text` has them.
pub fn words(search: &str) -> Vec<String> {
    let is_dialled = |c: char| c.is_ascii_digit() || " +-().".contains(c);
    if search.chars().all(is_dialled) {
        let digits: String = search
            .chars()
            .filter(|c| c.is_ascii_digit() || *c == '+')
            .collect();
        return if digits.is_empty() {
            Vec::new()
        } else {
            vec![digits]
        };
    }
    search
        .to_lowercase()
        .split_whitespace()
        .map(String::from)
        .collect()
}
