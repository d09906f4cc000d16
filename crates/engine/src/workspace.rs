//! What a workspace is called, and how long its calls are waited for where their agents do not say.

use crate::settings::Settings;
use crate::{Engine, Refusal};
use calls::agent;
use kernel::Problem;
use kernel::id::WorkspaceId;

const LONGEST_NAME: usize = 100;

/// Of the workspace's document.
pub(crate) const SETTLE_WITHIN_S: &str = "settle_within_s";

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Workspace {
    /// Without space around it.
    pub name: String,
    /// `None`: as everybody has it.
    pub settle_within_s: Option<u32>,
}

impl Workspace {
    fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let length = self.name.chars().count();
        if !(1..=LONGEST_NAME).contains(&length) || self.name.chars().any(char::is_control) {
            let message = format!("must have 1 to {LONGEST_NAME} characters on one line");
            problems.push(Problem::new("/name", message));
        }
        let bounds = agent::SETTLE_WITHIN_S;
        if self
            .settle_within_s
            .is_some_and(|own| !bounds.contains(&own))
        {
            let message = format!("is {} to {} seconds", bounds.start(), bounds.end());
            problems.push(Problem::new("/settle_within_s", message));
        }
        problems
    }
}

impl Engine {
    /// And the version to save over.
    pub async fn workspace(&self, id: WorkspaceId) -> store::Result<(Workspace, u32)> {
        let (settings, version) = self.inner.settings(id).await?;
        let workspace = Workspace {
            settle_within_s: settings.part(SETTLE_WITHIN_S),
            name: settings.name,
        };
        Ok((workspace, version))
    }

    /// `expect` is the version that this replaces, where the caller cares. Answers the version that there is then.
    pub async fn save_workspace(
        &self,
        id: WorkspaceId,
        expect: Option<u32>,
        workspace: &Workspace,
    ) -> Result<u32, Refusal> {
        let problems = workspace.problems();
        if !problems.is_empty() {
            return Err(Refusal::Invalid(problems));
        }
        let set = |settings: &mut Settings| {
            settings.name = workspace.name.clone();
            settings.set(SETTLE_WITHIN_S, &workspace.settle_within_s);
        };
        self.inner.change_settings(id, expect, set).await
    }
}
