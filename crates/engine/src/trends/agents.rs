//! Calls of each agent by the hour, and whether that is what was to be expected of it.

use crate::Refusal;
use crate::engine::Inner;
use kernel::id::WorkspaceId;
use kernel::quiet::{self, Hours, LOOKED_AT, Quiet, hour};
use kernel::usage::Meter;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use store::tally::{By, Slice, TallyFilter};

/// The last hours of an agent that are shown, the one that runs included.
pub const AGENT_HOURS: usize = 24;
/// Some platforms say whose call it is at its end alone.
const CALLS: [Meter; 2] = [Meter::CallsBegun, Meter::CallsEnded];
/// Where there are more, the last hours would be missing: nobody is judged then.
const MOST_SUMS: u32 = 400_000;
/// Those with most calls, after the quiet ones.
const MOST: usize = 100;

#[derive(Debug, Clone, PartialEq)]
pub struct AgentFigures {
    /// As lists of calls show it.
    pub agent: String,
    /// Calls in each of the last hours, the one that runs last.
    pub calls: Vec<u64>,
    /// What this hour usually brings, where enough is known.
    pub usual: Option<u64>,
    pub quiet: Option<Quiet>,
}

impl Inner {
    pub(super) async fn agent_figures(
        &self,
        workspace: WorkspaceId,
    ) -> Result<Vec<AgentFigures>, Refusal> {
        let now = self.stamp.now();
        let this = hour(now);
        let shown = this + 1 - AGENT_HOURS as i64..this + 1;
        let wanted = self.quiet_alerts(workspace).await?;
        let agents = self.calls_of_agents(workspace).await?.unwrap_or_default();
        let agents = agents.into_iter().map(|(agent, hours)| AgentFigures {
            quiet: quiet::judge(&hours, now).filter(|_| wanted.wants(&agent)),
            agent,
            calls: shown
                .clone()
                .map(|hour| hours.get(&hour).copied().unwrap_or(0))
                .collect(),
            usual: quiet::usual(&hours, this),
        });
        let mut agents: Vec<_> = agents.collect();
        agents.sort_by_key(|each| {
            let lost = each.quiet.map_or(0, |quiet| quiet.expected);
            Reverse((lost, each.calls.iter().sum::<u64>()))
        });
        agents.truncate(MOST);
        Ok(agents)
    }

    /// Calls by the hour of each agent that had any in the weeks that are looked at; `None`: there are too many to tell.
    pub(crate) async fn calls_of_agents(
        &self,
        workspace: WorkspaceId,
    ) -> store::Result<Option<BTreeMap<String, Hours>>> {
        let this = hour(self.stamp.now());
        let weeks = (LOOKED_AT.as_secs() / 3600) as i64;
        let filter = TallyFilter {
            meters: CALLS.map(Meter::number).into(),
            limit: MOST_SUMS,
            ..self.shown_counters(workspace, this - weeks..this + 1, None, None)
        };
        let by = By {
            time: Slice::Hour,
            agent: true,
            ..By::default()
        };
        let mut agents: BTreeMap<String, Hours> = BTreeMap::new();
        let sums = self.store.tallies(&filter, by).await?;
        if sums.len() >= MOST_SUMS as usize {
            tracing::warn!(%workspace, "there are too many agents to say which are quiet");
            return Ok(None);
        }
        for sum in sums {
            if let Some(agent) = sum.agent {
                let hours = agents.entry(agent).or_default();
                let calls = hours.entry(i64::from(sum.hour)).or_default();
                *calls = sum.amount.max(*calls);
            }
        }
        Ok(Some(agents))
    }
}
