//! Forgetting a phone number: a receipt that is the job while it is worked on, and afterwards says what was removed. The number
//! itself rests sealed in it until then; what stays is a hash that only this installation's key can make.

mod count;
mod others;
mod work;

pub use count::Found;

use crate::engine::Inner;
use crate::flows::Author;
use crate::resource::Kept;
use crate::{Engine, Refusal, wire};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use kernel::id::{ReceiptId, WorkspaceId};
use kernel::{Problem, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use store::catalog::{Document, Kind, Put};

const HASHES: &str = "forgotten numbers";
const LONGEST: usize = 64;
const SHORTEST: usize = 4;
/// A shorter number without its sign may be anything.
const BARE: usize = 7;

/// What was removed, or is there to be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Removed {
    pub calls: u64,
    pub messages: u64,
    pub events: u64,
    pub runs: u64,
    /// Entries of the runs' journals.
    pub entries: u64,
    /// Copies.
    pub recordings: u64,
    pub contacts: u64,
    /// Columns of other contacts that named the number: emptied.
    pub columns: u64,
    pub alerts: u64,
    /// What was kept to answer repeated requests with.
    pub answers: u64,
}

/// As stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Receipt {
    /// HMAC-SHA256 of workspace and number.
    pub number_hash: String,
    pub by: Author,
    pub removed: Removed,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_at: Option<Timestamp>,
    /// Why it is not done yet, where something is in the way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waits_for: Option<String>,
    /// The number, while it is worked on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sealed: Option<String>,
}

/// A receipt with its name.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    pub id: ReceiptId,
    pub created_at: Timestamp,
    pub receipt: Receipt,
}

/// A number as people gave it, and as calls and contacts have it.
pub(crate) struct Number {
    given: String,
    plain: String,
    /// Of digits alone: with the sign that contacts and most platforms write.
    signed: Option<String>,
}

impl Number {
    fn read(text: &str) -> Result<Self, Refusal> {
        let given = text.trim().to_owned();
        let is_sign = |c: char| matches!(c, ' ' | '-' | '(' | ')' | '.' | '/' | '\u{a0}');
        let plain: String = given.chars().filter(|c| !is_sign(*c)).collect();
        let digits = plain.bytes().filter(u8::is_ascii_digit).count();
        if digits < SHORTEST || given.len() > LONGEST {
            let message = "is a phone number with its country, such as +14155550100, or as the platform writes it";
            return Err(Refusal::Invalid(vec![Problem::new("/number", message)]));
        }
        let is_bare = digits >= BARE && digits == plain.len();
        let signed = is_bare.then(|| format!("+{plain}"));
        Ok(Self {
            given,
            plain,
            signed,
        })
    }

    /// As it may stand in a call.
    fn forms(&self) -> BTreeSet<&str> {
        let as_given = [self.given.as_str(), self.plain.as_str()];
        as_given.into_iter().chain(self.signed.as_deref()).collect()
    }

    /// Whether a text names it: not as a part of a longer number.
    fn is_in(&self, text: &str) -> bool {
        // People write it without its sign, too.
        let bare = self
            .plain
            .strip_prefix('+')
            .filter(|bare| bare.len() >= BARE);
        self.forms().into_iter().chain(bare).any(|form| {
            text.match_indices(form).any(|(at, _)| {
                let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
                let (before, after) = (&text[..at], &text[at + form.len()..]);
                !is_digit(after.chars().next())
                    && (form.starts_with('+') || !is_digit(before.chars().next_back()))
            })
        })
    }
}

impl Inner {
    fn number_hash(&self, workspace: WorkspaceId, number: &Number) -> String {
        let text = format!("{workspace} {}", number.plain);
        self.vault.sign(HASHES, text.as_bytes())
    }

