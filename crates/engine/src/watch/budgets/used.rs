//! What is used of budgets: read once for all budgets of a workspace and period, by flow and agent. Hours that are over are kept
//! in memory, and read anew when another one is: what was committed late counts by then.

use crate::engine::Inner;
use crate::plans::lock;
use crate::usage::{Amounts, end};
use kernel::Timestamp;
use kernel::id::WorkspaceId;
use kernel::usage::{Budget, Prices, hour};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use store::Tally;
use store::tally::{By, TallyFilter};

/// Where flows and agents are more, each budget is read for itself.
const MOST_SUMS: u32 = 100_000;

/// `None`: too many.
type Sums = Option<Arc<Vec<Tally>>>;

/// Sums of the hours of periods that are over, by workspace, first hour, and the first that does not belong to them.
#[derive(Default)]
pub(crate) struct Closed(Mutex<HashMap<(WorkspaceId, u32, u32), Sums>>);

/// How much is used of a budget, and its period.
pub(super) struct Use {
    pub used: f64,
    pub from: Timestamp,
    pub to: Timestamp,
}

/// Prices and periods, each read once.
#[derive(Default)]
pub(super) struct Reading {
    prices: HashMap<WorkspaceId, Prices>,
    periods: HashMap<(WorkspaceId, Timestamp), [Sums; 2]>,
}

impl Reading {
    pub async fn used(
        &mut self,
        inner: &Inner,
        workspace: WorkspaceId,
        budget: &Budget,
    ) -> store::Result<Use> {
        let prices = match self.prices.get(&workspace) {
            Some(prices) => prices.clone(),
            None => inner.prices(workspace).await?.0,
        };
        self.prices.insert(workspace, prices.clone());
        let (from, to) = budget.per.around(inner.stamp.now(), &prices.zone());
        let sums = match self.periods.get(&(workspace, from)) {
            Some(sums) => sums.clone(),
            None => inner.period(workspace, from, to).await?,
        };
        self.periods.insert((workspace, from), sums.clone());
        let used = match &sums {
            [Some(closed), Some(open)] => {
                let mut amounts = Amounts::default();
                let all = closed.iter().chain(open.iter());
                let its = all.filter(|tally| is_of(budget, tally));
                its.for_each(|tally| amounts.add(tally));
                budget.used(&prices, |meter| amounts.of(meter))
            }
            _ => inner.used(workspace, budget, &prices, from, to).await?,
        };
        Ok(Use { used, from, to })
    }
}

fn is_of(budget: &Budget, tally: &Tally) -> bool {
    let is_its = budget.flow.is_none() || budget.flow == tally.flow;
    is_its && (budget.agent.is_none() || budget.agent == tally.agent)
}

impl Inner {
    /// Sums of the hours of a period that are over, and of the others.
    async fn period(
        &self,
        workspace: WorkspaceId,
        from: Timestamp,
        to: Timestamp,
    ) -> store::Result<[Sums; 2]> {
        let (first, last) = (end(from), end(to).max(end(from)));
        // What has been counted in the last hour may not be committed yet.
        let now = hour(self.stamp.now()).saturating_sub(1);
        let over = now.clamp(first, last);
        let key = (workspace, first, over);
        let known = lock(&self.watch.closed.0).get(&key).cloned();
        let closed = match known {
            Some(closed) => closed,
            None => {
                let closed = self.sums(workspace, first, over).await?;
                let mut kept = lock(&self.watch.closed.0);
                kept.retain(|(.., over), _| *over >= now);
                kept.insert(key, closed.clone());
                closed
            }
        };
        Ok([closed, self.sums(workspace, over, last).await?])
    }

    async fn sums(
        &self,
        workspace: WorkspaceId,
        from_hour: u32,
        to_hour: u32,
    ) -> store::Result<Sums> {
        let filter = TallyFilter {
            workspace,
            from_hour,
            to_hour,
            flow: None,
            agent: None,
            destination: None,
            meters: Vec::new(),
            limit: MOST_SUMS,
        };
        let by = By {
            flow: true,
            agent: true,
            ..By::default()
        };
        let sums = self.store.tallies(&filter, by).await?;
        Ok((sums.len() < MOST_SUMS as usize).then(|| Arc::new(sums)))
    }
}
