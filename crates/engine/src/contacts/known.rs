//! The contact of a call, looked up by the customer's number when a message is accepted. Workspaces without contacts are
//! remembered for a moment, so that their events cost no look-up; with contacts it is one point read for a message that names
//! a number. What is told of a contact goes before what is kept of it, and where it is of another person nothing is added.

use crate::engine::Inner;
use crate::plans::lock;
use crate::resource::{Kept, alias};
use calls::contact::Contact;
use calls::{Call, Observation, Snapshot};
use kernel::Timestamp;
use kernel::id::{ContactId, WorkspaceId};
use serde_json::{Map, Value};
use std::collections::{BTreeSet, HashMap};
use std::sync::Mutex;
use store::catalog::Kind;

/// How long another node's first contact may go unseen, in seconds.
const FORGETS_S: i64 = 5;

/// Whether workspaces have any contact, and when that was looked up.
#[derive(Default)]
pub(crate) struct Contacts(Mutex<HashMap<WorkspaceId, (bool, Timestamp)>>);

impl Contacts {
    pub fn forget(&self, workspace: WorkspaceId) {
        lock(&self.0).remove(&workspace);
    }

    fn are_there(&self, workspace: WorkspaceId, now: Timestamp) -> Option<bool> {
        let (any, seen) = lock(&self.0).get(&workspace).copied()?;
        let age = now.as_second().saturating_sub(seen.as_second());
        (any || (0..FORGETS_S).contains(&age)).then_some(any)
    }

    fn note(&self, workspace: WorkspaceId, any: bool, now: Timestamp) {
        lock(&self.0).insert(workspace, (any, now));
    }
}

/// What was found, by number.
#[derive(Default)]
pub(crate) struct Found(HashMap<String, Map<String, Value>>);

impl Found {
    /// What `complete` is to know of a call as it was before a message.
    pub fn before(&self, call: Option<&Call>) -> Map<String, Value> {
        let call = call.filter(|_| !self.0.is_empty());
        call.map(|call| call.snapshot.contact.clone())
            .unwrap_or_default()
    }

    /// Adds to a call what follows from its customer's number. `before` is its contact before it was `told` this.
    pub fn complete(&self, call: &mut Call, before: &Map<String, Value>, told: &Snapshot) {
        self.complete_contact(&mut call.snapshot, before, &told.contact);
        complete_phone_type(&mut call.snapshot);
    }

    /// Adds to a call's contact what it does not say and the one with its customer's number does; or takes back what was added,
    /// once it is told that this is another person.
    fn complete_contact(
        &self,
        known: &mut Snapshot,
        before: &Map<String, Value>,
        told: &Map<String, Value>,
    ) {
        let number = known.customer_number().and_then(plain);
        let Some(kept) = number.and_then(|number| self.0.get(&number)) else {
            return;
        };
        // What was added says nothing about who it is, nor does what is told again.
        if !before.is_empty() && before.get("id") == kept.get("id") {
            let mut news = told.clone();
            news.retain(|name, value| before.get(name) != Some(value));
            if is_another(&news, kept) {
                let is_told = |name: &str| name == "phone" || told.contains_key(name);
                let stays =
                    |name: &str, value: &Value| is_told(name) || kept.get(name) != Some(value);
                known.contact.retain(|name, value| stays(name, value));
                return;
            }
        } else if is_another(&known.contact, kept) {
            return;
        }
        for (name, value) in kept {
            let told = known.contact.get(name);
            let is_same_number = || {
                let told = told.and_then(Value::as_str).and_then(plain);
                name == "phone" && told.as_deref() == value.as_str()
            };
            if told.is_none_or(is_empty) || is_same_number() {
                known.contact.insert(name.clone(), value.clone());
            }
        }
    }
}

/// What a customer's number was made for, once it is known; of another number, something else.
pub(crate) fn complete_phone_type(call: &mut Snapshot) {
    let known = call.customer_number().and_then(filters::number);
    call.phone_type = known.map(|(_, kind)| kind.to_owned());
}

impl Inner {
    pub(crate) async fn contacts_of(
        &self,
        workspace: WorkspaceId,
        observations: &[Observation],
    ) -> store::Result<Found> {
        let now = self.stamp.now();
        let known = self.contacts.are_there(workspace, now);
        if known == Some(false) {
            return Ok(Found::default());
        }
        let told = observations.iter().map(|seen| &seen.call);
        let numbers: BTreeSet<String> = told.flat_map(numbers).collect();
        if numbers.is_empty() {
            return Ok(Found::default());
        }
        if known.is_none() {
            let any = self.store.has_any(workspace, Kind::Contact).await?;
            self.contacts.note(workspace, any, now);
            if !any {
                return Ok(Found::default());
            }
        }
        let aliases = numbers.iter().map(|number| alias(workspace, number));
        let documents = self
            .store
            .find_all(Kind::Contact, aliases.collect())
            .await?;
        let mut found = Found::default();
        for document in documents {
            let kept: Kept<Contact> = Kept::read(&document)?;
            let shown = kept.value.shown(&kept.id.to_string());
            found.0.insert(kept.value.phone, shown);
        }
        Ok(found)
    }
}

/// Whether what is told is of another person with the same number: by our id or by the e-mail address where both have one, else by
/// names of which neither is a part of the other.
fn is_another(told: &Map<String, Value>, kept: &Map<String, Value>) -> bool {
    let of = |contact: &Map<String, Value>, name: &str| {
        let text = contact.get(name).and_then(Value::as_str).map(str::trim);
        text.filter(|text| !text.is_empty()).map(str::to_lowercase)
    };
    let ours = |id: &String| id.parse::<ContactId>().is_ok();
    if let Some(id) = of(told, "id").filter(ours) {
        return Some(id) != of(kept, "id");
    }
    if let (Some(told), Some(kept)) = (of(told, "email"), of(kept, "email")) {
        return told != kept;
    }
    let names = |contact: &Map<String, Value>| -> BTreeSet<String> {
        let names = ["first_name", "last_name", "full_name", "name"];
        let names = names.iter().filter_map(|name| of(contact, name));
        let words = names.flat_map(|name| {
            name.split_whitespace()
                .map(String::from)
                .collect::<Vec<_>>()
        });
        words.collect()
    };
    let (told, kept) = (names(told), names(kept));
    !told.is_subset(&kept) && !kept.is_subset(&told)
}

fn is_empty(told: &Value) -> bool {
    told.is_null() || told.as_str().is_some_and(str::is_empty)
}

/// Who may be the customer: the one that the direction says, either side and who is named as contact before it is known.
fn numbers(told: &Snapshot) -> impl Iterator<Item = String> {
    let is_known = matches!(told.direction.as_deref(), Some("inbound" | "outbound"));
    let sides = match is_known {
        true => [told.customer_number(), None, None],
        false => [
            told.from.as_deref(),
            told.to.as_deref(),
            told.customer_number(),
        ],
    };
    sides.map(|side| side.and_then(plain)).into_iter().flatten()
}

/// A number as contacts have it; `None` for what is none with its country.
fn plain(number: &str) -> Option<String> {
    let rest = number.trim().strip_prefix('+')?;
    let is_sign = |c: char| matches!(c, ' ' | '-' | '(' | ')' | '.' | '/' | '\u{a0}');
    let digits: String = rest.chars().filter(|c| !is_sign(*c)).collect();
    let fits = (4..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| format!("+{digits}"))
}
