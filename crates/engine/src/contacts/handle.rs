//! What callers of the engine do with contacts.

use super::{Import, ImportPlan};
use crate::resource::Kept;
use crate::{Engine, Refusal};
use calls::contact::Contact;
use kernel::id::{ContactId, WorkspaceId};

impl Engine {
    /// Keeps a new contact (`id: None`) or a change of one; `expect` is the version that it replaces, where the caller cares.
    pub async fn save_contact(
        &self,
        workspace: WorkspaceId,
        id: Option<ContactId>,
        expect: Option<u32>,
        contact: Contact,
    ) -> Result<Kept<Contact>, Refusal> {
        self.inner
            .save_contact(workspace, id, expect, contact)
            .await
    }

    pub async fn contact(
        &self,
        workspace: WorkspaceId,
        id: ContactId,
    ) -> Result<Kept<Contact>, Refusal> {
        self.inner.kept(workspace, id).await
    }

    pub async fn delete_contact(
        &self,
        workspace: WorkspaceId,
        id: ContactId,
    ) -> Result<(), Refusal> {
        self.inner.remove::<Contact>(workspace, id).await
    }

    /// Begins to read in a table whose first row is given.
    pub fn import_contacts(
        &self,
        workspace: WorkspaceId,
        plan: ImportPlan,
        headings: &[String],
    ) -> Result<Import, Refusal> {
        Import::new(self.inner.clone(), workspace, plan, headings)
    }
}