    async fn begin_to_forget(
        &self,
        workspace: WorkspaceId,
        number: &str,
        by: Author,
    ) -> Result<Shown, Refusal> {
        let number = Number::read(number)?;
        let id = self.stamp.id::<kernel::id::Receipt>(0);
        let sealed = self.vault.seal(number.given.as_bytes(), &id.bytes());
        let receipt = Receipt {
            number_hash: self.number_hash(workspace, &number),
            by,
            removed: Removed::default(),
            done_at: None,
            waits_for: None,
            sealed: Some(BASE64_STANDARD.encode(sealed)),
        };
        // Enabled: still to be worked on.
        let document = self.memo(Kind::Receipt, id.bytes(), workspace, &receipt);
        let created_at = document.created_at;
        if self.store.put(document, 0).await? != Put::Saved {
            return Err(Refusal::Unavailable(
                "the receipt was not kept: try again".into(),
            ));
        }
        self.forgetting.notify_one();
        Ok(Shown {
            id,
            created_at,
            receipt,
        })
    }

    fn number_of(&self, document: &Document, receipt: &Receipt) -> Result<Option<Number>, Refusal> {
        let Some(sealed) = &receipt.sealed else {
            return Ok(None);
        };
        let sealed = BASE64_STANDARD.decode(sealed).unwrap_or_default();
        let plain = self.vault.open(&sealed, &document.id)?;
        Number::read(&String::from_utf8_lossy(&plain)).map(Some)
    }
}

fn read(document: &Document) -> Result<Shown, Refusal> {
    Ok(Shown {
        id: ReceiptId::from_bytes(document.id),
        created_at: document.created_at,
        receipt: wire::decode("a receipt", &document.body)?,
    })
}

impl Engine {
    /// Begins to remove everything about a number; the receipt tells how far it is.
    pub async fn forget_number(
        &self,
        workspace: WorkspaceId,
        number: &str,
        by: Author,
    ) -> Result<Shown, Refusal> {
        self.inner.begin_to_forget(workspace, number, by).await
    }

    /// What would be removed; nothing is.
    pub async fn would_forget(
        &self,
        workspace: WorkspaceId,
        number: &str,
    ) -> Result<Found, Refusal> {
        let number = Number::read(number)?;
        self.inner.count_about(workspace, &number).await
    }

    pub async fn receipt(&self, workspace: WorkspaceId, id: ReceiptId) -> Result<Shown, Refusal> {
        let document = self.inner.store.get(Kind::Receipt, id.bytes()).await?;
        let document = document.filter(|document| document.workspace == workspace);
        read(&document.ok_or(Refusal::NotFound("such receipt"))?)
    }

    /// Newest first.
    pub async fn receipts(
        &self,
        workspace: WorkspaceId,
        before: Option<ReceiptId>,
        limit: u32,
    ) -> Result<Vec<Shown>, Refusal> {
        let before = before.map(ReceiptId::bytes);
        let page = self
            .inner
            .store
            .list(Some(workspace), Kind::Receipt, before, limit);
        page.await?.iter().map(read).collect()
    }
}

/// A contact as the document has it.
fn contact(document: &Document) -> Result<Kept<calls::contact::Contact>, Refusal> {
    Ok(Kept::read(document)?)
}

#[cfg(test)]
mod tests {
    use super::Number;

    #[test]
    fn a_number_is_found_as_it_is_written_and_not_inside_another() {
        let number = Number::read(" +1 (555) 010-1 ").expect("a number");
        assert_eq!(number.plain, "+15550101");
        for text in [
            "+15550101",
            "call +15550101, please",
            "from +1 (555) 010-1",
            "tel:15550101",
        ] {
            assert!(number.is_in(text), "{text}");
        }
        for text in ["+155501012", "915550101", "", "+1555"] {
            assert!(!number.is_in(text), "{text}");
        }
        let bare = Number::read("1 555 010 1000").expect("a number");
        assert!(bare.forms().contains("+15550101000"));
        for wrong in ["", "+12", "abc", &"1".repeat(65)] {
            assert!(Number::read(wrong).is_err(), "{wrong}");
        }
    }
}
