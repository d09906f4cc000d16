//! Usage as people read it: sums of counters by hour, day, agent or flow, with what they cost by the workspace's prices.

use crate::engine::Inner;
use crate::{Engine, Refusal};
use kernel::id::{FlowId, WorkspaceId};
use kernel::usage::{Budget, Meter, Prices, hour};
use kernel::{Problem, Timestamp};
use std::collections::BTreeMap;
use std::time::Duration;
use store::Tally;
use store::tally::{By, Slice, TallyFilter};

const HOUR: i64 = 3_600;
const DAY: Duration = Duration::from_secs(24 * 3_600);
const MOST_HOURS: u32 = 32;
const MOST_DAYS: u32 = 400;
/// Sums that are read for one answer.
const MOST_SUMS: u32 = 200_000;
/// Lines of one answer.
const MOST_LINES: usize = 10_000;
/// The member of the workspace's document.
const PRICES: &str = "prices";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    Total,
    Hour,
    Day,
    Agent,
    Flow,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// In whole hours: the one that it lies in.
    pub from: Timestamp,
    /// The first moment that does not belong to it, rounded up to an hour.
    pub to: Timestamp,
    pub by: Group,
    pub agent: Option<String>,
    pub flow: Option<FlowId>,
}

/// Sums of one hour, day, agent or flow.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Line {
    pub at: Option<Timestamp>,
    pub agent: Option<String>,
    pub flow: Option<FlowId>,
    /// `None` also where it was deleted.
    pub flow_name: Option<String>,
    pub amounts: Amounts,
    pub credits: f64,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Amounts(BTreeMap<Meter, u64>);

impl Amounts {
    pub fn of(&self, meter: Meter) -> u64 {
        self.0.get(&meter).copied().unwrap_or(0)
    }

    pub(crate) fn add(&mut self, tally: &Tally) {
        if let Some(meter) = Meter::from_number(tally.meter) {
            let sum = self.0.entry(meter).or_default();
            *sum = sum.saturating_add(tally.amount);
        }
    }
}

impl Engine {
    pub async fn usage(&self, workspace: WorkspaceId, asked: &Asked) -> Result<Vec<Line>, Refusal> {
        self.inner.usage(workspace, asked).await
    }

    /// With the version of the workspace's document that holds them.
    pub async fn prices(&self, workspace: WorkspaceId) -> Result<(Prices, u32), Refusal> {
        Ok(self.inner.prices(workspace).await?)
    }

    /// `expect` is the version that they replace, where the caller cares; returns the new one.
    pub async fn save_prices(
        &self,
        workspace: WorkspaceId,
        expect: Option<u32>,
        prices: &Prices,
    ) -> Result<u32, Refusal> {
        let problems = prices.problems();
        if !problems.is_empty() {
            return Err(Refusal::Invalid(problems));
        }
        self.inner
            .save_setting(workspace, PRICES, expect, prices)
            .await
    }
}

impl Inner {
    pub(crate) async fn prices(&self, workspace: WorkspaceId) -> store::Result<(Prices, u32)> {
        self.setting(workspace, PRICES).await
    }

    /// What is used of a budget between two times.
    pub(crate) async fn used(
        &self,
        workspace: WorkspaceId,
        budget: &Budget,
        prices: &Prices,
        from: Timestamp,
        to: Timestamp,
    ) -> store::Result<f64> {
        let filter = TallyFilter {
            workspace,
            from_hour: end(from),
            to_hour: end(to),
            flow: budget.flow,
            agent: budget.agent.clone(),
            destination: None,
            meters: budget.meters().into_iter().map(Meter::number).collect(),
            limit: MOST_SUMS,
        };
        let mut amounts = Amounts::default();
        let sums = self.store.tallies(&filter, By::default()).await?;
        sums.iter().for_each(|tally| amounts.add(tally));
        Ok(budget.used(prices, |meter| amounts.of(meter)))
    }

