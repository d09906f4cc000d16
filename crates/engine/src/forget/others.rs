//! What names a number beside its calls: its contact, columns of other contacts, alerts, messages that were refused, and what is
//! kept to answer repeated requests with.

use super::{Number, Removed, contact};
use crate::Refusal;
use crate::engine::Inner;
use crate::heard::Arrived;
use crate::pages::Pages;
use crate::resource::alias;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use kernel::id::WorkspaceId;
use serde_json::Value;
use store::catalog::{Document, Kind, Put};

const PAGE: u32 = 200;

impl Inner {
    /// Counts them, and removes them where that is wanted.
    pub(super) async fn others_about(
        &self,
        workspace: WorkspaceId,
        number: &Number,
        removes: bool,
    ) -> Result<Removed, Refusal> {
        let mut found = Removed::default();
        for form in number.forms() {
            let own = alias(workspace, form);
            if let Some(own) = self.store.find(Kind::Contact, &own).await? {
                found.contacts += 1;
                self.remove_if(removes, &own).await?;
            }
        }
        let kinds = [Kind::Contact, Kind::Alert, Kind::Health, Kind::Answer];
        for kind in kinds {
            let mut pages = Pages::new(&*self.store, Some(workspace), kind).by(PAGE);
            while let Some(page) = pages.next().await? {
                for document in &page {
                    self.look_at(document, number, removes, &mut found).await?;
                }
                tokio::task::yield_now().await;
            }
        }
        let names = |message: &Arrived| {
            let texts = [Some(&message.what), message.request.as_ref()];
            let mut texts = texts.into_iter().flatten();
            texts.any(|text| number.is_in(&text.to_string()))
        };
        found.messages += self.arrived_that(workspace, names, removes).await?;
        if removes {
            self.contacts.forget(workspace);
        }
        Ok(found)
    }

    async fn look_at(
        &self,
        document: &Document,
        number: &Number,
        removes: bool,
        found: &mut Removed,
    ) -> Result<(), Refusal> {
        let text = format!(
            "{} {}",
            document.name,
            String::from_utf8_lossy(&document.body)
        );
        match document.kind {
            Kind::Contact if number.is_in(&text) => {
                found.columns += self.empty_columns(document, number, removes).await?;
            }
            // What is remembered of a flow is found out again.
            Kind::Alert | Kind::Health if number.is_in(&text) => {
                found.alerts += u64::from(document.kind == Kind::Alert);
                self.remove_if(removes, document).await?;
            }
            Kind::Answer if self.answers_with(document, number) => {
                found.answers += 1;
                self.remove_if(removes, document).await?;
            }
            _ => {}
        }
        Ok(())
    }

    async fn remove_if(&self, removes: bool, document: &Document) -> Result<(), Refusal> {
        if removes {
            let now = self.stamp.now();
            self.store.delete(document.kind, document.id, now).await?;
        }
        Ok(())
    }

    /// How many columns of somebody else's contact name the number.
    async fn empty_columns(
        &self,
        document: &Document,
        number: &Number,
        removes: bool,
    ) -> Result<u64, Refusal> {
        let mut kept = contact(document)?;
        let value = &mut kept.value;
        if number.forms().contains(value.phone.as_str()) {
            return Ok(0);
        }
        let names = |value: &Value| value.as_str().is_some_and(|text| number.is_in(text));
        let before = value.columns.len();
        value.columns.retain(|_, value| !names(value));
        let mut emptied = before - value.columns.len();
        for text in [
            &mut value.first_name,
            &mut value.last_name,
            &mut value.email,
            &mut value.company,
        ] {
            if text.as_ref().is_some_and(|text| number.is_in(text)) {
                *text = None;
                emptied += 1;
            }
        }
        if removes && emptied > 0 {
            kept.version += 1;
            kept.updated_at = self.stamp.now();
            let changed = kept.document(document.workspace);
            if self.store.put(changed, document.version).await? != Put::Saved {
                return Err(Refusal::NotNow("a contact was changed meanwhile".into()));
            }
        }
        Ok(emptied as u64)
    }

    /// Whether an answer that is kept, sealed for its place, names the number.
    fn answers_with(&self, document: &Document, number: &Number) -> bool {
        let Ok(plain) = self.vault.open(&document.body, &document.id) else {
            return false;
        };
        let kept: Value = serde_json::from_slice(&plain).unwrap_or_default();
        let body = kept["answer"]["body"].as_str().unwrap_or_default();
        let body = BASE64_STANDARD.decode(body).unwrap_or_default();
        number.is_in(&String::from_utf8_lossy(&body))
    }
}
