//! Budgets as people keep them, and how each stands.

use super::KIND;
use super::used::{Reading, Use};
use crate::resource::{Kept, Resource};
use crate::{Engine, Refusal};
use kernel::id::{BudgetId, FlowId, WorkspaceId};
use kernel::usage::Budget;
use kernel::{Problem, Timestamp};
use serde::{Deserialize, Serialize};
use store::catalog::Kind;

const MOST: usize = 100;

/// A budget with what is remembered of its period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Held {
    pub settings: Budget,
    /// When the period began of which the rest is.
    #[serde(default)]
    pub period: Option<Timestamp>,
    /// Of which people were told last.
    #[serde(default)]
    pub level: u8,
    /// Flows that people let go on although it is used up.
    #[serde(default)]
    pub spared: Vec<FlowId>,
}

impl Resource for Held {
    type Id = kernel::id::Budget;
    const KIND: Kind = Kind::Budget;
    const WHAT: &'static str = "such budget";

    fn name(&self) -> String {
        self.settings.name.to_lowercase()
    }

    fn unique(&self) -> String {
        self.settings.name.clone()
    }

    fn taken(&self) -> String {
        format!("the budget name `{}`", self.settings.name)
    }
}

/// How a budget stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    pub kept: Kept<Held>,
    pub used: f64,
    pub from: Timestamp,
    pub to: Timestamp,
    /// Flows that are paused for it.
    pub paused: Vec<FlowId>,
}

impl Engine {
    /// Keeps a new budget (`id: None`) or a change of one; `expect` is the version that it replaces, where the caller cares.
    pub async fn save_budget(
        &self,
        workspace: WorkspaceId,
        id: Option<BudgetId>,
        expect: Option<u32>,
        mut settings: Budget,
    ) -> Result<Standing, Refusal> {
        settings.name = settings.name.trim().to_owned();
        let mut problems = settings.problems();
        if let Some(flow) = settings.flow {
            let there = self.store().get(Kind::Flow, flow.bytes()).await?;
            if there.is_none_or(|there| there.workspace != workspace) {
                problems.push(Problem::new("/flow", format!("there is no flow `{flow}`")));
            }
        }
        if !problems.is_empty() {
            return Err(Refusal::Invalid(problems));
        }
        let current = match id {
            Some(id) => Some(self.inner.kept::<Held>(workspace, id).await?),
            None => None,
        };
        if current.is_none() && self.kept_budgets(workspace).await?.len() >= MOST {
            return Err(Refusal::NotNow(format!(
                "a workspace has at most {MOST} budgets: delete one first"
            )));
        }
        // What is remembered of the period is read with what it belongs to.
        let expect = expect.or(current.as_ref().map(|current| current.version));
        let held = match current {
            Some(current) => Held {
                settings,
                ..current.value
            },
            None => Held {
                settings,
                period: None,
                level: 0,
                spared: Vec::new(),
            },
        };
        let kept = self.inner.keep(workspace, id, expect, held).await?;
        self.standing(workspace, kept).await
    }

    pub async fn budget(&self, workspace: WorkspaceId, id: BudgetId) -> Result<Standing, Refusal> {
        let kept = self.inner.kept(workspace, id).await?;
        self.standing(workspace, kept).await
    }

    /// Newest first.
    pub async fn budgets(&self, workspace: WorkspaceId) -> Result<Vec<Standing>, Refusal> {
        let all = self.kept_budgets(workspace).await?;
        self.standings(workspace, all).await
    }

    async fn kept_budgets(&self, workspace: WorkspaceId) -> Result<Vec<Kept<Held>>, Refusal> {
        self.inner.listed(workspace, &[], None, MOST as u32).await
    }

    /// What it holds back goes on with the next round.
    pub async fn delete_budget(&self, workspace: WorkspaceId, id: BudgetId) -> Result<(), Refusal> {
        self.inner.remove::<Held>(workspace, id).await?;
        self.inner
            .resolve_alert(workspace, KIND, &id.to_string())
            .await?;
        Ok(())
    }

    async fn standing(
        &self,
        workspace: WorkspaceId,
        kept: Kept<Held>,
    ) -> Result<Standing, Refusal> {
        let mut standings = self.standings(workspace, vec![kept]).await?;
        standings.pop().ok_or(Refusal::NotFound(Held::WHAT))
    }

    async fn standings(
        &self,
        workspace: WorkspaceId,
        all: Vec<Kept<Held>>,
    ) -> Result<Vec<Standing>, Refusal> {
        let inner = &self.inner;
        let pauses = inner.pauses_for_budgets(Some(workspace)).await?;
        let (mut reading, mut standings) = (Reading::default(), Vec::with_capacity(all.len()));
        for kept in all {
            let Use { used, from, to } =
                reading.used(inner, workspace, &kept.value.settings).await?;
            let paused = pauses
                .iter()
                .filter(|(.., paused)| paused.budget == Some(kept.id));
            let paused = paused.map(|(_, flow, _)| *flow).collect();
            standings.push(Standing {
                kept,
                used,
                from,
                to,
                paused,
            });
        }
        Ok(standings)
    }
}
