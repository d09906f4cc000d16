//! Contacts as documents, told apart by their numbers in E.164, so that a call finds its contact by one look-up.

mod find;
mod handle;
mod import;
mod known;

pub use find::{ContactFilter, ContactWalk, Counted};
pub use import::{Import, ImportPlan, Mode, Refused, Tally};
pub(crate) use known::{Contacts, Found, complete_phone_type};

use crate::Refusal;
use crate::engine::Inner;
use crate::resource::{Kept, Resource};
use calls::contact::Contact;
use kernel::Problem;
use kernel::id::{ContactId, WorkspaceId};
use store::catalog::Kind;

impl Resource for Contact {
    type Id = kernel::id::Contact;
    const KIND: Kind = Kind::Contact;
    const WHAT: &'static str = "such contact";

    fn name(&self) -> String {
        self.search_text()
    }

    fn unique(&self) -> String {
        self.phone.clone()
    }

    fn taken(&self) -> String {
        format!("the number `{}`", self.phone)
    }
}

impl Inner {
    pub(crate) async fn save_contact(
        &self,
        workspace: WorkspaceId,
        id: Option<ContactId>,
        expect: Option<u32>,
        contact: Contact,
    ) -> Result<Kept<Contact>, Refusal> {
        let contact = checked(contact, None).map_err(Refusal::Invalid)?;
        let kept = self.keep(workspace, id, expect, contact).await?;
        self.contacts.forget(workspace);
        Ok(kept)
    }
}

/// A contact that may be kept: its number in E.164, nothing that is empty. `country` is where a number without one is dialled.
fn checked(mut contact: Contact, country: Option<&str>) -> Result<Contact, Vec<Problem>> {
    for text in [
        &mut contact.first_name,
        &mut contact.last_name,
        &mut contact.email,
        &mut contact.company,
    ] {
        *text = text
            .take()
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty());
    }
    contact.columns.retain(|_, value| !value.is_null());
    let mut problems = contact.problems();
    match filters::number_in(&contact.phone, country) {
        Some((phone, _)) => contact.phone = phone,
        None => problems.insert(
            0,
            Problem::new("/phone", wrong_phone(&contact.phone, country)),
        ),
    }
    match problems.is_empty() {
        true => Ok(contact),
        false => Err(problems),
    }
}

fn wrong_phone(phone: &str, country: Option<&str>) -> String {
    let shown: String = phone.chars().take(40).collect();
    let is_rounded = phone.contains(['E', 'e']) && phone.parse::<f64>().is_ok();
    match (phone.trim().is_empty(), country) {
        (true, _) => "a contact needs a phone number".into(),
        _ if is_rounded => format!(
            "`{shown}` was rounded by a spreadsheet: format the column as text and export it again"
        ),
        (_, None) if !phone.trim_start().starts_with('+') => format!(
            "`{shown}` has no country: write it as +14155550100, or say which country numbers without one are of"
        ),
        _ => format!("`{shown}` is no number that its country's plan knows"),
    }
}
