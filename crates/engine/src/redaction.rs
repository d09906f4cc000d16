//! What of a workspace's calls not everybody may see, as its administrators and its agents say it. Who may is decided where people ask;
//! flows see everything.

use crate::settings::Settings;
use crate::{Engine, Refusal};
use calls::Confidential;
use kernel::id::WorkspaceId;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Of the workspace's document.
const PART: &str = "redaction";

/// What was refused when it was saved is not there.
pub(crate) fn of(settings: &Settings, variables: &BTreeSet<String>) -> Confidential {
    let fields: Vec<String> = settings.part(PART);
    let known = Confidential::read(&fields, "").unwrap_or_default();
    known.with_variables(variables)
}

impl Engine {
    /// All that is confidential, with what agents say.
    pub async fn confidential(&self, workspace: WorkspaceId) -> store::Result<Arc<Confidential>> {
        let inner = &self.inner;
        let book = inner.plans.current(&*inner.store, &*inner.world, workspace);
        Ok(book.await?.confidential.clone())
    }

    /// The fields that an administrator has named, the variables that agents call confidential, and the version to save over.
    pub async fn redaction(
        &self,
        workspace: WorkspaceId,
    ) -> store::Result<(Vec<String>, Vec<String>, u32)> {
        let inner = &self.inner;
        let (fields, version) = inner.setting(workspace, PART).await?;
        let book = inner.plans.current(&*inner.store, &*inner.world, workspace);
        let variables = book.await?.agents.confidential().iter().cloned().collect();
        Ok((fields, variables, version))
    }

    /// Names the fields; `expect` is the version that they replace, where the caller cares.
    pub async fn save_redaction(
        &self,
        workspace: WorkspaceId,
        expect: Option<u32>,
        fields: &[String],
    ) -> Result<u32, Refusal> {
        Confidential::read(fields, "/fields").map_err(Refusal::Invalid)?;
        self.inner
            .save_setting(workspace, PART, expect, &fields)
            .await
    }
}