    async fn usage(&self, workspace: WorkspaceId, asked: &Asked) -> Result<Vec<Line>, Refusal> {
        check(asked)?;
        let (prices, _) = self.prices(workspace).await?;
        let filter = TallyFilter {
            workspace,
            from_hour: hour(asked.from),
            to_hour: end(asked.to),
            flow: asked.flow,
            agent: asked.agent.clone(),
            destination: None,
            meters: Vec::new(),
            limit: MOST_SUMS,
        };
        let time = match asked.by {
            Group::Day if prices.zone == "UTC" => Slice::Day,
            Group::Day | Group::Hour => Slice::Hour,
            Group::Total | Group::Agent | Group::Flow => Slice::All,
        };
        let by = By {
            time,
            flow: asked.by == Group::Flow,
            agent: asked.by == Group::Agent,
            destination: false,
        };
        let sums = self.store.tallies(&filter, by).await?;
        let mut lines = empty(asked, &prices);
        for tally in &sums {
            let at = stretch(asked.by, of_hour(tally.hour), &prices);
            lines
                .entry((at, tally.flow, tally.agent.clone()))
                .or_default()
                .add(tally);
        }
        if sums.len() >= MOST_SUMS as usize || lines.len() > MOST_LINES {
            let message = format!("more than {MOST_LINES} lines: ask for a shorter time");
            return Err(Refusal::Invalid(vec![Problem::new("from", message)]));
        }
        let book = self
            .plans
            .current(&*self.store, &*self.world, workspace)
            .await?;
        let name = |flow: FlowId| book.by_id(flow).map(|flow| flow.plan.name.clone());
        let line = |((at, flow, agent), amounts): ((_, Option<FlowId>, _), Amounts)| Line {
            at,
            agent,
            flow,
            flow_name: flow.and_then(name),
            credits: prices.credits(|meter| amounts.of(meter)),
            amounts,
        };
        Ok(lines.into_iter().map(line).collect())
    }
}

type Lines = BTreeMap<(Option<Timestamp>, Option<FlowId>, Option<String>), Amounts>;

/// Hours and days in which nothing was counted are lines as well.
fn empty(asked: &Asked, prices: &Prices) -> Lines {
    let mut lines = Lines::new();
    match asked.by {
        Group::Total => _ = lines.insert((None, None, None), Amounts::default()),
        Group::Hour | Group::Day => {
            for hour in hour(asked.from)..end(asked.to) {
                let at = stretch(asked.by, of_hour(hour), prices);
                lines.entry((at, None, None)).or_default();
            }
        }
        Group::Agent | Group::Flow => {}
    }
    lines
}

/// The hour or day in which something was counted.
fn stretch(by: Group, at: Timestamp, prices: &Prices) -> Option<Timestamp> {
    match by {
        Group::Total | Group::Agent | Group::Flow => None,
        Group::Hour => Some(at),
        Group::Day => {
            let day = at.to_zoned(prices.zone()).start_of_day();
            Some(day.map_or(at, |day| day.timestamp()))
        }
    }
}

fn of_hour(hour: u32) -> Timestamp {
    Timestamp::from_second(i64::from(hour) * HOUR).unwrap_or(Timestamp::MAX)
}

/// The first hour that does not belong to what ends then, and does to what begins.
pub(crate) fn end(to: Timestamp) -> u32 {
    hour(to) + u32::from(of_hour(hour(to)) < to)
}

fn check(asked: &Asked) -> Result<(), Refusal> {
    let refuse = |message: String| Err(Refusal::Invalid(vec![Problem::new("from", message)]));
    if asked.from >= asked.to {
        return refuse("`from` is not before `to`".into());
    }
    let most = if asked.by == Group::Hour {
        MOST_HOURS
    } else {
        MOST_DAYS
    };
    let lasts = Duration::try_from(asked.to.duration_since(asked.from)).unwrap_or_default();
    if lasts > DAY * most {
        return refuse(format!(
            "at most {most} days are shown at once: choose `from` and `to` nearer"
        ));
    }
    Ok(())
}
