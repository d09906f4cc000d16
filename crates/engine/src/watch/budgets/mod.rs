//! Budgets: what is used of them is looked at in the rounds of one node, never on the way of an event. One that stops pauses the
//! flows concerned with the pause that there is; which flows are paused follows from the budgets, whoever died in between.

mod keep;
mod used;
mod warn;

pub use keep::{Held, Standing};
pub(super) use used::Closed;

use super::health::{Paused, Why};
use super::trouble::AlertKind;
use super::{ROUND, SELDOM};
use crate::engine::Inner;
use crate::pages::Pages;
use crate::plans::Compiled;
use crate::resource::Kept;
use crate::{Refusal, wire};
use kernel::Timestamp;
use kernel::id::{BudgetId, FlowId, WorkspaceId};
use std::collections::HashMap;
use std::sync::Arc;
use store::catalog::{Kind, Put};
use tokio::time::Instant;
use used::Reading;

const KIND: AlertKind = AlertKind::Budget;

/// What a round goes by.
#[derive(Default)]
struct Round {
    reading: Reading,
    /// Budgets that are used up. `None`: one that could not be looked at, so that nothing of its workspace goes on.
    stopping: HashMap<WorkspaceId, Vec<(BudgetId, Option<Stopping>)>>,
}

impl Round {
    fn stops(&mut self, workspace: WorkspaceId, budget: BudgetId, stopping: Option<Stopping>) {
        let stopping = (budget, stopping);
        self.stopping.entry(workspace).or_default().push(stopping);
    }

    fn is_known(&self, workspace: WorkspaceId) -> bool {
        let mut stopping = self.stopping.get(&workspace).into_iter().flatten();
        stopping.all(|(_, stopping)| stopping.is_some())
    }

    /// The budgets that stop a flow.
    fn stopping(&self, workspace: WorkspaceId, flow: &Compiled) -> Vec<BudgetId> {
        let all = self.stopping.get(&workspace).into_iter().flatten();
        let concerned = all.filter(|(_, stopping)| {
            let stopping = stopping.as_ref();
            stopping.is_some_and(|stopping| stopping.concerns(flow))
        });
        concerned.map(|(id, _)| *id).collect()
    }
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
    /// In a task of its own: flows that fail are looked at meanwhile, however much is to be read.
    pub(crate) async fn watch_budgets(self: Arc<Self>) {
        loop {
            let began = Instant::now();
            // One node looks for all: the owner of the first partition.
            if self.nodes.works_on(0)
                && let Err(error) = self.look_at_budgets().await
            {
                tracing::warn!(%error, "looking after budgets waits for the store");
            }
            tokio::select! {
                biased;
                () = self.stopping.cancelled() => return,
                () = tokio::time::sleep(ROUND.max(began.elapsed() * SELDOM)) => {}
            }
        }
    }

    async fn look_at_budgets(self: &Arc<Self>) -> store::Result<()> {
        let mut round = Round::default();
        for (workspace, id, kept) in self.all_budgets().await? {
            let looked = match kept {
                Ok(kept) => self.look_at_budget(&mut round, workspace, &kept).await,
                Err(error) => Err(error),
            };
            if let Err(error) = looked {
                round.stops(workspace, id, None);
                tracing::warn!(%error, budget = %id, "a budget cannot be looked at");
            }
        }
        for (workspace, flow, paused) in self.pauses_for_budgets(None).await? {
            let looked = self.look_at_pause(&round, workspace, flow, &paused);
            if let Err(error) = looked.await {
                tracing::warn!(%error, %flow, "a flow that a budget pauses cannot be looked at");
            }
        }
        Ok(())
    }

    /// Lets a flow go on that no budget holds back any more. One that is off by now is left alone with what it has missed.
    async fn look_at_pause(
        &self,
        round: &Round,
        workspace: WorkspaceId,
        id: FlowId,
        paused: &Paused,
    ) -> store::Result<()> {
        if self.is_off(id).await? {
            self.start_again(workspace, id, paused, false).await?;
            return Ok(());
        }
        if !round.is_known(workspace) {
            return Ok(());
        }
        let book = self
            .plans
            .current(&*self.store, &*self.world, workspace)
            .await?;
        let stopping = book.by_id(id).map(|flow| round.stopping(workspace, &flow));
        let stopping = stopping.unwrap_or_default();
        match stopping.first() {
            Some(_) if paused.budget.is_some_and(|id| stopping.contains(&id)) => {}
            Some(other) => self.pause_for(id, paused, *other).await?,
            None => _ = self.start_again(workspace, id, paused, true).await?,
        }
        Ok(())
    }

    /// All, those that cannot be read as well.
    async fn all_budgets(
        &self,
    ) -> store::Result<Vec<(WorkspaceId, BudgetId, store::Result<Kept<Held>>)>> {
        let mut all = Vec::new();
        let mut pages = Pages::new(&*self.store, None, Kind::Budget);
        while let Some(page) = pages.next().await? {
            for document in &page {
                let id = BudgetId::from_bytes(document.id);
                all.push((document.workspace, id, Kept::read(document)));
            }
        }
        Ok(all)
    }

    async fn pauses_for_budgets(
        &self,
        workspace: Option<WorkspaceId>,
    ) -> store::Result<Vec<(WorkspaceId, FlowId, Paused)>> {
        let mut all = Vec::new();
        let mut pages = Pages::new(&*self.store, workspace, Kind::Pause);
        while let Some(page) = pages.next().await? {
            for document in &page {
                let flow = FlowId::from_bytes(document.id);
                match wire::decode::<Paused>("a pause", &document.body) {
                    Ok(paused) if paused.budget.is_some() => {
                        all.push((document.workspace, flow, paused));
                    }
                    Ok(_) => {}
                    Err(error) => tracing::warn!(%error, %flow, "a pause cannot be looked at"),
                }
            }
        }
        Ok(all)
    }

    async fn look_at_budget(
        self: &Arc<Self>,
        round: &mut Round,
        workspace: WorkspaceId,
        kept: &Kept<Held>,
    ) -> store::Result<()> {
        let settings = &kept.value.settings;
        let found = round.reading.used(self, workspace, settings).await?;
        let (level, now) = (settings.level(found.used), self.stamp.now());
        let mut held = kept.value.clone();
        let subject = kept.id.to_string();
        let is_new = held.period != Some(found.from);
        if is_new {
            (held.period, held.level, held.spared) = (Some(found.from), 0, Vec::new());
        }
        if is_new || level != held.level {
            let change = (held.level, level);
            self.tell_level(workspace, kept.id, settings, change, &found)
                .await?;
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
                round.stops(workspace, kept.id, None);
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
        round.stops(workspace, kept.id, Some(stopping));
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

    /// The words by which flows may mean an agent: its name and its id, here and on its platform.
    async fn names_of(&self, workspace: WorkspaceId, name: &str) -> store::Result<Vec<String>> {
        let mut names = vec![name.to_owned()];
        let alias = crate::resource::alias(workspace, name);
        if let Some(document) = self.store.find(Kind::Agent, &alias).await? {
            let kept = Kept::<calls::agent::Agent>::read(&document)?;
            names.push(kept.id.to_string());
            names.extend(kept.value.provider_agent_id);
        }
        Ok(names)
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
