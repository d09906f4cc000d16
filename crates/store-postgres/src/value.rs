//! Values on their way to and from the server: sixteen bytes as a `uuid`, and texts, which PostgreSQL cannot hold whole:
//! a NUL is escaped, reversibly, so that equal texts stay equal and others stay apart.

use bytes::BytesMut;
use kernel::id::{Id, Kind};
use std::borrow::Cow;
use std::error::Error;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, accepts, to_sql_checked};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub [u8; 16]);

impl<K: Kind> From<Id<K>> for Key {
    fn from(id: Id<K>) -> Self {
        Self(id.bytes())
    }
}

impl ToSql for Key {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        out.extend_from_slice(&self.0);
        Ok(IsNull::No)
    }

    accepts!(UUID);
    to_sql_checked!();
}

impl<'a> FromSql<'a> for Key {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self(raw.try_into()?))
    }

    accepts!(UUID);
}

const ESCAPE: char = '\u{1}';

/// A text as the server holds it.
pub fn text(text: &str) -> Cow<'_, str> {
    if !text.bytes().any(|byte| byte < 2) {
        return Cow::Borrowed(text);
    }
    let mut held = String::with_capacity(text.len() + 8);
    for char in text.chars() {
        match char {
            '\0' => held.extend([ESCAPE, '0']),
            ESCAPE => held.extend([ESCAPE, '1']),
            other => held.push(other),
        }
    }
    Cow::Owned(held)
}

pub fn some_text(some: Option<&String>) -> Option<Cow<'_, str>> {
    some.map(|some| text(some))
}

/// The text that `text` made this of.
pub fn told(held: String) -> String {
    if !held.contains(ESCAPE) {
        return held;
    }
    let mut told = String::with_capacity(held.len());
    let mut chars = held.chars();
    while let Some(char) = chars.next() {
        told.push(match char {
            ESCAPE if chars.next() == Some('0') => '\0',
            other => other,
        });
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_survives_and_is_held_without_nul() {
        for original in [
            "",
            "plain",
            "\0",
            "\u{1}",
            "\u{1}0",
            "a\0b\u{1}1\0",
            "grüße \u{2}",
        ] {
            let held = text(original).into_owned();
            assert!(!held.contains('\0'), "{held:?}");
            assert_eq!(told(held), original);
        }
    }
}
