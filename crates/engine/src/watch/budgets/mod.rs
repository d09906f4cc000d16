//! Budgets: what is used of them is looked at in the rounds of one node, never on the way of an event. One that stops pauses the
//! flows concerned with the pause that there is; which flows are paused follows from the budgets, whoever died in between.

mod keep;
mod warn;

pub use keep::{Held, Standing};

use super::health::{Paused, Why};
use super::trouble::AlertKind;
use crate::engine::Inner;
use crate::plans::Compiled;
use crate::resource::Kept;
use crate::{Refusal, wire};
use kernel::Timestamp;
use kernel::id::{BudgetId, FlowId, WorkspaceId};
use kernel::usage::Prices;
use std::collections::HashMap;
use std::sync::Arc;
use store::catalog::{Kind, Put};

const PAGE: u32 = 500;
const KIND: AlertKind = AlertKind::Budget;

/// What a round goes by.
#[derive(Default)]
struct Round {
    prices: HashMap<WorkspaceId, Prices>,
    /// Budgets that are used up. `None`: one that could not be looked at, so that what it holds back stays so.
    stopping: HashMap<BudgetId, Option<Stopping>>,
}

/// A budget that holds flows back.
struct Stopping {
    held: Held,
    /// The words by which flows may mean its agent.
    agent: Vec<String>,
}

impl Stopping {
    /// Of an agent those flows alone that start on no other one's calls.
    fn concerns(&self, flow: &Compiled) -> bool {
        let (budget, agents) = (&self.held.settings, &flow.plan.trigger.filters.agents);
        let is_its = match (&budget.flow, &budget.agent) {
            (Some(id), _) => flow.id == *id,
            (None, Some(_)) => {
                !agents.is_empty() && agents.iter().all(|name| self.agent.contains(name))
            }
            (None, None) => true,
        };
        is_its && !self.held.spared.contains(&flow.id)
    }
}

impl Inner {
    pub(super) async fn look_at_budgets(self: &Arc<Self>) -> store::Result<()> {
        let mut round = Round::default();
        for (workspace, kept) in self.all_budgets().await? {
            if let Err(error) = self.look_at_budget(&mut round, workspace, &kept).await {
                // What it holds back stays so until it can be looked at.
                round.stopping.insert(kept.id, None);
                tracing::warn!(%error, budget = %kept.id, "a budget cannot be looked at");
            }
        }
        for (workspace, flow, paused) in self.pauses_for_budgets(None).await? {
            if !self.is_held_back(&round, workspace, flow, &paused).await? {
                self.start_again(workspace, flow, &paused, true).await?;
            }
        }
        Ok(())
    }

    async fn is_held_back(
        &self,
        round: &Round,
        workspace: WorkspaceId,
        flow: FlowId,
        paused: &Paused,
    ) -> store::Result<bool> {
        let stopping = paused.budget.and_then(|budget| round.stopping.get(&budget));
        let Some(Some(stopping)) = stopping else {
            return Ok(stopping.is_some());
        };
        let book = self
            .plans
            .current(&*self.store, &*self.world, workspace)
            .await?;
        Ok(book
            .by_id(flow)
            .is_some_and(|flow| stopping.concerns(&flow)))
    }

    async fn all_budgets(&self) -> store::Result<Vec<(WorkspaceId, Kept<Held>)>> {
        let (mut all, mut before) = (Vec::new(), None);
        loop {
            let page = self.store.list(None, Kind::Budget, before, PAGE).await?;
            let Some(last) = page.last() else {
                return Ok(all);
            };
            before = Some(last.id);
            for document in &page {
                all.push((document.workspace, Kept::read(document)?));
            }
        }
    }

    async fn pauses_for_budgets(
        &self,
        workspace: Option<WorkspaceId>,
    ) -> store::Result<Vec<(WorkspaceId, FlowId, Paused)>> {
        let (mut all, mut before) = (Vec::new(), None);
        loop {
            let page = self
                .store
                .list(workspace, Kind::Pause, before, PAGE)
                .await?;
            let Some(last) = page.last() else {
                return Ok(all);
            };
            before = Some(last.id);
            for document in &page {
                let paused: Paused = wire::decode("a pause", &document.body)?;
                if paused.budget.is_some() {
                    all.push((document.workspace, FlowId::from_bytes(document.id), paused));
                }
            }
        }
    }

