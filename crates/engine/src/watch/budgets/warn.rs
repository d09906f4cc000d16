//! What people are told of a budget: an alert, and an event for flows that watch, of the call of the last run that counted.

use super::KIND;
use super::used::Use;
use crate::engine::Inner;
use crate::watch::health::Telling;
use crate::watch::trouble::Trouble;
use crate::wire;
use kernel::id::{BudgetId, WorkspaceId};
use kernel::run::{Run, said};
use kernel::usage::Budget;
use kernel::usage::budget::FULL;
use serde_json::json;
use store::archive::{Page, RunFilter};

const EVENT: &str = "budget.reached";

impl Inner {
    /// Says what level of a budget is reached, where it was another. What the alert says already has been told, also by whoever
    /// died before it was noted.
    pub(super) async fn tell_level(
        &self,
        workspace: WorkspaceId,
        id: BudgetId,
        budget: &Budget,
        (before, level): (u8, u8),
        found: &Use,
    ) -> store::Result<()> {
        let subject = id.to_string();
        let open = self.trouble(workspace, KIND, &subject).await?;
        let of_before = open
            .as_ref()
            .is_some_and(|(open, _)| open.since != found.from);
        if level == 0 || of_before {
            self.resolve_alert(workspace, KIND, &subject).await?;
        }
        let told = open.filter(|_| !of_before).and_then(|(open, _)| open.level);
        let told = told.unwrap_or(0).max(before);
        if level == 0 || level == told {
            return Ok(());
        }
        let trouble = trouble(id, budget, level, found);
        if level < told {
            return self.raise_alert(workspace, &trouble).await;
        }
        let failing = json!({
            "budget": budget.name, "budget_id": subject, "of": budget.of, "level": level,
            "used": found.used, "limit": budget.limit, "since": found.from.to_string(),
        });
        let owed = self
            .reached(workspace, budget, &trouble.cause, failing)
            .await?;
        self.raise_and_owe(workspace, &trouble, owed).await
    }

    /// `None`: nobody listens, or no run has counted for it.
    async fn reached(
        &self,
        workspace: WorkspaceId,
        budget: &Budget,
        cause: &str,
        failing: serde_json::Value,
    ) -> store::Result<Option<Telling>> {
        let book = self
            .plans
            .current(&*self.store, &*self.world, workspace)
            .await?;
        if !book.starts_any(EVENT) && !book.pauses(EVENT) {
            return Ok(None);
        }
        let filter = RunFilter {
            workspace: Some(workspace),
            flow: budget.flow,
            agent: budget.agent.clone(),
            ..RunFilter::default()
        };
        let last = Page {
            before: None,
            limit: 1,
        };
        let Some(row) = self.store.runs(&filter, last).await?.pop() else {
            return Ok(None);
        };
        let run: Run = wire::decode("a run", &row.state)?;
        let name = book.by_id(row.flow).map(|flow| flow.plan.name.clone());
        let mut said = said(&run, &row.flow.to_string(), &name.unwrap_or_default());
        let error = json!({ "code": "budget", "message": cause, "step": null, "status": null });
        said.insert("error".into(), error);
        said.insert("failing".into(), failing);
        Ok(Some(self.telling(EVENT, row.id, None, said)))
    }
}

fn trouble(id: BudgetId, budget: &Budget, level: u8, found: &Use) -> Trouble {
    let stops = match (budget.stops(level), level) {
        (true, _) => ": the flows concerned start no runs until it begins anew",
        (false, FULL) => ": it is used up",
        (false, _) => "",
    };
    let what = budget.of.replace('_', " ");
    Trouble {
        kind: KIND,
        subject: id.to_string(),
        title: format!("budget {} is at {level} %{stops}", budget.name),
        cause: format!("{} of {} {what} are used", found.used, budget.limit),
        since: found.from,
        count: 1,
        level: Some(level),
        flow: budget.flow,
        run: None,
        address: None,
    }
}