    async fn look_at_budget(
        self: &Arc<Self>,
        round: &mut Round,
        workspace: WorkspaceId,
        kept: &Kept<Held>,
    ) -> store::Result<()> {
        let prices = match round.prices.get(&workspace) {
            Some(prices) => prices.clone(),
            None => self.prices(workspace).await?.0,
        };
        round.prices.insert(workspace, prices.clone());
        let (settings, now) = (&kept.value.settings, self.stamp.now());
        let (from, to) = settings.per.around(now, &prices.zone());
        let used = self.used(workspace, settings, &prices, from, to).await?;
        let level = settings.level(used);
        let mut held = kept.value.clone();
        let subject = kept.id.to_string();
        if held.period != Some(from) {
            (held.period, held.level, held.spared) = (Some(from), 0, Vec::new());
            self.resolve_alert(workspace, KIND, &subject).await?;
        }
        if level != held.level {
            match level {
                0 => self.resolve_alert(workspace, KIND, &subject).await?,
                _ => {
                    self.warn_of_budget(workspace, kept.id, settings, level, used, from)
                        .await?
                }
            }
            held.level = level;
        }
        self.settle_alert(workspace, KIND, &subject).await?;
        if held != kept.value {
            let after = Kept {
                version: kept.version + 1,
                updated_at: now,
                value: held.clone(),
                ..kept.clone()
            };
            // Who has changed it meanwhile is looked at in the next round.
            if self
                .store
                .put(after.document(workspace), kept.version)
                .await?
                != Put::Saved
            {
                round.stopping.insert(kept.id, None);
                return Ok(());
            }
        }
        if !settings.stops(level) {
            return Ok(());
        }
        let agent = match &held.settings.agent {
            Some(name) => self.names_of(workspace, name).await?,
            None => Vec::new(),
        };
        let stopping = Stopping { held, agent };
        self.hold_back(workspace, kept.id, &stopping, now).await?;
        round.stopping.insert(kept.id, Some(stopping));
        Ok(())
    }

    /// Pauses the flows concerned that still start runs.
    async fn hold_back(
        &self,
        workspace: WorkspaceId,
        id: BudgetId,
        stopping: &Stopping,
        now: Timestamp,
    ) -> store::Result<()> {
        let book = self
            .plans
            .current(&*self.store, &*self.world, workspace)
            .await?;
        for flow in book.starting() {
            if stopping.concerns(&flow) {
                let paused = Paused {
                    since: now,
                    why: Why::Failures,
                    failures: 0,
                    address: None,
                    budget: Some(id),
                };
                self.put_pause(workspace, flow.id, &paused).await?;
            }
        }
        Ok(())
    }

    /// The words by which flows may mean an agent: its name, and its id.
    async fn names_of(&self, workspace: WorkspaceId, name: &str) -> store::Result<Vec<String>> {
        let alias = crate::resource::alias(workspace, name);
        let agent = self.store.find(Kind::Agent, &alias).await?;
        let id = agent.map(|agent| kernel::id::AgentId::from_bytes(agent.id).to_string());
        Ok([Some(name.to_owned()), id].into_iter().flatten().collect())
    }

    /// Somebody lets a flow go on although a budget is used up: for the rest of its period.
    pub(super) async fn spare(
        &self,
        workspace: WorkspaceId,
        id: BudgetId,
        flow: FlowId,
    ) -> Result<(), Refusal> {
        loop {
            let mut kept = match self.kept::<Held>(workspace, id).await {
                Ok(kept) => kept,
                Err(Refusal::NotFound(_)) => return Ok(()),
                Err(refusal) => return Err(refusal),
            };
            if !kept.value.spared.contains(&flow) {
                kept.value.spared.push(flow);
            }
            match self
                .keep(workspace, Some(id), Some(kept.version), kept.value)
                .await
            {
                Ok(_) => return Ok(()),
                Err(Refusal::Conflict(_)) => {}
                Err(refusal) => return Err(refusal),
            }
        }
    }
}
